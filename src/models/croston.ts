import { demands, intervals } from "./intermittent.ts";
import type { Model } from "./model.ts";
import { smoothedLevel } from "./simple-exponential-smoothing.ts";

/** Smoothing parameter of demand sizes and of intervals. */
const ALPHA = 0.1;
const SBA_CORRECTION = 1 - ALPHA / 2;

/**
 * Smoothed demand over smoothed interval (Croston, Forecasting and Stock Control for Intermittent Demands, 1972).
 */
export const croston: Model = crostonWith("croston", 1);

/** Croston's method without its upward bias (Syntetos & Boylan, The Accuracy of Intermittent Demand Estimates, 2005). */
export const sba: Model = crostonWith("sba", SBA_CORRECTION);

function crostonWith(name: string, correction: number): Model {
  return {
    name,
    leastHistory: 1,
    takes: "demand",
    fit(quantities) {
      const rate = correction * demandRate(quantities);
      return { predict: (horizon) => new Float64Array(horizon).fill(rate) };
    },
  };
}

function demandRate(quantities: Float64Array): number {
  const sizes = demands(quantities);
  if (sizes.length === 0) return 0;
  return smoothedLevel(sizes, ALPHA).level / smoothedLevel(intervals(quantities), ALPHA).level;
}
