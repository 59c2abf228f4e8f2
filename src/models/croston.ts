import { constant, type Model } from "./model.ts";

/** Smoothing parameter of demand sizes and of intervals. */
const ALPHA = 0.1;
const SBA_CORRECTION = 1 - ALPHA / 2;

/**
 * Smoothed demand over smoothed interval (Croston, Forecasting and Stock Control for Intermittent Demands, 1972). Both
 * begin with the first week of demand, whose interval counts from the beginning.
 */
export const croston: Model = crostonWith("croston", 1);

/** Croston's method without its upward bias (Syntetos & Boylan, The Accuracy of Intermittent Demand Estimates, 2005). */
export const sba: Model = crostonWith("sba", SBA_CORRECTION);

function crostonWith(name: string, correction: number): Model {
  return { name, leastHistory: 1, takes: "demand", fit: (quantities) => constant(correction * demandRate(quantities)) };
}

function demandRate(quantities: Float64Array): number {
  let size = 0;
  let interval = 0;
  let lastDemand = -1;
  for (let t = 0; t < quantities.length; t++) {
    const quantity = quantities[t]!;
    if (quantity === 0) continue;
    if (lastDemand < 0) {
      size = quantity;
      interval = t + 1;
    } else {
      size += ALPHA * (quantity - size);
      interval += ALPHA * (t - lastDemand - interval);
    }
    lastDemand = t;
  }
  return lastDemand < 0 ? 0 : size / interval;
}
