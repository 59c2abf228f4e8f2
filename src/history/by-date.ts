import { DAYS_PER_WEEK, type Day, weeksOfYears, yearsBefore } from "./calendar.ts";

/**
 * By which week before the origin a day's units stand at this year's dates: a year of weeks is up to half a week shorter or longer
 * than the year by date.
 *
 * @param week that the day is in, counted from the origin.
 */
export function weekByDate(day: Day, week: number, origin: Day): number {
  const years = Math.round(-week / weeksOfYears(1));
  return Math.floor((day + daysLater(origin, years) - origin) / DAYS_PER_WEEK);
}

/** By origin and years: the same few are asked for with each product. */
const known = new Map<Day, number[]>();

/** By how many days the dates of past years must be moved to stand where weeks have them. */
function daysLater(origin: Day, years: number): number {
  const ofOrigin = known.get(origin) ?? [];
  known.set(origin, ofOrigin);
  ofOrigin[years] ??= origin - yearsBefore(origin, years) - DAYS_PER_WEEK * weeksOfYears(years);
  return ofOrigin[years];
}
