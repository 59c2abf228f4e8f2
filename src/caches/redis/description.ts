import type { CacheDescription } from "../description.ts";
import { REDIS_SETTINGS, type RedisSettings, readRedisSettings } from "./settings.ts";

export const REDIS: CacheDescription<RedisSettings> = {
  words: "Redis",
  settings: REDIS_SETTINGS,
  adviceOnFailure: "the variables of REDIS_*",
  read: readRedisSettings,
  place: ({ host, port, database }) => `${host}:${port}/${database}`,
  isThere: () => true,
  open: async (settings) => {
    const { RedisCache } = await import("./cache.ts");
    return new RedisCache(settings);
  },
};
