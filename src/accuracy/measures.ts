import { SUMS, type Sums } from "./score.ts";

/** Measures of a method over some products and weeks; null where there is nothing to divide by. */
export interface Measures {
  /**
   * Weighted absolute percentage error: absolute error over actual (Kolassa & Schütz, Advantages of the MAD/Mean Ratio
   * over the MAPE, 2007). 1 is the error of forecasting nothing at all.
   */
  readonly wape: number | null;
  /** Forecast minus actual, over actual. */
  readonly bias: number | null;
  /**
   * Mean absolute scaled error: mean over products of the mean absolute error over that of the naive forecast within
   * the history (Hyndman & Koehler, Another Look at Measures of Forecast Accuracy, 2006).
   */
  readonly mase: number | null;
  /** Root mean squared scaled error: the same with squares (Makridakis et al., The M5 Competition, 2022). */
  readonly rmsse: number | null;
  /**
   * Weighted quantile loss: twice the mean pinball loss of lower bound, median and upper bound, over actual (Gasthaus et
   * al., Probabilistic Forecasting with Spline Quantile Function RNNs, 2019).
   */
  readonly wql: number | null;
  /** Absolute error of the horizon's total, over actual. */
  readonly total_wape: number | null;
  /** Share of weeks within their interval, bounds included. */
  readonly coverage: number | null;
  /** Units. */
  readonly mean_width: number | null;
  /** Share of the horizon's totals within their interval, bounds included. */
  readonly total_coverage: number | null;
  /** Mean interval score, units (Gneiting & Raftery, Strictly Proper Scoring Rules, 2007). */
  readonly interval_score: number | null;
  /** Pinball loss over actual of each quantile (Koenker & Bassett, Regression Quantiles, 1978). */
  readonly pinball_lower: number | null;
  readonly pinball_median: number | null;
  readonly pinball_upper: number | null;
  /** Forecasts that the method could not make, measured as zero. */
  readonly no_forecast: number;
}

/** @param sums in the order of `SUMS`. */
export function measures(sums: Float64Array): Measures {
  const s = Object.fromEntries(SUMS.map((name, i) => [name, sums[i]!])) as Sums;
  return {
    wape: ratio(s.absoluteError, s.absoluteActual),
    bias: ratio(s.error, s.absoluteActual),
    mase: ratio(s.scaledAbsolute, s.scaledAbsoluteForecasts),
    rmsse: ratio(s.scaledSquared, s.scaledSquaredForecasts),
    wql: ratio((2 / 3) * (s.lowerLoss + s.medianLoss + s.upperLoss), s.intervalActual),
    total_wape: ratio(s.totalAbsoluteError, s.absoluteActual),
    coverage: ratio(s.covered, s.intervalWeeks),
    mean_width: ratio(s.width, s.intervalWeeks),
    total_coverage: ratio(s.coveredTotals, s.intervalTotals),
    interval_score: ratio(s.intervalScore, s.intervalWeeks),
    pinball_lower: ratio(s.lowerLoss, s.intervalActual),
    pinball_median: ratio(s.medianLoss, s.intervalActual),
    pinball_upper: ratio(s.upperLoss, s.intervalActual),
    no_forecast: s.noForecast,
  };
}

function ratio(numerator: number, denominator: number): number | null {
  return denominator === 0 ? null : numerator / denominator;
}
