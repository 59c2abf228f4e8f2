import { demands } from "./intermittent.ts";
import type { Model } from "./model.ts";
import { smoothedLevel } from "./simple-exponential-smoothing.ts";

/** Smoothing parameter of demand sizes and of the probability of demand. */
const ALPHA = 0.2;

/**
 * Smoothed probability of demand, which falls in weeks without, times smoothed demand (Teunter, Syntetos & Babai,
 * Intermittent Demand: Linking Forecasting to Inventory Obsolescence, 2011).
 */
export const tsb: Model = {
  name: "tsb",
  leastHistory: 1,
  takes: "demand",
  fit(quantities) {
    const sizes = demands(quantities);
    const occurrences = quantities.map((quantity) => (quantity === 0 ? 0 : 1));
    const rate = sizes.length === 0 ? 0 : smoothedLevel(sizes, ALPHA).level * smoothedLevel(occurrences, ALPHA).level;
    return { predict: (horizon) => new Float64Array(horizon).fill(rate) };
  },
};
