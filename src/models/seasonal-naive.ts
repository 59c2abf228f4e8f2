import { WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { Model } from "./model.ts";

/** Each week as it was 52 weeks before (Hyndman & Athanasopoulos, Forecasting: Principles and Practice, 5.2). */
export const seasonalNaive: Model = {
  name: "seasonal-naive",
  leastHistory: WEEKS_PER_YEAR,
  takes: "net",
  fit(quantities) {
    const lastSeason = quantities.slice(-WEEKS_PER_YEAR);
    return { predict: (horizon) => Float64Array.from({ length: horizon }, (_, k) => lastSeason[k % WEEKS_PER_YEAR]!) };
  },
};
