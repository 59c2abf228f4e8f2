import type { NaiveScale } from "./error.ts";
import { intervalScore, pinballLoss } from "./scoring-rules.ts";

/** What a method says of the weeks of the horizon; all arrays have its length. */
export interface ScoredForecast {
  readonly mean: Float64Array;
  /** Bounds of the weeks, of a method with intervals. */
  readonly interval?: {
    readonly lower: Float64Array;
    readonly upper: Float64Array;
    /** The mean stands in where there is none. */
    readonly median?: Float64Array;
  };
  /** Interval of the total of the horizon, of a method that has one. */
  readonly total?: { readonly lower: number; readonly upper: number };
  /** The method had nothing to say, and the zeros are nobody's forecast. */
  readonly none?: true;
}

/** What is added up over products and origins; every measure is a ratio of two of these sums. */
export const SUMS = [
  "weeks",
  "absoluteActual",
  "absoluteError",
  "error",
  "totalAbsoluteError",
  "scaledAbsolute",
  "scaledAbsoluteForecasts",
  "scaledSquared",
  "scaledSquaredForecasts",
  "intervalWeeks",
  "intervalActual",
  "covered",
  "width",
  "intervalScore",
  "lowerLoss",
  "medianLoss",
  "upperLoss",
  "intervalTotals",
  "coveredTotals",
  "noForecast",
] as const;

export type Sums = Record<(typeof SUMS)[number], number>;

export const COLUMN = Object.fromEntries(SUMS.map((name, i) => [name, i])) as Readonly<Sums>;

/**
 * Scores one product at one origin, over the whole horizon or over the weeks `from` up to but not including `to`.
 *
 * @param sums get the product's sums added, in the order of `SUMS`.
 * @param level share of outcomes that shall lie within the intervals, 0 to 1.
 */
export function addScore(
  sums: Float64Array,
  actual: Float64Array,
  forecast: ScoredForecast,
  scale: NaiveScale,
  level: number,
  from = 0,
  to = actual.length,
): void {
  const { mean, interval, total, none } = forecast;
  const weeks = to - from;
  let absoluteActual = 0;
  let absoluteError = 0;
  let squaredError = 0;
  let error = 0;
  let actualTotal = 0;
  for (let k = from; k < to; k++) {
    const miss = mean[k]! - actual[k]!;
    absoluteActual += Math.abs(actual[k]!);
    absoluteError += Math.abs(miss);
    squaredError += miss * miss;
    error += miss;
    actualTotal += actual[k]!;
  }
  sums[COLUMN.weeks]! += weeks;
  sums[COLUMN.absoluteActual]! += absoluteActual;
  sums[COLUMN.absoluteError]! += absoluteError;
  sums[COLUMN.error]! += error;
  sums[COLUMN.totalAbsoluteError]! += Math.abs(error);
  if (scale.absolute > 0) {
    sums[COLUMN.scaledAbsolute]! += absoluteError / weeks / scale.absolute;
    sums[COLUMN.scaledAbsoluteForecasts]! += 1;
  }
  if (scale.squared > 0) {
    sums[COLUMN.scaledSquared]! += Math.sqrt(squaredError / weeks / scale.squared);
    sums[COLUMN.scaledSquaredForecasts]! += 1;
  }
  if (interval) {
    sums[COLUMN.intervalWeeks]! += weeks;
    sums[COLUMN.intervalActual]! += absoluteActual;
    for (let k = from; k < to; k++) {
      addWeek(sums, actual[k]!, interval.lower[k]!, (interval.median ?? mean)[k]!, interval.upper[k]!, level);
    }
  }
  if (total && weeks === actual.length) {
    sums[COLUMN.intervalTotals]! += 1;
    sums[COLUMN.coveredTotals]! += actualTotal >= total.lower && actualTotal <= total.upper ? 1 : 0;
  }
  if (none) sums[COLUMN.noForecast]! += 1;
}

function addWeek(
  sums: Float64Array,
  actual: number,
  lower: number,
  median: number,
  upper: number,
  level: number,
): void {
  sums[COLUMN.covered]! += actual >= lower && actual <= upper ? 1 : 0;
  sums[COLUMN.width]! += upper - lower;
  sums[COLUMN.intervalScore]! += intervalScore(actual, lower, upper, level);
  sums[COLUMN.lowerLoss]! += pinballLoss(actual, lower, (1 - level) / 2);
  sums[COLUMN.medianLoss]! += pinballLoss(actual, median, 0.5);
  sums[COLUMN.upperLoss]! += pinballLoss(actual, upper, (1 + level) / 2);
}
