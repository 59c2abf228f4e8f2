import { constant, type Model } from "./model.ts";

/** The mean of the last `weeks` weeks, or of all where there are fewer. */
export function meanOfWeeks(weeks: number): Model {
  return {
    name: `mean${weeks}`,
    leastHistory: 1,
    takes: "net",
    fit(quantities) {
      const count = Math.min(weeks, quantities.length);
      let sum = 0;
      for (let t = quantities.length - count; t < quantities.length; t++) sum += quantities[t]!;
      return constant(sum / count);
    },
  };
}
