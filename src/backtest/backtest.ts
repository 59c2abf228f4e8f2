import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import { drawToFront, generator } from "../numeric/random.ts";
import { openSource, type SourceHandle } from "../sources/registry.ts";
import type { EligibleProduct, Period, Source } from "../sources/source.ts";
import { dispatch } from "../workers/dispatch.ts";
import { orderedRunner } from "../workers/in-order.ts";
import type { Interruption } from "../workers/interruption.ts";
import { WorkerPool } from "../workers/pool.ts";
import { Collection } from "./collection.ts";
import { learnVariants } from "./lessons.ts";
import type { BacktestSetup, BacktestTask, BatchEvaluation } from "./messages.ts";
import type { EvaluatedForecast, Evaluation } from "./summary.ts";

export interface BacktestSettings {
  readonly origins: readonly Day[];
  readonly historyStart: Day;
  readonly horizon: number;
  readonly level: number;
  readonly minCustomers: number;
  readonly minOrders: number;
  /** Names of the methods to measure. */
  readonly methods: readonly string[];
  readonly workers: number;
  /** Only the products with the most orders. */
  readonly limit: number | undefined;
  /** Only these products, where they are eligible. */
  readonly products: ReadonlySet<string> | undefined;
  /** Only so many products at each origin, drawn with the seed. */
  readonly sample: number | undefined;
  readonly seed: number;
  /** Whether the observer is given the weeks of each forecast. */
  readonly keepForecasts: boolean;
  /** Whether examples of `auto` at the latest origin are kept. */
  readonly keepExamples: boolean;
}

export interface BacktestObserver {
  started(forecasts: number): void;
  /** So many forecasts are done, well or not. */
  done(forecasts: number): void;
  failed(productId: string, origin: Day, reason: string): void;
  /** Some more forecasts are measured, with their weeks where `keepForecasts` is set; in order. */
  measured?(forecasts: readonly EvaluatedForecast[]): void;
}

/** All days that are read, at any origin. */
export function periodOf({ origins, historyStart, horizon }: BacktestSettings): Period {
  return { start: historyStart, origin: Math.max(...origins) + horizon * DAYS_PER_WEEK };
}

/** Products a batch, whatever the number of workers, so that sums round alike. */
const BATCH = 50;

/**
 * Forecasts at each origin as `run` would have done then, and scores the forecasts against what came. After an
 * interruption what is not yet measured is left out.
 *
 * @throws SourceError when the source cannot be read.
 */
export async function backtest(
  settings: BacktestSettings,
  handle: SourceHandle,
  observer: BacktestObserver,
  interruption: Interruption,
): Promise<Evaluation> {
  const { methods, origins, horizon, level, workers, historyStart, keepForecasts, keepExamples } = settings;
  const setup: BacktestSetup = {
    kind: "backtest",
    source: handle,
    historyStart,
    horizon,
    level,
    methods,
    keepForecasts,
    exampleOrigin: keepExamples ? Math.max(...origins) : undefined,
  };
  const collection = new Collection(methods.length, horizon, (forecasts) => observer.measured?.(forecasts));
  let failed = 0;
  let done = 0;
  const finish = (task: BacktestTask, evaluation?: BatchEvaluation) => {
    collection.add(task, evaluation);
    done += task.productIds.length;
    observer.done(done);
  };
  const source = await openSource(handle);
  let pool: WorkerPool<BacktestSetup> | undefined;
  try {
    const selections = await select(settings, source);
    const forecasts = selections.reduce((sum, { productIds }) => sum + productIds.length, 0);
    observer.started(forecasts);
    const threads = Math.max(1, Math.min(workers, Math.ceil(forecasts / BATCH)));
    pool = new WorkerPool(setup, threads);
    let first = 0;
    for (const { origin, products, productIds } of selections) {
      const { minCustomers, minOrders } = settings;
      const options = { origin, horizon, level, minCustomers, minOrders, withCustomers: true };
      const eligible = products.map(({ id }) => id);
      const plan = { eligible, dated: products, historyStart, options };
      const lessons = await learnVariants(methods, plan, orderedRunner(pool, threads, interruption));
      const queue = parts({ kind: "evaluate", origin, first, productIds, lessons }, BATCH);
      first += productIds.length;
      await dispatch<BacktestTask, BatchEvaluation>(queue, pool, threads, interruption, {
        split: (task) => (task.productIds.length > 1 ? parts(task, Math.ceil(task.productIds.length / 2)) : []),
        done: finish,
        failed: (task, { reason }) => {
          failed += task.productIds.length;
          for (const productId of task.productIds) observer.failed(productId, origin, reason);
          finish(task);
        },
      });
    }
  } finally {
    await Promise.all([pool?.close(), source.close()]);
  }
  const { forecasts, weekScores, coveredCumulative, soldUntil } = collection;
  return { methods, origins, horizon, level, forecasts, weekScores, coveredCumulative, soldUntil, failed };
}

function parts(task: BacktestTask, size: number): BacktestTask[] {
  const { first, productIds } = task;
  return Array.from({ length: Math.ceil(productIds.length / size) }, (_, i) => ({
    ...task,
    first: first + i * size,
    productIds: productIds.slice(i * size, (i + 1) * size),
  }));
}

interface Selection {
  readonly origin: Day;
  readonly products: readonly EligibleProduct[];
  /** The products that are measured. */
  readonly productIds: readonly string[];
}

async function select(settings: BacktestSettings, source: Source): Promise<Selection[]> {
  const { historyStart: start, minCustomers, minOrders } = settings;
  const selections: Selection[] = [];
  for (const origin of settings.origins) {
    const products = await source.eligibleProducts({ start, origin, minCustomers, minOrders });
    const eligible = products.map(({ id }) => id);
    selections.push({ origin, products, productIds: selected(eligible, settings) });
  }
  return selections;
}

function selected(eligible: readonly string[], { products, limit, sample, seed }: BacktestSettings): string[] {
  const chosen = (products ? eligible.filter((id) => products.has(id)) : eligible).slice(0, limit);
  if (sample === undefined || sample >= chosen.length) return chosen;
  drawToFront(chosen, sample, generator(seed));
  return chosen.slice(0, sample);
}
