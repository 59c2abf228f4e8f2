/** Before every key, where no other prefix was chosen. */
export const USUAL_PREFIX = "forecast:";

/** The key of a product's document. All keys are given to a cache with the usual prefix. */
export function forecastKey(productId: string): string {
  return `${USUAL_PREFIX}${productId}`;
}

export const METADATA_KEY = `${USUAL_PREFIX}metadata:last_run`;
/** Of the last run that was told to leave products out. */
export const PARTIAL_METADATA_KEY = `${USUAL_PREFIX}metadata:last_partial_run`;
/** All products of the last run of all products that did its work, in one value. */
export const INDEX_KEY = `${USUAL_PREFIX}index`;
export const ATTEMPT_KEY = `${USUAL_PREFIX}metadata:last_attempt`;
export const LEASE_KEY = `${USUAL_PREFIX}metadata:lease`;

/** Ids that would have the keys of what is kept beside documents. */
const RESERVED_ID = /^(metadata:|index$)/;

/** A key as it stands in a cache with this prefix. */
export function keyUnder(prefix: string, key: string): string {
  return prefix + key.slice(USUAL_PREFIX.length);
}

/**
 * @param prefix of the cache.
 * @returns one line that names products whose documents could not have keys of their own; nothing where all have. Half of a
 *   surrogate pair is no text of its own once it is written.
 */
export function keyConflict(productIds: readonly string[], prefix = USUAL_PREFIX): string | undefined {
  const known = new Set<string>();
  for (const id of productIds) {
    const key = keyUnder(prefix, forecastKey(id)).toWellFormed();
    if (RESERVED_ID.test(id)) return `the product "${id}" would have a key of the run's own, ${key}`;
    if (known.has(key)) return `two products, such as the number and the text "${id}", would share the key ${key}`;
    known.add(key);
  }
  return undefined;
}

export interface Entry {
  readonly key: string;
  readonly value: string;
}

/** How much a cache can hold. */
export interface Capacity {
  readonly bytes: number;
  readonly usedBytes: number;
  /** The policy by which a full cache drops entries before they expire; nothing where it refuses new ones instead. */
  readonly evicts: string | undefined;
}

/**
 * Where forecasts are kept for their readers. Writing is idempotent: an entry is replaced as a whole, so that a reader
 * sees the old or the new value.
 */
export interface Cache {
  /** What the cache has not let us do so far, and what is done without: commands by their names. */
  readonly denied: ReadonlySet<string>;
  /** A key as it stands in the cache, for whoever is told of it. */
  fullKey(key: string): string;
  /** @throws CacheError when the cache does not answer, or does not let us in. */
  ping(): Promise<void>;
  /**
   * The same, but a cache that is not there yet is waited for, as long as its settings say; and so it is from then on,
   * whatever it is asked.
   *
   * @param waits is told why, before the first delay.
   */
  ready(waits: (reason: string) => void): Promise<void>;
  /**
   * Writes the entries, each to expire after `ttlSeconds`. Passing failures are tried again within.
   *
   * @returns for each entry nothing, or why it was not written.
   * @throws CacheError when the cache cannot be reached.
   */
  write(entries: readonly Entry[], ttlSeconds: number): Promise<(string | undefined)[]>;
  /**
   * @returns those of the keys that are not there, or that will be gone within less than `leastSeconds`, as one that was
   *   written before.
   * @throws CacheError when they cannot be counted.
   */
  missing(keys: readonly string[], leastSeconds: number): Promise<string[]>;
  /** @throws CacheError when the cache cannot be read. */
  read(key: string): Promise<string | undefined>;
  /**
   * @returns for each key its value, or nothing where there is none.
   * @throws CacheError when one of them cannot be read.
   */
  readAll(keys: readonly string[]): Promise<(string | undefined)[]>;
  /**
   * @returns nothing where nothing but the machine limits it.
   * @throws CacheError when the cache does not tell.
   */
  capacity(): Promise<Capacity | undefined>;
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
  /** Whether the same may succeed a little later. */
  readonly passing: boolean;
  /** Whether the cache answers, and does not let us do just that, or does not know it. */
  readonly denied: boolean;

  constructor(message: string, options?: ErrorOptions & { passing?: boolean; denied?: boolean }) {
    super(message, options);
    this.passing = options?.passing ?? false;
    this.denied = options?.denied ?? false;
  }
}
