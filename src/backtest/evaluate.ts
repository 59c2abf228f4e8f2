import { WeightedAbsolutePercentageError } from "../accuracy/error.ts";
import { forecastDemand } from "../forecast/demand.ts";
import { notNegative } from "../forecast/held-out.ts";
import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import { productHistories } from "../history/history.ts";
import { MODELS } from "../models/registry.ts";
import type { Source } from "../sources/source.ts";

/** What `run` would do at an origin. */
export const AUTO = "auto";

export interface BacktestSettings {
  readonly historyStart: Day;
  readonly horizon: number;
  readonly level: number;
  readonly minCustomers: number;
  readonly minOrders: number;
  readonly limit: number | undefined;
}

export interface BacktestProgress {
  start(products: number): void;
  update(done: number): void;
  stop(): void;
}

export interface OriginResult {
  readonly origin: Day;
  readonly products: number;
  /** WAPE over all products and weeks by model, `auto` first; undefined where nothing was sold. */
  readonly wape: ReadonlyMap<string, number | undefined>;
}

const PRODUCTS_PER_READ = 200;

/** Origins four weeks apart, the most recent one a horizon before `asOf`, so that what came is known. */
export function pastOrigins(asOf: Day, horizon: number, count: number): Day[] {
  return Array.from({ length: count }, (_, i) => asOf - (horizon + 4 * i) * DAYS_PER_WEEK);
}

/**
 * Forecasts at a past origin as `run` would have done then, and measures the error against what came.
 *
 * @param progress is told the number of products, and how many are done.
 */
export async function evaluateOrigin(
  source: Source,
  origin: Day,
  settings: BacktestSettings,
  progress: BacktestProgress,
): Promise<OriginResult> {
  const { historyStart: start, horizon, level, minCustomers, minOrders, limit } = settings;
  const eligible = (await source.eligibleProducts({ start, origin, minCustomers, minOrders })).slice(0, limit);
  const errors = new Map(
    [AUTO, ...MODELS.map(({ name }) => name)].map((name) => [name, new WeightedAbsolutePercentageError()]),
  );
  progress.start(eligible.length);
  const end = origin + horizon * DAYS_PER_WEEK;
  for (let first = 0; first < eligible.length; first += PRODUCTS_PER_READ) {
    const productIds = eligible.slice(first, first + PRODUCTS_PER_READ);
    const before = await source.orderLines(productIds, { start, origin });
    const after = await source.orderLines(productIds, { start: origin, origin: end });
    const outcomes = productHistories(after, productIds.length, end);
    for (const [i, { quantities }] of productHistories(before, productIds.length, origin).entries()) {
      const actual = lastWeeks(outcomes[i]!.quantities, horizon);
      errors.get(AUTO)!.add(actual, forecastDemand(quantities, horizon, level).mean);
      for (const model of MODELS) {
        // A method that the history is too short for has nothing to say: it is measured as forecasting zero.
        const mean =
          quantities.length < model.leastHistory
            ? new Float64Array(horizon)
            : notNegative(model.fit(quantities).predict(horizon));
        errors.get(model.name)!.add(actual, mean);
      }
    }
    progress.update(first + productIds.length);
  }
  progress.stop();
  return {
    origin,
    products: eligible.length,
    wape: new Map(Array.from(errors, ([name, error]) => [name, error.value])),
  };
}

function lastWeeks(quantities: Float64Array, weeks: number): Float64Array {
  const padded = new Float64Array(weeks);
  padded.set(quantities, weeks - quantities.length);
  return padded;
}
