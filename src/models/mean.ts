import type { Model } from "./model.ts";

/** The mean of the last `weeks` weeks, or of all where there are fewer. */
export function meanOfWeeks(weeks: number): Model {
  return {
    name: `mean${weeks}`,
    leastHistory: 1,
    takes: "net",
    fit(quantities) {
      const recent = quantities.subarray(-weeks);
      const mean = recent.reduce((sum, quantity) => sum + quantity, 0) / recent.length;
      return { predict: (horizon) => new Float64Array(horizon).fill(mean) };
    },
  };
}
