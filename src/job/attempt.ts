import { createHash } from "node:crypto";
import { join } from "node:path";
import { ATTEMPT_KEY, type Cache } from "../caches/cache.ts";
import { type CacheSettings, placeOf } from "../caches/registry.ts";
import { writeWhole } from "../observe/whole-file.ts";
import { makeOwn, stateFolder } from "../settings/own-folder.ts";
import { textOf } from "../workers/small-file.ts";
import { EXIT_SOME_FAILED } from "./exit-code.ts";
import { readMetadata } from "./metadata.ts";

/** A run of all products, whatever became of it. Times are UTC. */
export interface Attempt {
  readonly started_at: string;
  /** Null while it is under way, and for ever where it was killed. */
  readonly finished_at: string | null;
  readonly exit_code: number | null;
  /** Why it did not do all its work, in one line; null where it did, or is under way. */
  readonly reason: string | null;
  /** Start of the last attempt that did its work; null where none is known of. */
  readonly last_success: string | null;
  /** How many products that one had; null where none is known of. */
  readonly last_products: number | null;
  readonly version: string;
}

/** Longer than any forecast lives: a job that fails for weeks still knows when it last went well. */
const KEPT_SECONDS = 90 * 86_400;

/** Whether a run did its work: all products are done, or all but a few. */
export function didItsWork(exitCode: number | null): boolean {
  return exitCode === 0 || exitCode === EXIT_SOME_FAILED;
}

/**
 * Keeps an attempt in the cache, and in the user's state folder, where it can be read while the cache is away. What is known
 * of the last success stays.
 *
 * @param products of the attempt, if it came to know them.
 * @param cache nothing where it cannot be opened.
 * @returns why the cache did not take it; nothing where it did.
 */
export async function keepAttempt(
  attempt: Omit<Attempt, "last_success" | "last_products">,
  products: number | undefined,
  settings: CacheSettings,
  cache: Cache | undefined,
): Promise<string | undefined> {
  const textAfter = (before: Attempt | undefined) => {
    const last =
      didItsWork(attempt.exit_code) && products !== undefined
        ? { last_success: attempt.started_at, last_products: products }
        : { last_success: before?.last_success ?? null, last_products: before?.last_products ?? null };
    return JSON.stringify({ ...attempt, ...last } satisfies Attempt);
  };
  let text: string | undefined;
  let refusal: string | undefined = "it is away";
  try {
    text = textAfter(await lastAttempt(settings, cache));
    if (cache) [refusal] = await cache.write([{ key: ATTEMPT_KEY, value: text }], KEPT_SECONDS);
  } catch (error) {
    refusal = error instanceof Error ? error.message : String(error);
  }
  // What readers of the cache cannot know of is no success.
  if (refusal !== undefined && didItsWork(attempt.exit_code)) return refusal;
  try {
    text ??= textAfter(await lastAttempt(settings, undefined));
    makeOwn(stateFolder());
    await writeWhole(fileFor(settings), text, 0o600);
  } catch {
    // The cache has it, too; where both are away nobody can be told but the log.
  }
  return refusal;
}

/** A run has begun: as long as its end is not kept, it is under way or was killed. */
export async function keepBeginning(
  started_at: string,
  version: string,
  settings: CacheSettings,
  cache: Cache,
): Promise<void> {
  const attempt = { started_at, finished_at: null, exit_code: null, reason: null, version };
  await keepAttempt(attempt, undefined, settings, cache);
}

/** Products of the last run of all products that did its work, as far as the cache knows. @throws CacheError */
export async function lastProductsIn(cache: Cache): Promise<number | undefined> {
  const text = await cache.read(ATTEMPT_KEY);
  const products = text === undefined ? undefined : attemptIn(text)?.last_products;
  if (typeof products === "number") return products;
  // Runs of earlier versions left their metadata alone.
  const metadata = await readMetadata(cache).catch(() => undefined);
  return metadata?.partial ? undefined : metadata?.total_products;
}

/**
 * The later of what the cache and the state folder know; nothing where neither knows of any.
 *
 * @throws CacheError when the cache cannot be read.
 */
export async function lastAttempt(settings: CacheSettings, cache: Cache | undefined): Promise<Attempt | undefined> {
  const texts = [await cache?.read(ATTEMPT_KEY), textOf(fileFor(settings))];
  const [first, second] = texts.map((text) => (text === undefined ? undefined : attemptIn(text)));
  if (!first || !second) return first ?? second;
  // Of the same attempt one may know the end and the other not.
  if (first.started_at === second.started_at) return second.finished_at === null ? first : second;
  return first.started_at > second.started_at ? first : second;
}

function attemptIn(text: string): Attempt | undefined {
  try {
    const attempt = JSON.parse(text);
    return typeof attempt?.started_at === "string" ? attempt : undefined;
  } catch {
    return undefined;
  }
}

/** One file a cache, so that two jobs of a user do not speak for each other. */
function fileFor(settings: CacheSettings): string {
  const name = createHash("sha256").update(placeOf(settings)).digest("hex").slice(0, 16);
  return join(stateFolder(), `last-attempt-${name}.json`);
}
