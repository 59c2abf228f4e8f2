import { WEEKS_PER_YEAR } from "../history/calendar.ts";

/**
 * Units sold in as many weeks as are forecast: in the last ones before the origin, and in the forecast weeks a year ago;
 * nothing where the history does not reach back so far.
 *
 * @param history net units a week, oldest first, 52 weeks at most.
 */
export function soldBefore(history: readonly number[], horizon: number) {
  const sold = (from: number) =>
    history.slice(from, from + horizon).reduce((sum, quantity) => sum + (quantity ?? 0), 0);
  return {
    lastWeeks: history.length < horizon ? undefined : sold(history.length - horizon),
    aYearAgo: history.length === WEEKS_PER_YEAR ? sold(0) : undefined,
  };
}
