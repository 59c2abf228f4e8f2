import type { Cache } from "../caches/cache.ts";
import { COUNT } from "../values/count.ts";

/** Of a document in Redis, its key and its part of the index included: 479 documents of the demo take 3.1 MB. */
const TYPICAL_BYTES = 6400;

type Room = [state: "ok" | "warning" | "problem", text: string, ...advice: string[]];

/**
 * Whether all documents have room in the cache at once, and stay there until they expire.
 *
 * @param products how many are to be forecast; nothing where it is not known.
 * @param kept documents that are there already, and are replaced.
 * @returns nothing where the cache has no limit of its own.
 */
export async function cacheRoom(cache: Cache, products: number | undefined, kept: number): Promise<Room | undefined> {
  let capacity: Awaited<ReturnType<Cache["capacity"]>>;
  try {
    capacity = await cache.capacity();
  } catch (error) {
    return [
      "warning",
      `how much it holds, and whether it drops documents when it is full, cannot be told: ${(error as Error).message}`,
      "let this user ask INFO memory, or see to it that maxmemory-policy is noeviction",
    ];
  }
  if (capacity === undefined) return undefined;
  const { bytes, usedBytes, evicts } = capacity;
  const free = Math.max(0, bytes - usedBytes + kept * TYPICAL_BYTES);
  const needed = (products ?? 0) * TYPICAL_BYTES;
  const room = `${megabytes(free)} of ${megabytes(bytes)} (maxmemory) are free for documents`;
  const text = products === undefined ? room : `${room}, and ${COUNT.format(products)} take about ${megabytes(needed)}`;
  const policy =
    evicts === undefined ? "" : `; a full cache drops them before they expire (maxmemory-policy ${evicts})`;
  const advice = evicts === undefined ? [] : ["redis-cli CONFIG SET maxmemory-policy noeviction"];
  if (needed > free) return ["problem", `${text}${policy}`, "raise maxmemory", ...advice];
  return [evicts === undefined ? "ok" : "warning", `${text}${policy}`, ...advice];
}

function megabytes(bytes: number): string {
  return `${COUNT.format(Math.round(bytes / 1e5) / 10)} MB`;
}
