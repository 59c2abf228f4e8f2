import { USUAL_PREFIX } from "../caches/cache.ts";
import { KEY_PREFIX } from "../caches/key-prefix.ts";
import { CACHES, type CacheSettings } from "../caches/registry.ts";
import { ID_FORMS, type IdForm } from "../forecast/document.ts";
import { oneOfAdapters, readSettings, usagesOf } from "../values/adapter.ts";
import type { Given } from "../values/given.ts";
import { oneOf, wholeNumber } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";
import { usualCache } from "./usual-cache.ts";

export const CACHE = {
  flag: "cache",
  env: "FORECAST_CACHE",
  fallback: "redis",
  fallbackFrom: usualCache,
  fallbackInWords: "redis; without settings of Redis, for a file or the demo, a SQLite file in the working folder",
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

export const IDS = {
  flag: "ids",
  env: "FORECAST_IDS",
  fallback: "number",
  description: "how ids stand in JSON: as numbers where they are integers, or all as strings",
  ...oneOf(ID_FORMS),
} satisfies Setting<IdForm>;

/** @throws UsageError */
export function cacheSettings(given: Given): CacheSettings {
  const prefix = given.value(KEY_PREFIX)!;
  return {
    ...readSettings(CACHES, given.value(CACHE)!, given),
    keyPrefix: prefix === USUAL_PREFIX ? undefined : prefix,
  };
}

/**
 * The file in the working folder that stands in for a cache that nobody has named, as its settings would name it.
 *
 * @returns nothing where one was named.
 */
export function cacheByDefault(given: Given): string | undefined {
  const { kind, argument } = given.value(CACHE)!;
  return kind === "sqlite" && given.raw(CACHE)!.by === "default" ? argument : undefined;
}
