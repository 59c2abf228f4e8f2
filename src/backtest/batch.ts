import { naiveScale, totalAccuracy } from "../accuracy/error.ts";
import { addScore, SUMS } from "../accuracy/score.ts";
import { demandClass } from "../demand/demand-class.ts";
import type { Interval } from "../forecast/interval.ts";
import { ALWAYS_OPEN } from "../forecast/market-notes.ts";
import { notesOf } from "../forecast/notes.ts";
import { gapsOf } from "../forecast/product-gaps.ts";
import { DAYS_PER_WEEK, WEEKS_PER_YEAR } from "../history/calendar.ts";
import { historiesSinceMonday, productHistories } from "../history/history.ts";
import { joinedLines, withPredecessors, withSuccessions } from "../history/predecessors.ts";
import { mean, sum } from "../numeric/sum.ts";
import type { Source } from "../sources/source.ts";
import type { BacktestSetup, BacktestTask, BatchEvaluation, EvaluatedProduct } from "./messages.ts";
import { type MethodForecast, methodNamed } from "./methods.ts";

const NO_NAMES = { products: new Map<string, string>(), customers: new Map<string, string>() };

/**
 * Forecasts a batch of products at a past origin by each method, from what was known then, and scores the forecasts
 * against what came.
 *
 * @throws SourceError when the order lines cannot be read, RangeError where quantities are too large to measure.
 */
export async function evaluateBatch(
  { origin, productIds, lessons }: BacktestTask,
  source: Source,
  { historyStart: start, horizon, level, methods: names, keepForecasts, exampleOrigin }: BacktestSetup,
): Promise<BatchEvaluation> {
  const methods = names.map((name) => methodNamed(name)!);
  const end = origin + horizon * DAYS_PER_WEEK;
  // All that is measured learned of the same successors and days.
  const { successions = [], doubledDays } = Object.values(lessons)[0] ?? {};
  const lines = await source.orderLines(withPredecessors(productIds, successions), { start, origin });
  const joined = joinedLines(lines, productIds, successions);
  const known = historiesSinceMonday(joined, productIds.length, origin, doubledDays);
  const before = withSuccessions(known, productIds, successions);
  const came = await source.orderLines(productIds, { start: origin, origin: end });
  const after = productHistories(came, productIds.length, end);
  const scores = new Float64Array(productIds.length * methods.length * SUMS.length);
  const weekScores = new Float64Array(methods.length * horizon * SUMS.length);
  const row = (array: Float64Array, index: number) => array.subarray(index * SUMS.length, (index + 1) * SUMS.length);

  const coveredCumulative = new Float64Array(horizon);
  let soldUntil = 0;

  const products = before.map((history, p): EvaluatedProduct => {
    const { quantities } = history;
    const actual = lastWeeks(after[p]!.quantities, horizon);
    soldUntil = Math.max(soldUntil, 1 + actual.findLastIndex((quantity) => quantity !== 0));
    const scale = naiveScale(quantities);
    const forecasts = methods.map(
      (method) =>
        (quantities.length > 0 && method.forecast(history, { origin, horizon, level, lessons })) || noForecast(horizon),
    );
    for (const [m, forecast] of forecasts.entries()) {
      const sums = row(scores, p * methods.length + m);
      addScore(sums, actual, forecast, scale, level);
      if (!sums.every(Number.isFinite)) throw new RangeError(`the errors of ${names[m]} are not finite`);
      for (let k = 0; k < horizon; k++) {
        addScore(row(weekScores, m * horizon + k), actual, forecast, scale, level, k, k + 1);
      }
    }
    const auto = forecasts[names.indexOf("auto")];
    const covered = coveredUpTo(actual, auto?.cumulative ?? []);
    for (const [week, isCovered] of covered.entries()) coveredCumulative[week]! += isCovered ? 1 : 0;
    const recent = quantities.slice(-WEEKS_PER_YEAR);
    return {
      productId: productIds[p]!,
      demandClass: demandClass(quantities),
      historyWeeks: quantities.length,
      volume: sum(recent),
      accuracyEstimate: auto?.accuracyEstimate ?? null,
      accuracy: auto && !auto.none ? totalAccuracy(sum(actual), sum(auto.mean)) : null,
      ...(keepForecasts && { forecasts: { history: recent, actual, methods: forecasts } }),
      ...(auto &&
        origin === exampleOrigin && {
          example: {
            history: recent,
            actual,
            forecast: auto,
            notes: notesOf(
              history,
              auto.breaks ?? [],
              gapsOf(history, ALWAYS_OPEN.index, mean(auto.mean)),
              NO_NAMES,
              origin,
            ),
          },
        }),
    };
  });
  return { products, scores, weekScores, coveredCumulative, soldUntil };
}

/** Whether what came up to the end of each week lay within its interval. */
function coveredUpTo(actual: Float64Array, intervals: readonly Interval[]): boolean[] {
  let sold = 0;
  return intervals.map(({ lower, upper }, week) => {
    sold += actual[week]!;
    return sold >= lower && sold <= upper;
  });
}

function noForecast(horizon: number): MethodForecast {
  return { mean: new Float64Array(horizon), none: true };
}

/** The weeks of the horizon, with those before the first order line as zero. */
function lastWeeks(quantities: Float64Array, weeks: number): Float64Array {
  const padded = new Float64Array(weeks);
  padded.set(quantities, weeks - quantities.length);
  return padded;
}
