import { type ArgsDef, defineCommand } from "citty";
import { CacheError } from "../caches/cache.ts";
import { LockHeldError } from "../job/lock.ts";
import { lateSourceLine, reportLines, skippedRowsLine, summaryLine } from "../job/report.ts";
import type { RunResult } from "../job/run.ts";
import type { Log } from "../observe/log.ts";
import { createProgress } from "../observe/progress.ts";
import { givenTo } from "../settings/credentials.ts";
import { JSON_OUTPUT, LOG_FORMAT, logFor } from "../settings/output.ts";
import { DRY_RUN, METRICS_FILE, PRODUCTS, RUN_SETTINGS, type RunSettings, runSettings } from "../settings/run.ts";
import type { Given } from "../values/given.ts";
import { VERSION } from "../version.ts";
import { Interruption, onSignals } from "../workers/interruption.ts";
import { flagsOf } from "./arguments.ts";
import { exitCodeOf } from "./exit-code.ts";
import { print } from "./print.ts";
import { type RunEnd, writeRunMetrics } from "./run-metrics.ts";

const MOST_FAILURES_LOGGED = 20;
export const command = defineCommand<ArgsDef>({
  meta: { name: "run", description: "Forecast every eligible product and write the forecasts to the cache" },
  args: flagsOf(RUN_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const log = logFor(given);
    const metricsFile = given.value(DRY_RUN) ? undefined : given.value(METRICS_FILE);
    const started = performance.now();
    const measure = async (end: Omit<RunEnd, "durationSeconds">) => {
      const durationSeconds = (performance.now() - started) / 1000;
      if (metricsFile !== undefined) await writeRunMetrics(metricsFile, { ...end, durationSeconds }, log);
    };
    let ended: EndedRun;
    try {
      ended = await forecastAll(runSettings(given), log, given.value(LOG_FORMAT) === "text");
    } catch (error) {
      // Whoever was turned away leaves the metrics to the run that is under way.
      if (!(error instanceof LockHeldError)) {
        await measure({ exitCode: exitCodeOf(error), cacheIsUp: !(error instanceof CacheError) });
      }
      throw error;
    }
    const { metadata, metadataProblem, exitCode } = ended;
    await measure({ exitCode, metadata, cacheIsUp: metadataProblem === undefined });
    await tell(ended, log, given);
    return exitCode;
  },
});

interface EndedRun extends RunResult {
  readonly exitCode: number;
}

async function forecastAll(settings: RunSettings, log: Log, bar: boolean): Promise<EndedRun> {
  const { run } = await import("../job/run.ts");
  const progress = createProgress(process.stderr, { log, bar, unit: "products" });
  const interruption = new Interruption();
  onSignals(interruption, (exitCode) => {
    progress.stop();
    process.exit(exitCode);
  });
  interruption.asked.then(() => log.warn("interrupted: batches under way get 10 s to finish; once more to leave now"));
  const observer = {
    skipped: (rows: number) => log.warn(skippedRowsLine(rows)),
    started: (products: number, workers: number) => {
      const what = `${products.toLocaleString("en-US")} ${products === 1 ? "product" : "products"}`;
      const threads = `${workers} worker ${workers === 1 ? "thread" : "threads"}`;
      log.info(`forecasting ${what} in ${threads}`, { products, workers });
      progress.start(products);
    },
    notLearned: () =>
      log.info(
        "nothing was learned across products (it takes 200 and some months): each is forecast from its own history",
      ),
    done: (products: number) => progress.update(products),
  };
  const result = await run(settings, VERSION, observer, interruption).finally(() => progress.stop());
  const isGood = result.metadata.failed === 0 && result.metadataProblem === undefined;
  return { ...result, exitCode: interruption.exitCode ?? (isGood ? 0 : 1) };
}

async function tell({ metadata, unsuccessful, metadataProblem, exitCode }: EndedRun, log: Log, given: Given) {
  const forPrograms = given.value(LOG_FORMAT) === "json";
  const failed = unsuccessful.filter(({ status }) => status === "failed");
  const told = forPrograms ? failed : failed.slice(0, MOST_FAILURES_LOGGED);
  for (const { productId: product_id, batch, reason, stack } of told) {
    log.error(`product ${product_id}: ${reason}`, { product_id, batch, stack });
  }
  if (told.length < failed.length) {
    log.error(`and ${failed.length - told.length} more failed products; --json lists them all`);
  }
  // Who names products wants to know why one has no forecast; among all products some always have none.
  const tellNone = given.value(PRODUCTS) === undefined ? log.debug : log.warn;
  for (const { productId: product_id, batch, status, reason } of unsuccessful) {
    if (status === "no_forecast") tellNone(`product ${product_id}: no forecast: ${reason}`, { product_id, batch });
  }
  if (!forPrograms) for (const line of reportLines(metadata)) log.info(line);
  if (metadata.total_products === 0) log.warn("no product is eligible");
  const lateSource = lateSourceLine(metadata);
  if (lateSource !== undefined) log.warn(lateSource);
  if (given.value(JSON_OUTPUT)) {
    const failures = failed.map(({ productId, reason }) => ({ product_id: productId, error: reason }));
    await print(`${JSON.stringify({ ...metadata, failed_products: failures })}\n`);
  }
  if (metadataProblem !== undefined) log.error(`the run's metadata was not written: ${metadataProblem}`);
  if (forPrograms || !process.stderr.isTTY) {
    log.info(summaryLine(metadata, exitCode), { ...metadata, exit_code: exitCode });
  }
}
