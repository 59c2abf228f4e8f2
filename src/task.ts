import Tinypool from "tinypool";
import { type Cache, CacheError } from "./caches/cache.ts";
import { openCache } from "./caches/open.ts";
import { forecastBatch } from "./job/batch.ts";
import type { BatchAnswer, WorkerSetup } from "./job/messages.ts";
import { openSource } from "./sources/open.ts";
import { type Source, SourceError } from "./sources/source.ts";

/** The worker thread's door: each thread opens its own connections when it gets its first batch. */

const setup: WorkerSetup = Tinypool.workerData;
let source: Source | undefined;
let cache: Cache | undefined;

export default async function (productIds: readonly string[]): Promise<BatchAnswer> {
  try {
    source ??= openSource(setup.source);
    cache ??= setup.cache && openCache(setup.cache);
    return { ok: true, outcomes: await forecastBatch(productIds, { ...setup, source, cache }) };
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const unavailable = error instanceof CacheError || (error instanceof SourceError && error.unavailable);
    return { ok: false, reason: message, unavailable, ...(stack === undefined ? {} : { stack }) };
  }
}

export async function close(): Promise<void> {
  await Promise.allSettled([source?.close(), cache?.close()]);
}
