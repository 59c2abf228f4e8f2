import { absoluteError, type NaiveScale, squaredError, sum } from "./error.ts";
import { intervalScore, pinballLoss } from "./quantile.ts";

/** What a method says of the weeks of the horizon; all arrays have its length. */
export interface ScoredForecast {
  readonly mean: Float64Array;
  /** Of a method with intervals. */
  readonly interval?: {
    readonly lower: Float64Array;
    readonly upper: Float64Array;
    /** Where there is none the mean stands in. */
    readonly median?: Float64Array;
  };
  /** Interval of the total of the horizon, of a method that has one. */
  readonly total?: { readonly lower: number; readonly upper: number };
}

/** What is added up over products, weeks and origins; every measure is a ratio of two of these sums. */
export const SUMS = [
  "weeks",
  "absoluteActual",
  "absoluteError",
  "error",
  "totalAbsoluteError",
  "scaledAbsolute",
  "scaledAbsoluteProducts",
  "scaledSquared",
  "scaledSquaredProducts",
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
] as const;

export type Sums = Record<(typeof SUMS)[number], number>;

const COLUMN = Object.fromEntries(SUMS.map((name, i) => [name, i])) as Sums;

/**
 * Scores one product at one origin.
 *
 * @param sums get the product's sums added, in the order of `SUMS`.
 * @param weekSums get those of each week added, week after week; what is no sum over weeks stays zero there.
 */
export function addScore(
  sums: Float64Array,
  weekSums: Float64Array,
  actual: Float64Array,
  forecast: ScoredForecast,
  scale: NaiveScale,
  level: number,
): void {
  const { mean, total } = forecast;
  const week = new Float64Array(SUMS.length);
  for (let k = 0; k < actual.length; k++) {
    scoreWeek(week, k, actual[k]!, forecast, level);
    for (const [i, value] of week.entries()) {
      sums[i]! += value;
      weekSums[k * SUMS.length + i]! += value;
    }
  }
  const weeks = actual.length;
  const actualTotal = sum(actual);
  sums[COLUMN.totalAbsoluteError]! += Math.abs(actualTotal - sum(mean));
  if (scale.absolute > 0) {
    sums[COLUMN.scaledAbsolute]! += absoluteError(actual, mean) / weeks / scale.absolute;
    sums[COLUMN.scaledAbsoluteProducts]! += 1;
  }
  if (scale.squared > 0) {
    sums[COLUMN.scaledSquared]! += Math.sqrt(squaredError(actual, mean) / weeks / scale.squared);
    sums[COLUMN.scaledSquaredProducts]! += 1;
  }
  if (total) {
    sums[COLUMN.intervalTotals]! += 1;
    if (actualTotal >= total.lower && actualTotal <= total.upper) sums[COLUMN.coveredTotals]! += 1;
  }
}

function scoreWeek(week: Float64Array, k: number, actual: number, forecast: ScoredForecast, level: number): void {
  const { mean, interval } = forecast;
  week[COLUMN.weeks] = 1;
  week[COLUMN.absoluteActual] = Math.abs(actual);
  week[COLUMN.absoluteError] = Math.abs(actual - mean[k]!);
  week[COLUMN.error] = mean[k]! - actual;
  if (!interval) return;
  const lower = interval.lower[k]!;
  const upper = interval.upper[k]!;
  week[COLUMN.intervalWeeks] = 1;
  week[COLUMN.intervalActual] = Math.abs(actual);
  week[COLUMN.covered] = actual >= lower && actual <= upper ? 1 : 0;
  week[COLUMN.width] = upper - lower;
  week[COLUMN.intervalScore] = intervalScore(actual, lower, upper, level);
  week[COLUMN.lowerLoss] = pinballLoss(actual, lower, (1 - level) / 2);
  week[COLUMN.medianLoss] = pinballLoss(actual, (interval.median ?? mean)[k]!, 0.5);
  week[COLUMN.upperLoss] = pinballLoss(actual, upper, (1 + level) / 2);
}

/** Measures of a method over some products and weeks; null where there is nothing to divide by. */
export interface Measures {
  /**
   * Weighted absolute percentage error (Kolassa & Schütz, Advantages of the MAD/Mean Ratio over the MAPE, 2007). 1 is
   * the error of forecasting nothing at all.
   */
  readonly wape: number | null;
  /** Forecast minus actual, over actual. */
  readonly bias: number | null;
  /** Mean over products of the mean absolute error over the naive scale (Hyndman & Koehler, 2006). */
  readonly mase: number | null;
  /** Mean over products of the root mean squared error over the naive scale (Makridakis et al., 2022). */
  readonly rmsse: number | null;
  /** Weighted quantile loss: twice the mean pinball loss of lower bound, median and upper bound, over actual. */
  readonly wql: number | null;
  /** Absolute error of the horizon's total, over actual. */
  readonly total_wape: number | null;
  /** Share of weeks within their interval, bounds included. */
  readonly coverage: number | null;
  /** Units. */
  readonly mean_width: number | null;
  /** Share of totals within their interval, bounds included. */
  readonly total_coverage: number | null;
  /** Mean interval score, units (Gneiting & Raftery, 2007). */
  readonly interval_score: number | null;
  /** Twice the pinball loss over actual, of each quantile. */
  readonly lower_loss: number | null;
  readonly median_loss: number | null;
  readonly upper_loss: number | null;
}

export function measures(values: Float64Array): Measures {
  const s = Object.fromEntries(SUMS.map((name, i) => [name, values[i]!])) as Sums;
  return {
    wape: ratio(s.absoluteError, s.absoluteActual),
    bias: ratio(s.error, s.absoluteActual),
    mase: ratio(s.scaledAbsolute, s.scaledAbsoluteProducts),
    rmsse: ratio(s.scaledSquared, s.scaledSquaredProducts),
    wql: ratio((2 / 3) * (s.lowerLoss + s.medianLoss + s.upperLoss), s.intervalActual),
    total_wape: ratio(s.totalAbsoluteError, s.absoluteActual),
    coverage: ratio(s.covered, s.intervalWeeks),
    mean_width: ratio(s.width, s.intervalWeeks),
    total_coverage: ratio(s.coveredTotals, s.intervalTotals),
    interval_score: ratio(s.intervalScore, s.intervalWeeks),
    lower_loss: ratio(2 * s.lowerLoss, s.intervalActual),
    median_loss: ratio(2 * s.medianLoss, s.intervalActual),
    upper_loss: ratio(2 * s.upperLoss, s.intervalActual),
  };
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}
