import type { Log } from "../observe/log.ts";
import { cacheByDefault } from "../settings/cache.ts";
import type { Given } from "../values/given.ts";

/** Says which file forecasts are read from where nobody named one. */
export function sayDefaultCache(given: Given, log: Log): void {
  const file = cacheByDefault(given);
  if (file !== undefined) log.info(`the cache is ${file} in this folder (--cache names another one)`);
}
