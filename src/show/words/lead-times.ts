import type { Honesty } from "../../backtest/report.ts";
import type { Format } from "../format.ts";

/** Lead times in weeks that are told of, as far as forecasts reach. */
const TOLD_WEEKS = [1, 2, 4, 8, 12, 18, 26];

/** How often what came up to the end of some weeks lay within its interval, as a sentence; empty where that was not measured. */
export function leadTimesInWords({ cumulative_coverage: held }: Honesty, { share }: Format): string {
  const told = TOLD_WEEKS.filter((weeks) => weeks <= held.length).map(
    (weeks) => `${share(held[weeks - 1])} of ${weeks} ${weeks === 1 ? "week" : "weeks"}`,
  );
  return told.length === 0 ? "" : `Of demand over a lead time lay within its interval: ${told.join(", ")}.`;
}
