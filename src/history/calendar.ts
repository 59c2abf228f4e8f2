/**
 * Dates as integers. A day is the number of days since 1970-01-01, a week is counted from the origin: week 0 covers
 * [origin, origin + 6], week −1 the seven days before it. No time zone or daylight saving enters.
 */
export type Day = number;

export const DAYS_PER_WEEK = 7;
/** A year counts as 52 weeks, so that the weeks of past years stay anchored at the origin. */
export const WEEKS_PER_YEAR = 52;
const DAYS_PER_YEAR = 365.2425;
/** A product or a customer is new whose first order is at most so many weeks ago. */
export const NEW_WEEKS = 12;

const EPOCH = Temporal.PlainDate.from("1970-01-01");

/**
 * Reads `YYYY-MM-DD`, alone or followed by a time of day, which is ignored.
 *
 * @throws RangeError when the text does not begin with a date that exists.
 */
export function parseDay(text: string): Day {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ].*)?$/s.test(text)) throw new RangeError(`not a date: "${text}"`);
  const date = Temporal.PlainDate.from(text.slice(0, 10), { overflow: "reject" });
  return EPOCH.until(date, { largestUnit: "days" }).days;
}

/** Each day is formatted once: documents name the same few thousand days again and again. */
const formatted = new Map<Day, string>();

export function formatDay(day: Day): string {
  let text = formatted.get(day);
  if (text === undefined) {
    text = EPOCH.add({ days: day }).toString();
    formatted.set(day, text);
  }
  return text;
}

/** @param month 1 to 12. */
export function dayOf(year: number, month: number, day: number): Day {
  return EPOCH.until({ year, month, day }, { largestUnit: "days" }).days;
}

export function yearOf(day: Day): number {
  return EPOCH.add({ days: day }).year;
}

/** @returns the same date so many years before. */
export function yearsBefore(day: Day, years: number): Day {
  const { year, month, day: ofMonth } = EPOCH.add({ days: day });
  return dayOf(year - years, month, ofMonth);
}

/** Whether some week of the seven days from a day on, the one before or the one after it has a New Year's Day. */
export function isAtNewYear(day: Day): boolean {
  return yearOf(day - 1 - DAYS_PER_WEEK) < yearOf(day + 2 * DAYS_PER_WEEK - 1);
}

/** @returns after how many weeks the same dates come again so many years later, to the nearest week. */
export function weeksOfYears(years: number): number {
  return Math.round((years * DAYS_PER_YEAR) / DAYS_PER_WEEK);
}

/** @returns the weeks that have a week's dates in past years, the last year first, down to week `least`. */
export function sameWeeksBefore(week: number, least: number): number[] {
  const weeks: number[] = [];
  for (let year = 1; week - weeksOfYears(year) >= least; year++) weeks.push(week - weeksOfYears(year));
  return weeks;
}

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** 1970-01-01, day 0, was a Thursday. */
const WEEKDAY_OF_EPOCH = 3;

/** @returns an index into `WEEKDAYS`. */
export function weekdayOf(day: Day): number {
  return (((day + WEEKDAY_OF_EPOCH) % DAYS_PER_WEEK) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
}

/** The last Monday that is not after a day. */
export function mondayBefore(day: Day): Day {
  return day - weekdayOf(day);
}

/** The week of ISO 8601 that a day is in, such as 2026-W48; it begins on Monday, and its year is that of its Thursday. */
export function isoWeekOf(day: Day): string {
  const { yearOfWeek, weekOfYear } = EPOCH.add({ days: day });
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, "0")}`;
}

export function weekOf(day: Day, origin: Day): number {
  return Math.floor((day - origin) / DAYS_PER_WEEK);
}
