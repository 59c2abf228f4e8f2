import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { type Cache, CacheError, type Entry } from "../cache.ts";
import type { RedisSettings } from "./settings.ts";

const CONNECT_TIMEOUT_MS = 5000;
const COMMAND_TIMEOUT_MS = 10_000;
const RETRY_DELAYS_MS = [200, 1000, 3000];

/** Refusals after which the same write may succeed: loading, failover, a script or a resharding under way. */
const TRANSIENT_REFUSAL = /^(LOADING|READONLY|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN)\b/;

/** A cache in Redis: one pipeline of SETEX a batch. */
export class RedisCache implements Cache {
  readonly #settings: RedisSettings;
  #client: Redis | undefined;
  #lastError: Error | undefined;

  constructor(settings: RedisSettings) {
    this.#settings = settings;
  }

  async ping(): Promise<void> {
    await this.#connected((client) => client.ping());
  }

  async write(entries: readonly Entry[], ttlSeconds: number): Promise<(string | undefined)[]> {
    const refusals: (string | undefined)[] = new Array(entries.length);
    let left = entries.map((_, index) => index);
    for (const delay of [...RETRY_DELAYS_MS, undefined]) {
      const answers = await this.#setex(
        left.map((index) => entries[index]!),
        ttlSeconds,
      );
      for (const [i, index] of left.entries()) refusals[index] = answers[i]?.message;
      const again = left.filter((_, i) => answers[i] && isPassing(answers[i]));
      if (again.length === 0) break;
      if (delay === undefined) {
        const lost = answers.find((answer) => answer && !isRefusal(answer));
        if (lost) throw this.#error(lost);
        break;
      }
      left = again;
      this.#discard();
      await sleep(delay);
    }
    return refusals;
  }

  async read(key: string): Promise<string | undefined> {
    return (await this.#connected((client) => client.get(key))) ?? undefined;
  }

  async claim(key: string, value: string, ttlSeconds: number): Promise<string | undefined> {
    const holder = await this.#connected(async (client) => {
      const isTaken = (await client.set(key, value, "EX", ttlSeconds, "NX")) === "OK";
      return isTaken ? value : client.get(key);
    });
    if (holder !== value) return holder ?? this.claim(key, value, ttlSeconds);
    await this.#connected((client) => client.expire(key, ttlSeconds));
    return undefined;
  }

  async release(key: string, value: string): Promise<void> {
    await this.#connected(async (client) => (await client.get(key)) === value && client.del(key));
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.quit().catch(() => client.disconnect());
  }

  /** @returns for each entry nothing, or the error; a lost connection is an error of every entry. */
  async #setex(entries: readonly Entry[], ttlSeconds: number): Promise<(Error | undefined)[]> {
    try {
      const answers = await this.#connected((client) => {
        const pipeline = client.pipeline();
        for (const { key, value } of entries) pipeline.setex(key, ttlSeconds, value);
        return pipeline.exec();
      });
      return entries.map((_, i) => answers?.[i]?.[0] ?? undefined);
    } catch (error) {
      return entries.map(() => error as Error);
    }
  }

  async #connected<Result>(command: (client: Redis) => Promise<Result>): Promise<Result> {
    try {
      return await command(await this.#open());
    } catch (error) {
      const reason = this.#error(error);
      this.#discard();
      throw reason;
    }
  }

  async #open(): Promise<Redis> {
    if (this.#client) return this.#client;
    const { host, port, database, username, password, tls } = this.#settings;
    const client = new Redis({
      host,
      port,
      db: database,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(tls ? { tls: {} } : {}),
      lazyConnect: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
      commandTimeout: COMMAND_TIMEOUT_MS,
      // One way to try again: the loops above, which know what a repeated write costs.
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
    });
    this.#client = client;
    this.#lastError = undefined;
    // connect() only says "Connection is closed."; the reason, such as a wrong password, comes as an event.
    client.on("error", (error) => {
      this.#lastError = error;
    });
    const deadline = sleep(CONNECT_TIMEOUT_MS, undefined, { ref: false }).then(() => {
      throw new Error(`no answer for ${CONNECT_TIMEOUT_MS / 1000} s`);
    });
    await Promise.race([client.connect(), deadline]);
    return client;
  }

  #discard(): void {
    this.#client?.disconnect();
    this.#client = undefined;
  }

  #error(error: unknown): CacheError {
    const { host, port } = this.#settings;
    if (error instanceof CacheError) return error;
    const cause = this.#lastError ?? (error as Error);
    const hint = /^(WRONGPASS|NOAUTH|NOPERM)\b/.test(cause.message) ? " (check REDIS_USERNAME and REDIS_PASSWORD)" : "";
    return new CacheError(`Redis ${host}:${port}: ${cause.message || String(cause)}${hint}`, { cause });
  }
}

/** Whether Redis itself refused the command, as opposed to a lost connection or no answer. */
function isRefusal(error: Error): boolean {
  return error.name === "ReplyError";
}

function isPassing(error: Error): boolean {
  return !isRefusal(error) || TRANSIENT_REFUSAL.test(error.message);
}
