import type { Period, Source } from "../sources/source.ts";

/**
 * What is learned across products at an origin, once before its batches. It goes to the worker threads with each batch,
 * so that what is large in it belongs in shared memory. Nothing so far.
 */
export type Learned = undefined;

/**
 * @param eligible ids of all products that are eligible at the origin, also of those that are not measured.
 * @param period up to the origin: what is read may not be later.
 */
export async function learn(_source: Source, _eligible: readonly string[], _period: Period): Promise<Learned> {
  return undefined;
}
