import { demandClass } from "../accuracy/demand-class.ts";
import { naiveScale, sum } from "../accuracy/error.ts";
import { addScore, SUMS } from "../accuracy/score.ts";
import { DAYS_PER_WEEK } from "../history/calendar.ts";
import { productHistories } from "../history/history.ts";
import type { Source } from "../sources/source.ts";
import type { BacktestSetup, BacktestTask, BatchEvaluation, EvaluatedProduct } from "./messages.ts";
import { type MethodForecast, methodNamed } from "./methods.ts";

const YEAR_WEEKS = 52;

/**
 * Forecasts a batch of products at a past origin by each method, from what was known then, and scores the forecasts
 * against what came.
 *
 * @throws SourceError when the order lines cannot be read.
 */
export async function evaluateBatch(
  { origin, productIds }: BacktestTask,
  source: Source,
  { historyStart: start, horizon, level, methods: names, keepForecasts }: BacktestSetup,
): Promise<BatchEvaluation> {
  const methods = names.map((name) => methodNamed(name)!);
  const end = origin + horizon * DAYS_PER_WEEK;
  const before = productHistories(await source.orderLines(productIds, { start, origin }), productIds.length, origin);
  const after = productHistories(
    await source.orderLines(productIds, { start: origin, origin: end }),
    productIds.length,
    end,
  );
  const scores = new Float64Array(productIds.length * methods.length * SUMS.length);
  const weekScores = new Float64Array(methods.length * horizon * SUMS.length);

  const products = before.map(({ quantities }, p): EvaluatedProduct => {
    const actual = lastWeeks(after[p]!.quantities, horizon);
    const scale = naiveScale(quantities);
    const forecasts = methods.map((method) => method.forecast(quantities, horizon, level));
    for (const [m, forecast] of forecasts.entries()) {
      const at = (p * methods.length + m) * SUMS.length;
      const weeksAt = m * horizon * SUMS.length;
      const weekSums = weekScores.subarray(weeksAt, weeksAt + horizon * SUMS.length);
      addScore(scores.subarray(at, at + SUMS.length), weekSums, actual, forecast, scale, level);
    }
    const auto = forecasts[names.indexOf("auto")];
    return {
      productId: productIds[p]!,
      demandClass: demandClass(quantities),
      historyWeeks: quantities.length,
      volume: sum(quantities.subarray(-YEAR_WEEKS)),
      accuracyEstimate: auto?.accuracyEstimate ?? null,
      accuracy: auto ? accuracyOfTotal(actual, auto) : null,
      ...(keepForecasts && { forecasts: { history: quantities.slice(-YEAR_WEEKS), actual, methods: forecasts } }),
    };
  });
  return { products, scores, weekScores };
}

/** 1 − |error of the total| / actual total, 0 to 1, as the document's estimate; null where nothing was sold. */
function accuracyOfTotal(actual: Float64Array, { mean }: MethodForecast): number | null {
  const total = sum(actual);
  return total > 0 ? Math.max(0, 1 - Math.abs(total - sum(mean)) / total) : null;
}

/** The weeks of the horizon, with those before the first order line as zero. */
function lastWeeks(quantities: Float64Array, weeks: number): Float64Array {
  const padded = new Float64Array(weeks);
  padded.set(quantities, weeks - quantities.length);
  return padded;
}
