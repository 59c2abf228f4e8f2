import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";
import { type Cache, CacheError, type Capacity, type Entry } from "../cache.ts";
import { type Command, RedisConnection } from "./connection.ts";
import type { RedisSettings } from "./settings.ts";

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5000;
const KEYS_AT_ONCE = 5000;

/** A cache in Redis: one pipeline of SETEX a batch. */
export class RedisCache implements Cache {
  readonly #settings: RedisSettings;
  #connection: Promise<RedisConnection> | undefined;
  /** Once it was there it is waited for, whatever it is asked. */
  #wasThere = false;
  /** Time spent on tries that failed for a passing reason, and on the delays after them. */
  #waitedMs = 0;

  constructor(settings: RedisSettings) {
    this.#settings = settings;
  }

  fullKey(key: string): string {
    return key;
  }

  async ping(): Promise<void> {
    await this.#ask((client) => client.ping());
  }

  async ready(waits: (reason: string) => void): Promise<void> {
    await this.#patiently(() => this.ping(), waits);
    this.#waitedMs = 0;
    this.#wasThere = true;
  }

  async write(entries: readonly Entry[], ttlSeconds: number): Promise<(string | undefined)[]> {
    const refusals: (string | undefined)[] = new Array(entries.length).fill(undefined);
    let left = entries.map((_, index) => index);
    await this.#patiently(async () => {
      const answers = await this.#pipeline(left.map((i) => ["setex", entries[i]!.key, ttlSeconds, entries[i]!.value]));
      const errors = answers.map((answer) => (answer instanceof CacheError ? answer : undefined));
      for (const [i, index] of left.entries()) refusals[index] = errors[i]?.message;
      left = left.filter((_, i) => errors[i]?.passing);
      const passing = errors.find((error) => error?.passing);
      if (passing) throw passing;
    });
    return refusals;
  }

  async missing(keys: readonly string[], leastSeconds: number): Promise<string[]> {
    const gone: string[] = [];
    for (let first = 0; first < keys.length; first += KEYS_AT_ONCE) {
      const some = keys.slice(first, first + KEYS_AT_ONCE);
      const times = await this.#patiently(async () => {
        const answers = await this.#pipeline(some.map((key) => ["pttl", key]));
        const refusal = answers.find((answer) => answer instanceof CacheError);
        if (refusal) throw refusal;
        return answers.map(Number);
      });
      // A key that is not there has −2 ms to live, and one without an end −1.
      gone.push(...some.filter((_, i) => times[i]! < Math.max(0, 1000 * leastSeconds)));
    }
    return gone;
  }

  async read(key: string): Promise<string | undefined> {
    return (await this.#ask((client) => client.get(key))) ?? undefined;
  }

  async readAll(keys: readonly string[]): Promise<(string | undefined)[]> {
    const answers = await this.#pipeline(keys.map((key) => ["get", key]));
    const refusal = answers.find((answer) => answer instanceof CacheError);
    if (refusal) throw refusal;
    return answers.map((answer) => (answer as string | null) ?? undefined);
  }

  async capacity(): Promise<Capacity | undefined> {
    const info = await this.#ask((client) => client.info("memory"));
    const told = Object.fromEntries(info.split(/\r?\n/).map((line) => line.split(":", 2)));
    const { maxmemory, maxmemory_policy: policy, used_memory } = told;
    if (maxmemory === undefined || policy === undefined) throw new CacheError("INFO memory does not tell maxmemory");
    if (maxmemory === "0") return undefined;
    return {
      bytes: Number(maxmemory),
      usedBytes: Number(used_memory),
      evicts: policy === "noeviction" ? undefined : policy,
    };
  }

  async claim(key: string, value: string, ttlSeconds: number): Promise<string | undefined> {
    const isTaken = await this.#ask((client) => client.set(key, value, "EX", ttlSeconds, "NX"));
    if (isTaken === "OK") return undefined;
    const holder = await this.#ask((client) => client.get(key));
    if (holder !== value) return holder ?? this.claim(key, value, ttlSeconds);
    await this.#ask((client) => client.expire(key, ttlSeconds));
    return undefined;
  }

  async release(key: string, value: string): Promise<void> {
    await this.#ask(async (client) => (await client.get(key)) === value && client.del(key));
  }

  async close(): Promise<void> {
    this.#discard();
  }

  /** @returns for each command its answer or its error. */
  async #pipeline(commands: readonly Command[]): Promise<unknown[]> {
    return (await this.#connected()).pipeline(commands);
  }

  async #ask<Result>(command: (client: Redis) => Promise<Result>): Promise<Result> {
    const ask = async () => (await this.#connected()).ask(command);
    if (this.#wasThere) return this.#patiently(ask);
    try {
      return await ask();
    } catch (error) {
      this.#discard();
      throw error;
    }
  }

  #connected(): Promise<RedisConnection> {
    this.#connection ??= RedisConnection.open(this.#settings);
    return this.#connection;
  }

  #discard(): void {
    this.#connection?.then((connection) => connection.close()).catch(() => {});
    this.#connection = undefined;
  }

  /**
   * Tries again as long as what goes wrong is passing and patience lasts, which is that of all calls together: otherwise a
   * Redis that now and then says nothing could hold up each of a thousand writes.
   */
  async #patiently<Result>(work: () => Promise<Result>, waits: (reason: string) => void = () => {}): Promise<Result> {
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(2 * delay, LONGEST_DELAY_MS)) {
      const began = performance.now();
      try {
        return await work();
      } catch (error) {
        this.#discard();
        if (!(error instanceof CacheError && error.passing)) throw error;
        this.#waitedMs += performance.now() - began + delay;
        if (this.#waitedMs > 1000 * this.#settings.patienceSeconds) throw this.#impatient(error);
        waits(error.message);
        await sleep(delay);
      }
    }
  }

  #impatient({ message }: CacheError): CacheError {
    const { patienceSeconds } = this.#settings;
    return new CacheError(`${message}${patienceSeconds > 0 ? ` (waited ${patienceSeconds} s: REDIS_PATIENCE)` : ""}`);
  }
}
