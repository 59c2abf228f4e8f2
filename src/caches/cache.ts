/** The key of a product's document. */
export function forecastKey(productId: string): string {
  return `forecast:${productId}`;
}

export const METADATA_KEY = "forecast:metadata:last_run";
/** Of the last run that was told to leave products out. */
export const PARTIAL_METADATA_KEY = "forecast:metadata:last_partial_run";
export const ATTEMPT_KEY = "forecast:metadata:last_attempt";
export const LEASE_KEY = "forecast:metadata:lease";

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
  /**
   * Puts a value unless another one is there, in one step, to expire after `ttlSeconds`; where it is there already, its time
   * begins anew.
   *
   * @returns the other value; nothing where ours stands.
   * @throws CacheError when the cache cannot be reached or refuses.
   */
  claim(key: string, value: string, ttlSeconds: number): Promise<string | undefined>;
  /** Removes a value that was claimed, unless another one has come in its place. @throws CacheError */
  release(key: string, value: string): Promise<void>;
  close(): Promise<void>;
}

export class CacheError extends Error {
  override readonly name = "CacheError";
}
