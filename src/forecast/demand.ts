import { putRight } from "../breaks/put-right.ts";
import type { Day } from "../history/calendar.ts";
import { productDecimals, withDecimals } from "../history/decimals.ts";
import type { ProductHistory } from "../history/history.ts";
import type { GlobalModel } from "../learning/predict.ts";
import { sum } from "../numeric/sum.ts";
import type { PutRightForecast } from "./demand-forecast.ts";
import { globalForecast } from "./global.ts";
import { holdingBoth, tidyIntervals, withDue } from "./interval.ts";
import { localForecast } from "./local.ts";

export interface DemandOptions {
  readonly origin: Day;
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Share of outcomes that shall lie within the intervals, 0 to 1. */
  readonly level: number;
  /** What was learned across products; nothing where there were too few to learn from. */
  readonly model: GlobalModel | undefined;
}

/** Where nothing is known of other products. */
const NO_INDEX = new Float64Array();

/** Forecasts weekly demand, with what was learned across products, or from the product's own history alone. */
export function forecastDemand(history: ProductHistory, options: DemandOptions): PutRightForecast {
  const { origin, horizon, level, model } = options;
  const forecastOf = (of: ProductHistory) =>
    model ? globalForecast(of, origin, model) : localForecast(of.quantities, horizon, level);
  const right = putRight(history, origin, horizon, model?.pooled.index ?? NO_INDEX);
  const usual = forecastOf(right.history);
  const mean = usual.mean.map((quantity, week) => quantity + right.due[week]!);
  const possible = right.isOpen ? holdingBoth(usual.intervals, forecastOf(history).intervals) : usual.intervals;
  const isWhole = history.quantities.every(Number.isInteger);
  const intervals = tidyIntervals(mean, withDue(possible, right.due), isWhole);
  const isNothing = withDecimals(sum(mean), productDecimals(history)) === 0;
  // No share of nothing can be right or wrong.
  const accuracyEstimate = isNothing ? null : usual.accuracyEstimate;
  return { ...usual, mean, intervals, accuracyEstimate, breaks: right.breaks };
}
