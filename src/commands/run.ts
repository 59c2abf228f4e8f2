import { type ArgsDef, defineCommand } from "citty";
import {
  CACHE,
  CSV_COLUMN_NAMES,
  cacheSettings,
  SKIP_BAD_ROWS,
  SOURCE,
  sourceSettings,
} from "../job/connection-settings.ts";
import type { ProductOutcome } from "../job/messages.ts";
import { reportLines, skippedRowsLine } from "../job/report.ts";
import { Given } from "../job/setting.ts";
import {
  AS_OF,
  forecastSettings,
  LIMIT,
  LOCK_FILE,
  MIN_CUSTOMERS,
  MIN_ORDERS,
  PRODUCTS,
  type RunSettings,
  TTL,
  WEEKS,
  WORKERS,
} from "../job/settings.ts";
import { createLog } from "../observe/log.ts";
import { createProgress } from "../observe/progress.ts";
import { VERSION } from "../version.ts";
import { Interruption, onSignals } from "../workers/interruption.ts";
import { DEBUG_FLAG, flagsOf, JSON_FLAG } from "./arguments.ts";
import { print } from "./print.ts";

const MOST_FAILURES_LOGGED = 20;

export const command = defineCommand<ArgsDef>({
  meta: { name: "run", description: "Forecast every eligible product and write the forecasts to the cache" },
  args: {
    ...flagsOf([AS_OF, SOURCE, CACHE, WEEKS, TTL, WORKERS, LIMIT, PRODUCTS, MIN_CUSTOMERS, MIN_ORDERS]),
    ...flagsOf([CSV_COLUMN_NAMES]),
    [SKIP_BAD_ROWS]: { type: "boolean", description: "leave rows of the CSV file out that cannot be read" },
    ...flagsOf([LOCK_FILE]),
    "dry-run": { type: "boolean", description: "forecast, but write nothing to the cache" },
    ...JSON_FLAG,
    ...DEBUG_FLAG,
  },
  async run({ args }): Promise<number> {
    const settings = runSettings(new Given(args, process.env));
    const { run } = await import("../job/run.ts");
    const log = createLog({ debug: args.debug === true });
    const progress = createProgress(process.stderr, (line) => log.info(line));
    const interruption = new Interruption();
    onSignals(interruption, (exitCode) => {
      progress.stop();
      process.exit(exitCode);
    });
    interruption.asked.then(() =>
      log.warn("interrupted: batches under way get 10 s to finish; once more to leave now"),
    );

    const observer = {
      skipped: (rows: number) => log.warn(skippedRowsLine(rows)),
      started: (products: number, workers: number) => {
        log.info(`forecasting ${products.toLocaleString("en-US")} products in ${workers} worker threads`);
        progress.start(products);
      },
      done: (products: number) => progress.update(products),
    };
    const result = await run(settings, VERSION, observer, interruption).finally(() => progress.stop());
    const { metadata, unsuccessful, metadataProblem } = result;

    const failed = unsuccessful.filter(({ status }) => status === "failed");
    for (const outcome of failed.slice(0, MOST_FAILURES_LOGGED)) logFailure(log, outcome);
    if (failed.length > MOST_FAILURES_LOGGED) {
      log.error(`and ${failed.length - MOST_FAILURES_LOGGED} more failed products; --json lists them all`);
    }
    for (const { productId, status, reason } of unsuccessful) {
      if (status === "no_forecast") log.debug(`product ${productId}: no forecast: ${reason}`);
    }
    for (const line of reportLines(metadata)) log.info(line);
    if (metadata.total_products === 0) log.warn("no product is eligible");
    if (args.json) {
      const failures = failed.map(({ productId, reason }) => ({ product_id: productId, error: reason }));
      await print(`${JSON.stringify({ ...metadata, failed_products: failures })}\n`);
    }
    if (metadataProblem !== undefined) log.error(`the run's metadata was not written: ${metadataProblem}`);
    return interruption.exitCode ?? (metadata.failed > 0 || metadataProblem !== undefined ? 1 : 0);
  },
});

function runSettings(given: Given): RunSettings {
  return {
    ...forecastSettings(given, Temporal.Now.plainDateISO().toString()),
    ttlSeconds: given.value(TTL)!,
    workers: given.value(WORKERS)!,
    products: given.value(PRODUCTS),
    lockFile: given.value(LOCK_FILE)!,
    cache: given.has("dry-run") ? undefined : cacheSettings(given),
    source: sourceSettings(given),
  };
}

function logFailure(log: ReturnType<typeof createLog>, { productId, reason, stack }: ProductOutcome): void {
  log.error(`product ${productId}: ${reason}`);
  if (stack !== undefined) log.debug(stack);
}
