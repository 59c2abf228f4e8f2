import { type ArgsDef, defineCommand } from "citty";
import type { FindHands } from "../job/hands.ts";
import { LockHeldError } from "../job/lock.ts";
import { narrateEnd, narrator } from "../job/narration.ts";
import { withRecord } from "../job/record.ts";
import type { RunEnd } from "../job/run.ts";
import { withMetrics } from "../job/run-metrics.ts";
import type { Log } from "../observe/log.ts";
import { createProgress } from "../observe/progress.ts";
import { cacheByDefault, cacheSettings } from "../settings/cache.ts";
import { givenTo } from "../settings/credentials.ts";
import { LIMIT } from "../settings/forecast.ts";
import { JSON_OUTPUT, LOG_FORMAT, logFor } from "../settings/output.ts";
import { QUEUE, QUEUE_PATIENCE } from "../settings/queue.ts";
import { redisOfQueue } from "../settings/redis-of-queue.ts";
import {
  DRY_RUN,
  isPartial,
  METRICS_FILE,
  PRODUCTS,
  RUN_SETTINGS,
  type RunSettings,
  runSettings,
  TENANT,
} from "../settings/run.ts";
import { COUNT } from "../values/count.ts";
import type { Given } from "../values/given.ts";
import { withoutSecrets } from "../values/secrets.ts";
import { VERSION } from "../version.ts";
import { Interruption, onSignals } from "../workers/interruption.ts";
import { flagsOf } from "./arguments.ts";
import { printJson } from "./print.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "run", description: "Forecast every eligible product and write the forecasts to the cache" },
  args: flagsOf(RUN_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const interruption = new Interruption();
    const secondSignal = onSignals(interruption);
    return Promise.race([secondSignal, forecastAll(given, interruption, secondSignal)]);
  },
});

async function forecastAll(given: Given, interruption: Interruption, secondSignal: Promise<number>): Promise<number> {
  const log = logFor(given);
  const isProgram = given.value(LOG_FORMAT) === "json";
  // A dry run and one of some products say nothing of the night's run.
  const isNightly = !given.value(DRY_RUN) && !isPartial({ products: given.value(PRODUCTS), limit: given.value(LIMIT) });
  const metricsFile = isNightly ? given.value(METRICS_FILE) : undefined;
  const metrics = metricsFile === undefined ? undefined : { file: metricsFile, tenant: given.value(TENANT) };
  const { run } = await import("../job/run.ts");
  const progress = createProgress(process.stderr, { log, bar: !isProgram, unit: "products", before: "learning" });
  secondSignal.then(() => progress.stop());
  interruption.asked.then(() => log.warn("interrupted: batches under way get 10 s to finish; once more to leave now"));
  const report = async (end: RunEnd) => {
    if (given.value(JSON_OUTPUT)) await printJson(reportOf(end));
  };
  const wholeRun = async () => {
    const settings = runSettings(given);
    const file = settings.cache && cacheByDefault(given);
    if (file)
      log.info(
        `forecasts go to ${file} in this folder, where list, inspect and status look for them (--cache: elsewhere)`,
      );
    const findHands = await handsFor(given, settings, log);
    const observer = narrator(log, progress, report, findHands && "by workers of the queue");
    return run(settings, VERSION, observer, interruption, findHands).finally(() => progress.stop());
  };
  try {
    const result = await withMetrics(metrics, VERSION, log, async () => {
      return withRecord(isNightly ? cacheSettings(given) : undefined, VERSION, interruption, wholeRun);
    });
    narrateEnd(result, log, { isProgram, namedProducts: given.value(PRODUCTS) !== undefined });
    return result.exitCode;
  } catch (error) {
    if (error instanceof LockHeldError && interruption.exitCode !== undefined) return interruption.exitCode;
    throw error;
  }
}

/** @returns nothing for the threads of this process. */
async function handsFor(given: Given, { source, cache }: RunSettings, log: Log): Promise<FindHands | undefined> {
  if (!given.value(QUEUE) || !cache) return undefined;
  const redis = redisOfQueue(given);
  const { workersOf } = await import("../queue/hand-out.ts");
  return workersOf(redis, source, VERSION, given.value(QUEUE_PATIENCE)!, {
    queued: (batches) =>
      log.info(
        `${batches === 1 ? "1 batch waits" : `${COUNT.format(batches)} batches wait`} in the queue for forecast work`,
      ),
    queueWaits: (words) => log.warn(words),
  });
}

function reportOf({ metadata, unsuccessful }: RunEnd) {
  const failures = unsuccessful
    .filter(({ status }) => status === "failed")
    .map(({ productId, reason }) => ({ product_id: productId, error: withoutSecrets(reason ?? "") }));
  return { ...metadata, failed_products: failures };
}
