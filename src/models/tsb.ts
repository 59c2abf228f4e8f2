import { demands } from "./intermittent.ts";
import type { Model } from "./model.ts";
import { smoothedLevel } from "./simple-exponential-smoothing.ts";

/**
 * Smoothed probability of demand, which falls in weeks without, times smoothed demand (Teunter, Syntetos & Babai,
 * Intermittent Demand: Linking Forecasting to Inventory Obsolescence, 2011).
 *
 * @param alpha smoothing parameter of demand sizes, `beta` that of the probability, within 0 to 1.
 */
export function tsbWith(alpha: number, beta: number): Model {
  return {
    name: "tsb",
    leastHistory: 1,
    takes: "demand",
    fit(quantities) {
      const sizes = demands(quantities);
      const occurrences = quantities.map((quantity) => (quantity === 0 ? 0 : 1));
      const rate = sizes.length === 0 ? 0 : smoothedLevel(sizes, alpha).level * smoothedLevel(occurrences, beta).level;
      return { predict: (horizon) => new Float64Array(horizon).fill(rate) };
    },
  };
}

export const tsb: Model = tsbWith(0.1, 0.1);
