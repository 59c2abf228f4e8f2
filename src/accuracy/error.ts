import { sum } from "../numeric/sum.ts";

/** Sum of the squared errors of a forecast. */
export function squaredError(actual: Float64Array, forecast: Float64Array): number {
  return sum(actual.map((value, k) => (value - forecast[k]!) * (value - forecast[k]!)));
}

/** Sum of the absolute errors of a forecast. */
export function absoluteError(actual: Float64Array, forecast: Float64Array): number {
  return sum(actual.map((value, k) => Math.abs(value - forecast[k]!)));
}

/** Mean errors of forecasting each week by the one before: the scales of MASE and RMSSE. */
export interface NaiveScale {
  readonly absolute: number;
  readonly squared: number;
}

/**
 * The scale within the history (Hyndman & Koehler, Another Look at Measures of Forecast Accuracy, 2006; squared:
 * Makridakis et al., The M5 Competition, 2022). Zero for a history of one week.
 */
export function naiveScale(history: Float64Array): NaiveScale {
  const steps = history.length - 1;
  if (steps < 1) return { absolute: 0, squared: 0 };
  const before = history.subarray(0, steps);
  const after = history.subarray(1);
  return { absolute: absoluteError(after, before) / steps, squared: squaredError(after, before) / steps };
}

/**
 * 1 − |error| / actual, 0 to 1, of a total or, which is the same, of a mean week. Where nothing was sold it is 0 for whoever
 * expected something: leaving that out would flatter.
 */
export function totalAccuracy(actual: number, forecast: number): number {
  const error = Math.abs(actual - forecast);
  if (actual <= 0) return error > 0 ? 0 : 1;
  return Math.max(0, 1 - error / actual);
}
