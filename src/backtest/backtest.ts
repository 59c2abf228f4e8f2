import { generator } from "../accuracy/random.ts";
import { SUMS } from "../accuracy/score.ts";
import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import { openSource, type SourceHandle } from "../sources/open.ts";
import { batches, dispatch, halves } from "../workers/dispatch.ts";
import { Interruption } from "../workers/interruption.ts";
import { WorkerPool } from "../workers/pool.ts";
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
  readonly keepForecasts: boolean;
}

export interface BacktestObserver {
  started(forecasts: number): void;
  done(forecasts: number): void;
  failed(productId: string, reason: string): void;
}

/** Origins `every` weeks apart, the most recent one a horizon before `asOf`, so that what came is known. */
export function pastOrigins(asOf: Day, horizon: number, count: number, every: number): Day[] {
  return Array.from({ length: count }, (_, i) => asOf - (horizon + every * i) * DAYS_PER_WEEK);
}

/**
 * Forecasts at each origin as `run` would have done then, and scores the forecasts against what came.
 *
 * @throws SourceError when the eligible products cannot be read.
 */
export async function backtest(
  settings: BacktestSettings,
  source: SourceHandle,
  observer: BacktestObserver,
): Promise<Evaluation> {
  const { methods, origins, horizon, level, workers, historyStart, keepForecasts } = settings;
  const queue = await tasks(settings, source);
  const total = queue.reduce((sum, { productIds }) => sum + productIds.length, 0);
  observer.started(total);

  const forecasts: EvaluatedForecast[] = [];
  const weekScores = new Float64Array(methods.length * horizon * SUMS.length);
  let failed = 0;
  const setup: BacktestSetup = { kind: "backtest", source, historyStart, horizon, level, methods, keepForecasts };
  const threads = Math.min(workers, queue.length);
  const pool = new WorkerPool<BacktestSetup, BacktestTask, BatchEvaluation>(setup, Math.max(1, threads));
  try {
    await dispatch(queue, pool, threads, new Interruption(), {
      split: ({ origin, productIds }) => halves(productIds).map((half) => ({ origin, productIds: half })),
      done: ({ origin }, batch) => {
        const width = methods.length * SUMS.length;
        for (const [p, product] of batch.products.entries()) {
          forecasts.push({ ...product, origin, scores: batch.scores.subarray(p * width, (p + 1) * width) });
        }
        for (const [i, value] of batch.weekScores.entries()) weekScores[i]! += value;
        observer.done(forecasts.length + failed);
      },
      failed: ({ productIds }, { reason }) => {
        failed += productIds.length;
        for (const productId of productIds) observer.failed(productId, reason);
      },
    });
  } finally {
    await pool.close();
  }
  return { methods, origins, horizon, level, forecasts: inOrder(forecasts), weekScores, failed };
}

/** By origin, then as the source gives the products: the order of arrival shall not show. */
function inOrder(forecasts: EvaluatedForecast[]): EvaluatedForecast[] {
  return forecasts.sort((a, b) => b.origin - a.origin || (a.productId < b.productId ? -1 : 1));
}

async function tasks(settings: BacktestSettings, handle: SourceHandle): Promise<BacktestTask[]> {
  const { origins, historyStart: start, minCustomers, minOrders, workers } = settings;
  const source = openSource(handle);
  try {
    const queue: BacktestTask[] = [];
    for (const origin of origins) {
      const eligible = await source.eligibleProducts({ start, origin, minCustomers, minOrders });
      queue.push(...batches(selected(eligible, settings), workers).map((productIds) => ({ origin, productIds })));
    }
    return queue;
  } finally {
    await source.close();
  }
}

function selected(eligible: string[], { products, limit, sample, seed }: BacktestSettings): string[] {
  const chosen = (products ? eligible.filter((id) => products.has(id)) : eligible).slice(0, limit);
  if (sample === undefined || sample >= chosen.length) return chosen;
  // Fisher and Yates's shuffle, as far as it is needed.
  const random = generator(seed);
  for (let i = 0; i < sample; i++) {
    const j = i + Math.floor(random() * (chosen.length - i));
    [chosen[i], chosen[j]] = [chosen[j]!, chosen[i]!];
  }
  return chosen.slice(0, sample);
}
