import { baseOf } from "../demand/base.ts";
import { combinationWeights } from "../demand/combination.ts";
import { netMean } from "../demand/level.ts";
import { clearnessOf } from "../demand/season.ts";
import { weekPattern } from "../demand/week-pattern.ts";
import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { LEARNED_WEEKS, ProductPast } from "../learning/as-of.ts";
import { type ForecastPrediction, type GlobalModel, predict } from "../learning/predict.ts";
import { sum } from "../numeric/sum.ts";
import { type DemandForecast, methodWeights } from "./demand-forecast.ts";
import { explained } from "./explained.ts";
import { inSeasonRange } from "./season-range.ts";
import { steadied } from "./steadied.ts";

/**
 * Forecasts a product with what was learned across products.
 *
 * @param onMonday what was predicted on the last Monday; nothing where that does not matter any more.
 */
export function globalForecast(
  history: ProductHistory,
  origin: Day,
  model: GlobalModel,
  onMonday?: ForecastPrediction,
): DemandForecast {
  const { pooled, horizon } = model;
  const past = new ProductPast(history, { ...model, origin, index: pooled.index });
  const product = past.now();
  const clearness = clearnessOf(product.season, pooled.clearErrors);
  const pattern = weekPattern(product.quantities, clearness, pooled.pattern, LEARNED_WEEKS).subarray(0, horizon);
  const weeksOpen = pattern.map((factor, week) => factor * pooled.open[week]!);
  // A part of the horizon in which all rest is none of the total; what is learned knows no rests.
  const openShare = netMean(weeksOpen) / netMean(pattern);
  const base = baseOf(product, pooled, 0);
  const today = () => predict(model, product, base);
  const known = onMonday ? steadied(base, onMonday, today) : today();
  const prediction = inSeasonRange(known, product.quantities, model.calibration.leastWidth);
  const { mean, lower, median, upper, meanWeekLower, meanWeekUpper, accuracy, cumulative } = prediction;
  // Where all products have just moved out of all proportion, bounds hold that it lasts, and that it does not.
  const { least, most } = pooled.shift ?? { least: 1, most: 1 };
  const weeks = Array.from(weeksOpen, (factor) => ({
    lower: least * lower * factor,
    median: median * factor,
    upper: most * upper * factor,
  }));
  const stretch = openShare * netMean(pattern) * horizon;
  return {
    weights: methodWeights(combinationWeights(product.own, pooled.classLosses[product.demandClass]!)),
    mean: weeksOpen.map((factor) => mean * factor),
    intervals: {
      weeks,
      total: { lower: least * stretch * meanWeekLower, upper: most * stretch * meanWeekUpper },
      cumulative: cumulative.map((bounds, k) => {
        const open = sum(weeksOpen.subarray(0, k + 1));
        return { lower: least * open * bounds.meanWeekLower, upper: most * open * bounds.meanWeekUpper };
      }),
    },
    accuracyEstimate: accuracy * Math.min(least, 1 / most),
    explanation: explained(prediction, pooled, pattern, weeksOpen),
    past,
  };
}
