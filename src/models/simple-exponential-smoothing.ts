import { minimise } from "../numeric/brent.ts";
import { constant, type Model } from "./model.ts";

const TOLERANCE = 1e-6;
const GRID_STEPS = 10;

/**
 * Simple exponential smoothing with the first week as initial level and the smoothing parameter that minimises the sum
 * of squared one-step errors (Hyndman et al., Forecasting with Exponential Smoothing, 2008, 2.2; α there).
 */
export const simpleExponentialSmoothing: Model = {
  name: "ses",
  leastHistory: 1,
  takes: "demand",
  fit: (quantities) => constant(optimalLevel(quantities, 0.01, 0.99)),
};

/** The level after the last week, from the first week as initial level. */
export function smoothedLevel(quantities: Float64Array, alpha: number): number {
  let level = quantities[0]!;
  for (let t = 1; t < quantities.length; t++) level += alpha * (quantities[t]! - level);
  return level;
}

/**
 * The level after the last week with the smoothing parameter that minimises the sum of squared one-step errors: the best
 * of a grid, refined between its neighbours, for there may be several minima.
 *
 * @param least smallest parameter allowed, and `greatest` the largest, within 0 to 1.
 */
export function optimalLevel(quantities: Float64Array, least: number, greatest: number): number {
  const step = (greatest - least) / GRID_STEPS;
  const grid = Array.from({ length: GRID_STEPS + 1 }, (_, i) => least + i * step);
  const errors = grid.map((alpha) => squaredErrors(quantities, alpha));
  const best = errors.indexOf(Math.min(...errors));
  const low = grid[Math.max(0, best - 1)]!;
  const high = grid[Math.min(GRID_STEPS, best + 1)]!;
  const refined = minimise((alpha) => squaredErrors(quantities, alpha), low, high, TOLERANCE);
  const alpha = squaredErrors(quantities, refined) < errors[best]! ? refined : grid[best]!;
  return smoothedLevel(quantities, alpha);
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
