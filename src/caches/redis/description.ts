import type { CacheDescription } from "../description.ts";
import { shown } from "./address.ts";
import { REDIS_SETTINGS, type RedisSettings, readRedisSettings } from "./settings.ts";

export const REDIS: CacheDescription<RedisSettings> = {
  words: "Redis",
  settings: REDIS_SETTINGS,
  adviceOnFailure: "the variables of REDIS_*",
  read: readRedisSettings,
  place: (settings) => `${placeIn(settings)}/${settings.database}`,
  isThere: () => true,
  open: async (settings) => {
    const { RedisCache } = await import("./cache.ts");
    return new RedisCache(settings);
  },
};

function placeIn({ host, port, path, sentinels, cluster }: RedisSettings): string {
  if (cluster) return `cluster ${cluster.map(shown).join()}`;
  if (sentinels) return `${sentinels.master} of ${sentinels.addresses.map(shown).join()}`;
  return path ?? `${host}:${port}`;
}
