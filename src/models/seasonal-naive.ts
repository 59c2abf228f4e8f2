import type { Model } from "./model.ts";

const SEASON_WEEKS = 52;

/** Each week as it was 52 weeks before (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 5.2). */
export const seasonalNaive: Model = {
  name: "seasonal-naive",
  leastHistory: SEASON_WEEKS,
  takes: "net",
  fit(quantities) {
    const lastSeason = quantities.slice(-SEASON_WEEKS);
    return { predict: (horizon) => Float64Array.from({ length: horizon }, (_, k) => lastSeason[k % SEASON_WEEKS]!) };
  },
};
