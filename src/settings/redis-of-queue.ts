import { CACHES } from "../caches/registry.ts";
import type { Given } from "../values/given.ts";
import { quoted } from "../values/printable.ts";
import { UsageError } from "../values/setting.ts";
import { CACHE, cacheSettings } from "./cache.ts";
import { SOURCE } from "./source.ts";

/**
 * The Redis of a queue, which is that of the forecasts.
 *
 * @throws UsageError where forecasts are to go elsewhere, or no worker but one can read the orders.
 */
export function redisOfQueue(given: Given) {
  if (given.value(SOURCE)!.argument === "-") {
    throw new UsageError("csv:- is not allowed with a queue, whose workers cannot read standard input");
  }
  const { text, by, name } = given.raw(CACHE)!;
  if (by !== "default" && given.value(CACHE)!.kind !== "redis") {
    throw new UsageError(`${name}: ${quoted(text)} is not allowed with a queue, whose workers write to Redis`);
  }
  const { keyPrefix } = cacheSettings(given);
  return { kind: "redis", ...CACHES.redis.read(given, ""), keyPrefix } as const;
}
