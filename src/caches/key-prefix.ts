import type { Setting } from "../values/setting.ts";
import { type Cache, type Capacity, type Entry, keyUnder, USUAL_PREFIX } from "./cache.ts";

export const KEY_PREFIX = {
  env: "FORECAST_KEY_PREFIX",
  fallback: USUAL_PREFIX,
  description: "stands before every key in the cache; instances with one each can share a cache",
  placeholder: "PREFIX",
  allowed: "1 to 100 letters, digits and any of :._-{}/",
  parse: (text: string) => (/^[\w:.{}/-]{1,100}$/.test(text) ? text : undefined),
} satisfies Setting<string>;

/** A cache in which another prefix stands in place of the usual one. */
export class PrefixedCache implements Cache {
  readonly #cache: Cache;
  readonly #prefix: string;

  constructor(cache: Cache, prefix: string) {
    this.#cache = cache;
    this.#prefix = prefix;
  }

  get denied(): ReadonlySet<string> {
    return this.#cache.denied;
  }

  readonly fullKey = (key: string): string => keyUnder(this.#prefix, key);

  ping(): Promise<void> {
    return this.#cache.ping();
  }

  ready(waits: (reason: string) => void): Promise<void> {
    return this.#cache.ready(waits);
  }

  write(entries: readonly Entry[], ttlSeconds: number): Promise<(string | undefined)[]> {
    return this.#cache.write(
      entries.map(({ key, value }) => ({ key: this.fullKey(key), value })),
      ttlSeconds,
    );
  }

  async missing(keys: readonly string[], leastSeconds: number): Promise<string[]> {
    const gone = new Set(await this.#cache.missing(keys.map(this.fullKey), leastSeconds));
    return keys.filter((key) => gone.has(this.fullKey(key)));
  }

  read(key: string): Promise<string | undefined> {
    return this.#cache.read(this.fullKey(key));
  }

  readAll(keys: readonly string[]): Promise<(string | undefined)[]> {
    return this.#cache.readAll(keys.map(this.fullKey));
  }

  capacity(): Promise<Capacity | undefined> {
    return this.#cache.capacity();
  }

  claim(key: string, value: string, ttlSeconds: number): Promise<string | undefined> {
    return this.#cache.claim(this.fullKey(key), value, ttlSeconds);
  }

  release(key: string, value: string): Promise<void> {
    return this.#cache.release(this.fullKey(key), value);
  }

  close(): Promise<void> {
    return this.#cache.close();
  }
}
