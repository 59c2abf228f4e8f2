import { minimiseFrom } from "../numeric/brent.ts";
import { constant, type Model } from "./model.ts";

const TOLERANCE = 1e-6;
const MOST_EVALUATIONS = 50;
const ALPHAS = [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99];

/**
 * Simple exponential smoothing with the first week as initial level and the smoothing parameter that minimises the sum
 * of squared one-step errors (Hyndman et al., Forecasting with Exponential Smoothing, 2008, 2.2; α there).
 */
export const simpleExponentialSmoothing: Model = {
  name: "ses",
  leastHistory: 1,
  takes: "demand",
  fit: (quantities) => constant(optimalLevel(quantities, ALPHAS)),
};

/** The level after the last week, from the first week as initial level. */
export function smoothedLevel(quantities: Float64Array, alpha: number): number {
  let level = quantities[0]!;
  for (let t = 1; t < quantities.length; t++) level += alpha * (quantities[t]! - level);
  return level;
}

/**
 * The level after the last week with the smoothing parameter that minimises the sum of squared one-step errors.
 *
 * @param alphas where the search begins, ascending from the smallest one allowed to the greatest: there may be several minima.
 */
export function optimalLevel(quantities: Float64Array, alphas: readonly number[]): number {
  return smoothedLevel(
    quantities,
    minimiseFrom(alphas, (alpha) => squaredErrors(quantities, alpha), TOLERANCE, MOST_EVALUATIONS),
  );
}

function squaredErrors(quantities: Float64Array, alpha: number): number {
  let level = quantities[0]!;
  let sum = 0;
  for (let t = 1; t < quantities.length; t++) {
    const error = quantities[t]! - level;
    sum += error * error;
    level += alpha * error;
  }
  return sum;
}
