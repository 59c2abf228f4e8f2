import type { Cache } from "./cache.ts";
import { RedisCache, type RedisSettings } from "./redis/cache.ts";
import { SqliteCache } from "./sqlite/cache.ts";

export type CacheSettings =
  | ({ readonly kind: "redis" } & RedisSettings)
  | { readonly kind: "sqlite"; readonly file: string };

/** A cache that connects when it is first used. */
export function openCache(settings: CacheSettings): Cache {
  return settings.kind === "redis" ? new RedisCache(settings) : new SqliteCache(settings.file);
}
