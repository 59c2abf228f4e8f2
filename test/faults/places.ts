import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { openForWriting } from "../../src/caches/sqlite/file.ts";
import type { RedisServer } from "../parts/redis.ts";

export interface Entry {
  readonly value: string;
  /** Seconds until it expires; negative where it never does. */
  readonly secondsLeft: number;
}
export type Entries = ReadonlyMap<string, Entry>;

/** A cache, filled and looked at without the program. */
export interface Place {
  /** Settings with which the program writes there. */
  readonly env: Readonly<Record<string, string>>;
  fill(entries: Entries): void;
  /** @returns nothing where it cannot be looked at. */
  look(): Entries | undefined;
}

/** Keys, values and times by commands that the program has no use for: it may be denied its own. */
const LOOK = `
  local found = {}
  for _, key in ipairs(redis.call('KEYS', '*')) do
    local value = redis.call('MGET', key)[1]
    if value then found[#found + 1] = { key, value, redis.call('EXPIRETIME', key) } end
  end
  return cjson.encode(found)`;
const FILL = `
  for i = 1, #ARGV, 3 do
    redis.call('MSET', ARGV[i], ARGV[i + 1])
    redis.call('EXPIREAT', ARGV[i], ARGV[i + 2])
  end`;

/**
 * @param redis is looked at by itself.
 * @param port at which the program finds it.
 */
export function redisPlace(redis: Pick<RedisServer, "port" | "cli">, port = redis.port, database = 0): Place {
  const now = () => Date.now() / 1000;
  return {
    env: {
      ...{ FORECAST_CACHE: "redis", REDIS_PORT: `${port}`, REDIS_PASSWORD: SECRETS.redis },
      ...(database === 0 ? {} : { REDIS_DB: `${database}` }),
    },
    fill(entries) {
      const given = [...entries].flatMap(([key, { value, secondsLeft }]) => {
        return [key, value, `${Math.round(now() + secondsLeft)}`];
      });
      redis.cli("-n", `${database}`, "EVAL", FILL, "0", ...given);
    },
    look() {
      try {
        const found = JSON.parse(redis.cli("-n", `${database}`, "EVAL", LOOK, "0"));
        // A list without anything is an object to Lua.
        return new Map(
          (Array.isArray(found) ? found : []).map(([key, value, expires]) => [
            key,
            { value, secondsLeft: expires < 0 ? expires : expires - now() },
          ]),
        );
      } catch {
        return undefined;
      }
    },
  };
}

export function sqlitePlace(file: string): Place {
  return {
    env: { FORECAST_CACHE: `sqlite:${file}` },
    fill(entries) {
      const db = openForWriting(file);
      const put = db.prepare("INSERT INTO cache (key, value, expires_at) VALUES (?, ?, ?)");
      for (const [key, { value, secondsLeft }] of entries)
        put.run(key, value, Math.round(Date.now() + 1000 * secondsLeft));
      db.close();
    },
    look() {
      if (!existsSync(file)) return undefined;
      try {
        const db = new DatabaseSync(file, { readOnly: true });
        const rows = db.prepare("SELECT key, value, expires_at FROM cache WHERE expires_at > ?").all(Date.now());
        db.close();
        return new Map(
          rows.map(({ key, value, expires_at }) => [
            String(key),
            { value: String(value), secondsLeft: (Number(expires_at) - Date.now()) / 1000 },
          ]),
        );
      } catch {
        return undefined;
      }
    },
  };
}

/** Planted where the program is given secrets, to be found in nothing that it gives. */
export const SECRETS = { redis: "pl4nt3d-0f3c-q7w2-kkzz", server: "pl4nt3d-7a1e-x9v4-jjyy" } as const;
