import { CACHES } from "../caches/registry.ts";
import type { Given } from "../values/given.ts";
import { quoted } from "../values/printable.ts";
import { UsageError } from "../values/setting.ts";
import { CACHE } from "./cache.ts";

/**
 * The Redis of a queue, which is that of the forecasts.
 *
 * @throws UsageError where forecasts are to go elsewhere.
 */
export function redisOfQueue(given: Given) {
  const { text, by, name } = given.raw(CACHE)!;
  if (by !== "default" && given.value(CACHE)!.kind !== "redis") {
    throw new UsageError(`${name}: ${quoted(text)} is not allowed with a queue, whose workers write to Redis`);
  }
  return { kind: "redis", ...CACHES.redis.read(given, "") } as const;
}
