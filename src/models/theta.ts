import { fitSmoothing } from "./exponential-smoothing.ts";
import type { Model } from "./model.ts";

/**
 * The theta method: simple exponential smoothing with half the slope of the series as drift (Assimakopoulos &
 * Nikolopoulos, The Theta Model, 2000, in the form of Hyndman & Billah, Unmasking the Theta Method, 2003).
 */
export const theta: Model = {
  name: "theta",
  leastHistory: 1,
  takes: "net",
  fit(quantities) {
    const smoothing = fitSmoothing(quantities, "none");
    const { alpha } = smoothing.parameters;
    return thetaLine(smoothing.predict(1)[0]!, alpha, slopeOf(quantities) / 2, quantities.length);
  },
};

/** @param level of simple exponential smoothing with `alpha` after `weeks` weeks. */
export function thetaLine(level: number, alpha: number, drift: number, weeks: number): ReturnType<Model["fit"]> {
  let decay = 1;
  for (let t = 0; t < weeks; t++) decay *= 1 - alpha;
  const start = level + (drift * (1 - decay)) / alpha;
  return { predict: (horizon) => Float64Array.from({ length: horizon }, (_, k) => start + drift * k) };
}

/** Slope of the least-squares line through a series, a week. */
export function slopeOf(quantities: Float64Array): number {
  const weeks = quantities.length;
  if (weeks < 2) return 0;
  const middle = (weeks - 1) / 2;
  let sum = 0;
  for (let t = 0; t < weeks; t++) sum += (t - middle) * quantities[t]!;
  return (12 * sum) / (weeks * (weeks * weeks - 1));
}
