import type { Model } from "./model.ts";

const TOLERANCE = 1e-6;

/**
 * Simple exponential smoothing with the first week as initial level and the smoothing parameter that minimises the sum
 * of squared one-step errors (Hyndman et al., Forecasting with Exponential Smoothing, 2008, 2.2; α there).
 */
export const simpleExponentialSmoothing: Model = {
  name: "ses",
  leastHistory: 1,
  takes: "demand",
  fit(quantities) {
    const level = optimalLevel(quantities, 0.01, 0.99);
    return { predict: (horizon) => new Float64Array(horizon).fill(level) };
  },
};

/** @returns the level after the last week, and the sum of squared one-step errors. */
export function smoothedLevel(quantities: Float64Array, alpha: number): { level: number; squaredErrors: number } {
  let level = quantities[0]!;
  let squaredErrors = 0;
  for (let t = 1; t < quantities.length; t++) {
    const error = quantities[t]! - level;
    squaredErrors += error * error;
    level += alpha * error;
  }
  return { level, squaredErrors };
}

/**
 * The level after the last week with the smoothing parameter that minimises the sum of squared one-step errors, found by
 * golden-section search.
 *
 * @param least smallest parameter allowed, and `greatest` the largest, within 0 to 1.
 */
export function optimalLevel(quantities: Float64Array, least: number, greatest: number): number {
  const squaredErrors = (alpha: number) => smoothedLevel(quantities, alpha).squaredErrors;
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = least;
  let high = greatest;
  let inner = high - ratio * (high - low);
  let outer = low + ratio * (high - low);
  let innerErrors = squaredErrors(inner);
  let outerErrors = squaredErrors(outer);
  while (high - low > TOLERANCE) {
    if (innerErrors <= outerErrors) {
      [high, outer, outerErrors] = [outer, inner, innerErrors];
      inner = high - ratio * (high - low);
      innerErrors = squaredErrors(inner);
    } else {
      [low, inner, innerErrors] = [inner, outer, outerErrors];
      outer = low + ratio * (high - low);
      outerErrors = squaredErrors(outer);
    }
  }
  return smoothedLevel(quantities, (low + high) / 2).level;
}
