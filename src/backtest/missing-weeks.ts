import { DAYS_PER_WEEK, formatDay } from "../history/calendar.ts";
import type { Evaluation } from "./summary.ts";

/** Weeks in which nothing may be sold at the end of a horizon without a word of it. */
const MOST_QUIET_WEEKS = 1;

/**
 * @returns a line for each origin after which the source seems to end before the weeks that are measured, which would make
 *   every forecast look too high.
 */
export function missingWeeksLines({ soldUntil, horizon }: Pick<Evaluation, "soldUntil" | "horizon">): string[] {
  const late = [...soldUntil].filter(([, weeks]) => horizon - weeks > MOST_QUIET_WEEKS);
  return late.map(([origin, weeks]) => {
    const none = "nothing that was measured sold in the";
    const day = formatDay(origin);
    const last = formatDay(origin + weeks * DAYS_PER_WEEK);
    return weeks === 0
      ? `${none} ${horizon} weeks after ${day}: if the source ends before, an earlier --as-of keeps to what is known`
      : `${none} last ${horizon - weeks} weeks after ${day}: if the source ends there, --as-of ${last} keeps to what is known`;
  });
}
