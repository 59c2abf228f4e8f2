import { constant, type Model } from "./model.ts";

/** Every week as the last one was. */
export const naive: Model = {
  name: "naive",
  leastHistory: 1,
  takes: "net",
  fit: (quantities) => constant(quantities.at(-1)!),
};
