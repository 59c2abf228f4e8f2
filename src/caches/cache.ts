/** The key of a product's document. */
export function forecastKey(productId: string): string {
  return `forecast:${productId}`;
}

export const METADATA_KEY = "forecast:metadata:last_run";

export interface Entry {
  readonly key: string;
  readonly value: string;
}

/**
 * Where forecasts are kept for their readers. Writing is idempotent: an entry is replaced as a whole, so that a reader
 * sees the old or the new value.
 */
export interface Cache {
  /** @throws CacheError when the cache does not answer, or does not let us in. */
  ping(): Promise<void>;
  /**
   * Writes the entries, each to expire after `ttlSeconds`. Passing failures are tried again within.
   *
   * @returns for each entry nothing, or why it was not written.
   * @throws CacheError when the cache cannot be reached.
   */
  write(entries: readonly Entry[], ttlSeconds: number): Promise<(string | undefined)[]>;
  /** @throws CacheError when the cache cannot be read. */
  read(key: string): Promise<string | undefined>;
  close(): Promise<void>;
}

export class CacheError extends Error {
  override readonly name = "CacheError";
}
