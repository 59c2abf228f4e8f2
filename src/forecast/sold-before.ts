import { DAYS_PER_WEEK, parseDay, WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { ForecastDocument } from "./document.ts";

/** Days that are forecast: of calendar weeks the first may be a part. */
export function daysAhead(
  document: Pick<ForecastDocument, "as_of_date" | "forecast_weeks" | "predictions" | "week_starts_on">,
): number {
  const last = document.predictions.at(-1);
  return document.week_starts_on === undefined || last === undefined
    ? document.forecast_weeks * DAYS_PER_WEEK
    : parseDay(last.week_end) + 1 - parseDay(document.as_of_date);
}

/**
 * Units sold in as many days as are forecast: in the last ones before the origin, and in the forecast days a year ago; nothing
 * where the history does not reach back so far. Of a week that is cut by them its part counts.
 *
 * @param history net units a week, oldest first, 52 weeks at most.
 */
export function soldBefore(history: readonly number[], days: number) {
  const whole = Math.floor(days / DAYS_PER_WEEK);
  const part = days / DAYS_PER_WEEK - whole;
  const sold = (from: number, cut: number) =>
    history.slice(from, from + whole).reduce((sum, quantity) => sum + (quantity ?? 0), 0) +
    (part && part * (history[cut] ?? 0));
  const first = history.length - whole;
  return {
    lastWeeks: history.length * DAYS_PER_WEEK < days ? undefined : sold(first, first - 1),
    aYearAgo: history.length === WEEKS_PER_YEAR ? sold(0, whole) : undefined,
  };
}
