import { combinationWeights } from "../demand/combination.ts";
import { weekPattern } from "../demand/week-pattern.ts";
import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { ProductPast } from "../learning/as-of.ts";
import { type GlobalModel, predict } from "../learning/predict.ts";
import { type DemandForecast, methodWeights } from "./demand-forecast.ts";

/** Forecasts a product with what was learned across products. */
export function globalForecast(history: ProductHistory, origin: Day, model: GlobalModel): DemandForecast {
  const { pooled, horizon } = model;
  const past = new ProductPast(history, { ...model, origin });
  const product = past.asOf(0);
  const { mean, lower, median, upper, meanWeekLower, meanWeekUpper, accuracy } = predict(model, product);
  const pattern = weekPattern(past.quantities, pooled.series, horizon);
  const weeks = Array.from(pattern, (factor) => ({
    lower: lower * factor,
    median: median * factor,
    upper: upper * factor,
  }));
  return {
    modelType: "ml",
    weights: methodWeights(combinationWeights(product.own, pooled.classLosses[product.demandClass]!)),
    mean: pattern.map((factor) => mean * factor),
    intervals: { weeks, total: { lower: horizon * meanWeekLower, upper: horizon * meanWeekUpper } },
    accuracyEstimate: accuracy,
  };
}
