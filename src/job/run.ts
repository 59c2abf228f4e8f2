import { openCache } from "../caches/registry.ts";
import { DAYS_PER_WEEK, type Day, formatDay } from "../history/calendar.ts";
import { learn, threadsFor } from "../learning/learn.ts";
import type { GlobalModel } from "../learning/predict.ts";
import type { RunSettings } from "../settings/run.ts";
import { batches, halves } from "../workers/batches.ts";
import { dispatch } from "../workers/dispatch.ts";
import { orderedRunner } from "../workers/in-order.ts";
import type { Interruption } from "../workers/interruption.ts";
import { WorkerPool } from "../workers/pool.ts";
import { acquireLock } from "./lock.ts";
import type { BatchResult, ProductOutcome, RunSetup, RunTask } from "./messages.ts";
import { type RunMetadata, writeMetadata } from "./metadata.ts";
import { prepareRun } from "./prepare.ts";
import { StageClock } from "./stages.ts";
import { Tally } from "./tally.ts";

/** Told what a run does, as it does it. */
export interface RunObserver {
  /** So many rows of a CSV file were left out. */
  skipped(rows: number): void;
  started(products: number, workers: number): void;
  /** A thread failed, or the source was out of reach, while products were learned from. */
  notLearned(): void;
  /** From a day until another one there is no order of anybody, as in no other year: these weeks count as missing. */
  sourceGap(from: Day, until: Day): void;
  /** So many products are done. */
  done(products: number): void;
}

export interface RunResult {
  readonly metadata: RunMetadata;
  /** Products that failed or have no forecast, in no particular order. */
  readonly unsuccessful: readonly ProductOutcome[];
  /** Why the metadata could not be written; nothing where it was, or was not to be. */
  readonly metadataProblem: string | undefined;
  /** 0 where nothing went wrong; that of an interruption where one was asked for. */
  readonly exitCode: number;
}

/**
 * One run, from lock to metadata.
 *
 * @throws LockHeldError, CacheError or SourceError when the run cannot do its work.
 */
export async function run(
  settings: RunSettings,
  version: string,
  observer: RunObserver,
  interruption: Interruption,
): Promise<RunResult> {
  const started = performance.now();
  const startedAt = now();
  const lock = acquireLock(settings.lockFile, startedAt);
  const cache = settings.cache && (await openCache(settings.cache));
  try {
    await cache?.ping();
    const tally = new Tally();
    const work = forecastAll(settings, startedAt, observer, interruption, tally);
    await Promise.race([work, interruption.graceOver()]);
    const metadata: RunMetadata = {
      last_run: startedAt,
      as_of_date: formatDay(settings.origin),
      total_products: tally.products,
      successful: tally.counts.successful,
      failed: tally.counts.failed,
      no_forecast: tally.counts.no_forecast,
      elapsed_seconds: Math.round(performance.now() - started) / 1000,
      finished_at: now(),
      interrupted: interruption.exitCode !== undefined,
      partial: settings.limit !== undefined || settings.products !== undefined,
      version,
      workers: tally.workers,
      stages: tally.stages,
      queue_seconds: tally.queueSeconds,
      forecast_accuracy_estimate: tally.accuracy,
      interval_coverage: tally.coverage,
      newest_order_line: tally.newestDay === undefined ? null : formatDay(tally.newestDay),
      no_forecast_products: tally.withoutForecast,
    };
    const metadataProblem = cache && (await writeMetadata(cache, metadata, settings.ttlSeconds));
    const isGood = metadata.failed === 0 && metadataProblem === undefined;
    const exitCode = interruption.exitCode ?? (isGood ? 0 : 1);
    return { metadata, unsuccessful: tally.unsuccessful, metadataProblem, exitCode };
  } finally {
    await cache?.close();
    lock.release();
  }
}

async function forecastAll(
  settings: RunSettings,
  generatedAt: string,
  observer: RunObserver,
  interruption: Interruption,
  tally: Tally,
): Promise<void> {
  const clock = new StageClock();
  const { setup, eligible, products, notEligible, names, skippedRows } = await prepareRun(settings, generatedAt, clock);
  tally.addStages(clock.take());
  if (skippedRows > 0) observer.skipped(skippedRows);
  const queue = batches(products, settings.workers);
  const workers = queue.length === 0 ? 0 : threadsFor(queue.length, settings.workers);
  tally.products = products.length + notEligible.length;
  tally.workers = workers;
  tally.add(notEligible);
  observer.started(tally.products, workers);
  if (workers === 0) return;
  const pool = new WorkerPool<RunSetup>(setup, workers);
  const batchOf = new Map(queue.flatMap((ids, index) => ids.map((id) => [id, index + 1] as const)));
  const count = (outcomes: readonly ProductOutcome[]) => {
    tally.add(outcomes.map((outcome) => ({ ...outcome, batch: batchOf.get(outcome.productId)! })));
    observer.done(tally.done);
  };
  let began = performance.now();
  try {
    const lessons = await clock.during("learning", () => {
      const { origin, horizon, level, minCustomers, minOrders } = settings;
      const options = { origin, horizon, level, minCustomers, minOrders, withCustomers: true };
      const plan = { eligible, historyStart: setup.period.start, options };
      return learn(plan, orderedRunner(pool, workers, interruption));
    });
    tally.addStages(clock.take());
    tally.coverage = Number.isNaN(lessons.demand.calibration.coverage) ? null : lessons.demand.calibration.coverage;
    if (lessons.isLearned) tellGaps(lessons.demand.pooled.gaps, settings.origin, observer);
    else observer.notLearned();
    began = performance.now();
    const runner = {
      run: (productIds: string[]) => {
        tally.addWait((performance.now() - began) / 1000);
        const known = productIds.filter((id) => names.products.has(id));
        const productNames = new Map(known.map((id) => [id, names.products.get(id)!]));
        return pool.run<RunTask, BatchResult>({ kind: "forecast", productIds, productNames, lessons });
      },
    };
    await dispatch(queue, runner, workers, interruption, {
      split: halves,
      done: (_productIds, { outcomes, newestDay, stages }) => {
        tally.addStages(stages);
        tally.addNewestDay(newestDay);
        count(outcomes);
      },
      failed: (productIds, { reason, stack }) =>
        count(productIds.map((productId) => ({ productId, status: "failed", reason, ...(stack && { stack }) }))),
    });
  } finally {
    tally.addIdle((workers * (performance.now() - began)) / 1000);
    await pool.close();
  }
}

function tellGaps(gaps: GlobalModel["pooled"]["gaps"], origin: Day, observer: RunObserver): void {
  for (const { from, until } of gaps) {
    observer.sourceGap(origin - from * DAYS_PER_WEEK, origin - until * DAYS_PER_WEEK - 1);
  }
}

/** UTC, to the second. */
function now(): string {
  return Temporal.Now.instant().toString({ smallestUnit: "second" });
}
