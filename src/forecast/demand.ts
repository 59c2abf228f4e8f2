import type { Day } from "../history/calendar.ts";
import { productDecimals, withDecimals } from "../history/decimals.ts";
import type { ProductHistory } from "../history/history.ts";
import type { GlobalModel } from "../learning/predict.ts";
import { sum } from "../numeric/sum.ts";
import type { DemandForecast } from "./demand-forecast.ts";
import { globalForecast } from "./global.ts";
import { tidyIntervals } from "./interval.ts";
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

/** Forecasts weekly demand, with what was learned across products, or from the product's own history alone. */
export function forecastDemand(history: ProductHistory, options: DemandOptions): DemandForecast {
  const { origin, horizon, level, model } = options;
  const forecast = model ? globalForecast(history, origin, model) : localForecast(history.quantities, horizon, level);
  const isWhole = history.quantities.every(Number.isInteger);
  const isNothing = withDecimals(sum(forecast.mean), productDecimals(history)) === 0;
  // No share of nothing can be right or wrong.
  const accuracyEstimate = isNothing ? null : forecast.accuracyEstimate;
  return { ...forecast, accuracyEstimate, intervals: tidyIntervals(forecast.mean, forecast.intervals, isWhole) };
}
