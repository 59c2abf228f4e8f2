import { constant, type Model } from "./model.ts";

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
      let size = 0;
      let probability = quantities[0] === 0 ? 0 : 1;
      for (let t = 0; t < quantities.length; t++) {
        const quantity = quantities[t]!;
        probability += beta * ((quantity === 0 ? 0 : 1) - probability);
        if (quantity !== 0) size = size === 0 ? quantity : size + alpha * (quantity - size);
      }
      return constant(size * probability);
    },
  };
}

export const tsb: Model = tsbWith(0.1, 0.1);
