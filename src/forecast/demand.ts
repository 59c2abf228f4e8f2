import { putRight } from "../breaks/put-right.ts";
import type { Day } from "../history/calendar.ts";
import { productDecimals, withDecimals } from "../history/decimals.ts";
import type { ProductHistory } from "../history/history.ts";
import type { GlobalModel } from "../learning/predict.ts";
import { sum } from "../numeric/sum.ts";
import type { PutRightForecast } from "./demand-forecast.ts";
import { withYearlyOrders } from "./explained.ts";
import { globalForecast } from "./global.ts";
import { holdingBoth, tidyIntervals, withDue } from "./interval.ts";
import { predictedOnMonday } from "./steadied.ts";

/** Forecasts weekly demand with what is known across products; of a product that was replaced nothing is expected. */
export function forecastDemand(history: ProductHistory, origin: Day, model: GlobalModel): PutRightForecast {
  const forecast = forecastIfSold(history, origin, model);
  if (!history.succeededBy) return forecast;
  const mean = new Float64Array(model.horizon);
  const nothing = { lower: 0, median: 0, upper: 0 };
  const weeks = Array.from(mean, () => nothing);
  return {
    ...forecast,
    mean,
    intervals: { weeks, total: nothing, cumulative: weeks },
    accuracyEstimate: null,
    explanation: { parts: [["level", 0]], reasons: [] },
  };
}

function forecastIfSold(history: ProductHistory, origin: Day, model: GlobalModel): PutRightForecast {
  const right = putRight(history, origin, model.horizon, model.pooled.index);
  const onMonday = predictedOnMonday(history, origin, right.breaks, model);
  const usual = globalForecast(right.history, origin, model, onMonday);
  const mean = usual.mean.map((quantity, week) => quantity + right.due[week]!);
  const possible = right.isOpen
    ? holdingBoth(usual.intervals, globalForecast(history, origin, model).intervals)
    : usual.intervals;
  const isWhole = history.quantities.every(Number.isInteger);
  const intervals = tidyIntervals(mean, withDue(possible, right.due), isWhole);
  const isNothing = withDecimals(sum(mean), productDecimals(history)) === 0;
  // No share of nothing can be right or wrong.
  const accuracyEstimate = isNothing ? null : usual.accuracyEstimate;
  const explanation = withYearlyOrders(usual.explanation, sum(right.due));
  return {
    ...usual,
    mean,
    intervals,
    accuracyEstimate,
    explanation,
    breaks: right.breaks,
    isPutRight: right.history !== history,
  };
}
