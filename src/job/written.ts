import { type Cache, CacheError, forecastKey } from "../caches/cache.ts";
import type { Tally } from "./tally.ts";

const GONE = "its document was written and is not in the cache: evicted, flushed, deleted or lost by a restart";
/** Times to live are counted in whole seconds. */
const ROUNDING_SECONDS = 2;

/**
 * Counts the documents of the run's successful products, and counts those as failed whose document is not there or is that
 * of an earlier run; where they cannot be counted, all of them.
 *
 * @param elapsedSeconds since the run's first write or longer.
 * @returns the products whose documents are not there.
 */
export async function failMissing(
  cache: Cache,
  tally: Tally,
  ttlSeconds: number,
  elapsedSeconds: number,
): Promise<string[]> {
  const written = tally.successful;
  try {
    const gone = new Set(await cache.missing(written.map(forecastKey), ttlSeconds - elapsedSeconds - ROUNDING_SECONDS));
    const lost = written.filter((id) => gone.has(forecastKey(id)));
    tally.fail(lost, GONE);
    return lost;
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    tally.fail(written, `whether its document is in the cache is not known: ${error.message}`);
    return [];
  }
}
