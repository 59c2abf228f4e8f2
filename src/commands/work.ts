import { type ArgsDef, defineCommand } from "citty";
import { CACHES } from "../caches/registry.ts";
import { givenTo } from "../settings/credentials.ts";
import { WORKERS } from "../settings/forecast.ts";
import { LOG_SETTINGS, logFor } from "../settings/output.ts";
import { ONCE } from "../settings/queue.ts";
import { redisOfQueue } from "../settings/redis-of-queue.ts";
import { SOURCE_SETTINGS, sourceSettings } from "../settings/source.ts";
import { COUNT } from "../values/count.ts";
import type { Given } from "../values/given.ts";
import { VERSION } from "../version.ts";
import { Interruption, onSignals } from "../workers/interruption.ts";
import { flagsOf } from "./arguments.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "work", description: "Forecast batches that forecast run --queue hands out, for as long as it may" },
  args: flagsOf({
    Source: SOURCE_SETTINGS,
    Cache: CACHES.redis.settings,
    Work: [WORKERS, ONCE],
    Output: LOG_SETTINGS,
  }),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const interruption = new Interruption();
    return Promise.race([onSignals(interruption), workOn(given, interruption)]);
  },
});

async function workOn(given: Given, interruption: Interruption): Promise<number> {
  const log = logFor(given);
  const settings = {
    source: sourceSettings(given),
    cache: redisOfQueue(given),
    workers: given.value(WORKERS)!,
    once: given.value(ONCE) === true,
  };
  const [{ work }, { openCache }] = await Promise.all([import("../queue/work.ts"), import("../caches/registry.ts")]);
  const cache = await openCache(settings.cache);
  await cache.ready((reason) => log.warn(`the cache is waited for: ${reason}`)).finally(() => cache.close());
  interruption.asked.then(() => log.warn("interrupted: batches under way get 10 s to finish; once more to leave now"));
  const observer = {
    waits: (words: string) => log.warn(words),
    watches: (queue: string) => log.info(`waiting for batches of runs in ${queue}`),
    findsNone: (queue: string) => log.info(`no run hands out batches in ${queue}`),
    begins: (startedAt: string) =>
      log.info(`taking batches of the run of ${startedAt} in ${counted(settings.workers, "thread", "threads")}`),
    ends: (batches: number, products: number) => {
      log.info(`done: ${counted(batches, "batch", "batches")}, ${counted(products, "product", "products")}`);
    },
    leaves: (reason: string) => log.warn(`${reason}: its batches are left to other workers`),
  };
  await work(settings, VERSION, observer, interruption);
  return interruption.exitCode ?? 0;
}

function counted(count: number, one: string, many: string): string {
  return `${COUNT.format(count)} ${count === 1 ? one : many}`;
}
