import { type Cache, forecastKey, INDEX_KEY, PARTIAL_METADATA_KEY } from "../caches/cache.ts";
import { parseIndex } from "../forecast/product-index.ts";
import { readMetadata } from "./metadata.ts";
import type { KnownProduct, LastRuns } from "./missing-forecast.ts";

export interface Found {
  /** The document; nothing where there is none. */
  readonly text: string | undefined;
  /** Whose document it is, where a name was asked for. */
  readonly byName: KnownProduct | undefined;
  /** Products that may have been meant, where there is no document. */
  readonly meant: readonly KnownProduct[];
  readonly lastRuns: LastRuns;
}

/**
 * The forecast of a product by its id, or by words of its name where one product alone has them.
 *
 * @throws CacheError when the cache cannot be read.
 */
export async function findForecast(asked: string, cache: Cache): Promise<Found> {
  const [text, ...lastRuns] = await Promise.all([
    cache.read(forecastKey(asked)),
    readMetadata(cache).catch(() => undefined),
    readMetadata(cache, PARTIAL_METADATA_KEY).catch(() => undefined),
  ]);
  if (text !== undefined) return { text, byName: undefined, meant: [], lastRuns };
  const products = await knownProducts(cache);
  const ids = products.filter(({ id }) => plain(id) === plain(asked));
  const named = ids.length > 0 ? [] : products.filter(hasWords(asked));
  const [byName] = named.length === 1 ? named : [];
  const ofName = byName && (await cache.read(forecastKey(byName.id)));
  return { text: ofName, byName, meant: [...ids, ...named], lastRuns };
}

/** Those that the last run left in the index. */
async function knownProducts(cache: Cache): Promise<KnownProduct[]> {
  try {
    const { products } = parseIndex((await cache.read(INDEX_KEY)) ?? "");
    return products.map(({ product_id, product_name }) => ({ id: product_id, name: product_name }));
  } catch {
    // Whoever asks is told that there is no forecast.
    return [];
  }
}

/** An id without case, marks and zeros before it. */
function plain(id: string): string {
  return lower(id)
    .replaceAll(/[^\p{L}\p{N}]/gu, "")
    .replace(/^0+(?=.)/, "");
}

function hasWords(text: string): (product: KnownProduct) => boolean {
  const words = lower(text)
    .split(/\s+/)
    .filter((word) => word !== "");
  return ({ name = "" }) => words.length > 0 && words.every((word) => lower(name).includes(word));
}

function lower(text: string): string {
  return text.normalize("NFC").toLowerCase();
}
