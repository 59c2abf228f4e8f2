import { combinationWeights } from "../demand/combination.ts";
import { netMean } from "../demand/level.ts";
import { weekPattern } from "../demand/week-pattern.ts";
import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { LEARNED_WEEKS, ProductPast } from "../learning/as-of.ts";
import { type GlobalModel, predict } from "../learning/predict.ts";
import { type DemandForecast, methodWeights } from "./demand-forecast.ts";

/** Forecasts a product with what was learned across products. */
export function globalForecast(history: ProductHistory, origin: Day, model: GlobalModel): DemandForecast {
  const { pooled, horizon } = model;
  const past = new ProductPast(history, { ...model, origin, index: pooled.index });
  const product = past.asOf(0);
  const pattern = weekPattern(past.quantities, product.season, pooled.pattern, LEARNED_WEEKS).subarray(0, horizon);
  const stretch = netMean(pattern);
  const prediction = predict(model, product, stretch);
  const { lower, median, upper, meanWeekLower, meanWeekUpper, accuracy } = prediction;
  const mean = stretch > 0 ? prediction.mean / stretch : 0;
  const weeks = Array.from(pattern, (factor) => ({
    lower: (lower * factor) / stretch,
    median: (median * factor) / stretch,
    upper: (upper * factor) / stretch,
  }));
  return {
    modelType: "ml",
    weights: methodWeights(combinationWeights(product.own, pooled.classLosses[product.demandClass]!)),
    mean: pattern.map((factor) => mean * factor),
    intervals: { weeks, total: { lower: horizon * meanWeekLower, upper: horizon * meanWeekUpper } },
    accuracyEstimate: accuracy,
  };
}
