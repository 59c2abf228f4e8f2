import { CACHES, type CacheSettings } from "../caches/registry.ts";
import { oneOfAdapters, readSettings, usagesOf } from "../values/adapter.ts";
import type { Given } from "../values/given.ts";
import { wholeNumber } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";

export const CACHE = {
  flag: "cache",
  env: "FORECAST_CACHE",
  fallback: "redis",
  placeholder: "CACHE",
  description: `where forecasts go: ${usagesOf(CACHES)}`,
  ...oneOfAdapters(CACHES),
};

export const TTL = {
  flag: "ttl",
  env: "FORECAST_CACHE_TTL",
  fallback: "604800",
  description: "seconds until a forecast expires",
  ...wholeNumber(1, 315_360_000),
} satisfies Setting<number>;

/** @throws UsageError */
export function cacheSettings(given: Given): CacheSettings {
  return readSettings(CACHES, given.value(CACHE)!, given);
}
