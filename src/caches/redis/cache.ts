import { setTimeout as sleep } from "node:timers/promises";
import { type Cache, CacheError, type Capacity, type Entry, USUAL_PREFIX } from "../cache.ts";
import type { Command, RedisConnection } from "./connection.ts";
import type { Link } from "./link.ts";
import { assertByItself, openLink } from "./open.ts";
import type { RedisSettings } from "./settings.ts";

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5000;
const KEYS_AT_ONCE = 5000;
const DOCUMENTS_AT_ONCE = 500;

/** A cache in Redis: one pipeline of SETEX a batch. */
export class RedisCache implements Cache {
  readonly denied = new Set<string>();
  readonly #settings: RedisSettings;
  #link: Promise<Link> | undefined;
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
    const { sentinels, cluster, keyPrefix = USUAL_PREFIX } = this.#settings;
    await this.#ofEach(async (server) => {
      await server.command("ping");
      if (!sentinels && !cluster) await assertByItself(server, keyPrefix);
    });
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
      gone.push(...(await this.#patiently(() => this.#missingOf(some, leastSeconds))));
    }
    return gone;
  }

  /** By their times to live; where these may not be asked for, by whether they are there. */
  async #missingOf(keys: readonly string[], leastSeconds: number): Promise<string[]> {
    if (!this.denied.has("PTTL")) {
      try {
        const times = await this.#answers(keys.map((key) => ["pttl", key]));
        // A key that is not there has −2 ms to live, and one without an end −1.
        return keys.filter((_, i) => Number(times[i]) < Math.max(0, 1000 * leastSeconds));
      } catch (error) {
        if (!(error instanceof CacheError && error.denied)) throw error;
        this.denied.add("PTTL");
      }
    }
    const gone: string[] = [];
    for (let first = 0; first < keys.length; first += DOCUMENTS_AT_ONCE) {
      const some = keys.slice(first, first + DOCUMENTS_AT_ONCE);
      const values = await this.#answers(some.map((key) => ["get", key]));
      gone.push(...some.filter((_, i) => values[i] === null));
    }
    return gone;
  }

  async read(key: string): Promise<string | undefined> {
    return ((await this.#ask("get", key)) as string | null) ?? undefined;
  }

  async readAll(keys: readonly string[]): Promise<(string | undefined)[]> {
    const answers = await this.#answers(keys.map((key) => ["get", key]));
    return answers.map((answer) => (answer as string | null) ?? undefined);
  }

  /** Of a cluster, that of all masters together. */
  async capacity(): Promise<Capacity | undefined> {
    const all = await this.#ofEach(async (server) => capacityIn(String(await server.command("info", "memory"))));
    const limited = all.filter((one) => one !== undefined);
    if (limited.length === 0) return undefined;
    const sum = (of: "bytes" | "usedBytes") => limited.reduce((total, one) => total + one[of], 0);
    return { bytes: sum("bytes"), usedBytes: sum("usedBytes"), evicts: limited.find(({ evicts }) => evicts)?.evicts };
  }

  async claim(key: string, value: string, ttlSeconds: number): Promise<string | undefined> {
    const isTaken = await this.#ask("set", key, value, "EX", ttlSeconds, "NX");
    if (isTaken === "OK") return undefined;
    const holder = await this.read(key);
    if (holder !== value) return holder ?? this.claim(key, value, ttlSeconds);
    await this.#ask("expire", key, ttlSeconds);
    return undefined;
  }

  async release(key: string, value: string): Promise<void> {
    if ((await this.read(key)) === value) await this.#ask("del", key);
  }

  async close(): Promise<void> {
    this.#discard();
  }

  /** @returns for each command its answer or its error. */
  async #pipeline(commands: readonly Command[]): Promise<unknown[]> {
    return (await this.#linked()).pipeline(commands);
  }

  /** @throws CacheError when one of the commands fails. */
  async #answers(commands: readonly Command[]): Promise<unknown[]> {
    const answers = await this.#pipeline(commands);
    const refusal = answers.find((answer) => answer instanceof CacheError);
    if (refusal) throw refusal;
    return answers;
  }

  async #ask(...command: Command): Promise<unknown> {
    const [answer] = await this.#once(() => this.#answers([command]));
    return answer;
  }

  #ofEach<Result>(work: (server: RedisConnection) => Promise<Result>): Promise<Result[]> {
    return this.#once(async () => Promise.all((await (await this.#linked()).servers()).map(work)));
  }

  async #once<Result>(ask: () => Promise<Result>): Promise<Result> {
    if (this.#wasThere) return this.#patiently(ask);
    try {
      return await ask();
    } catch (error) {
      this.#discard();
      throw error;
    }
  }

  #linked(): Promise<Link> {
    this.#link ??= openLink(this.#settings);
    return this.#link;
  }

  #discard(): void {
    this.#link?.then((link) => link.close()).catch(() => {});
    this.#link = undefined;
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
        if (delay === FIRST_DELAY_MS) waits(error.message);
        await sleep(delay);
      }
    }
  }

  #impatient({ message }: CacheError): CacheError {
    const { patienceSeconds } = this.#settings;
    return new CacheError(`${message}${patienceSeconds > 0 ? ` (waited ${patienceSeconds} s: REDIS_PATIENCE)` : ""}`);
  }
}

/** @throws CacheError */
function capacityIn(info: string): Capacity | undefined {
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
