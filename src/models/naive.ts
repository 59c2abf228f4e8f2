import type { Model } from "./model.ts";

/** Every week as the last one was. */
export const naive: Model = {
  name: "naive",
  leastHistory: 1,
  takes: "net",
  fit(quantities) {
    const last = quantities.at(-1)!;
    return { predict: (horizon) => new Float64Array(horizon).fill(last) };
  },
};
