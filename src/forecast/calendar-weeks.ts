import { DAYS_PER_WEEK, type Day, WEEKDAYS, type Weekday, weekdayOf } from "../history/calendar.ts";
import { sum } from "../numeric/sum.ts";
import type { Intervals, WeekInterval } from "./interval.ts";

/**
 * Weeks that begin on a day of the week, made of weeks that begin at the origin.
 *
 * The engine counts weeks from the origin, so that all it learns is of whole weeks that end the day before. As many calendar
 * weeks are given as weeks are forecast; the first is the rest of the running one. Each further one lies in two weeks of the
 * engine and takes from both the share of the days that it has of them, by how often anybody orders on each day of the week.
 * Every seven days have each of these days once, so that one number, the share of the first calendar week, splits them all.
 *
 * Bounds of whole weeks are split like the mean: neighbouring weeks have one distribution, stretched by their season. A part of
 * a week is less sure than the week is: its bounds are as far from its mean as if days were independent, whose deviations grow
 * with the square root of the time. The total is that of the same days, its bounds by the same share.
 */
export class CalendarWeeks {
  readonly #origin: Day;
  /** Days of the first calendar week from the origin on, 1 to 7. */
  readonly #firstDays: number;
  /** Share of a week's demand that comes on the weekdays of the first calendar week, 0 to 1. */
  readonly #first: number;

  /** @param weekdayShares of the demand, by the number that `weekdayOf` gives; together 1. */
  constructor(origin: Day, start: Weekday, weekdayShares: Float64Array) {
    const daysBefore = (weekdayOf(origin) - WEEKDAYS.indexOf(start) + DAYS_PER_WEEK) % DAYS_PER_WEEK;
    this.#origin = origin;
    this.#firstDays = DAYS_PER_WEEK - daysBefore;
    const shares = Array.from({ length: this.#firstDays }, (_, i) => weekdayShares[weekdayOf(origin + i)]!);
    this.#first = daysBefore === 0 ? 1 : sum(shares);
  }

  /** First and last day of a calendar week, as far as it is not before the origin. */
  daysOf(week: number): { first: Day; last: Day } {
    const end = this.#origin + this.#firstDays + week * DAYS_PER_WEEK;
    return { first: week === 0 ? this.#origin : end - DAYS_PER_WEEK, last: end - 1 };
  }

  /** Weeks that so many calendar weeks are long, the first as the part that it is. */
  length(weeks: number): number {
    return weeks - 1 + this.#firstDays / DAYS_PER_WEEK;
  }

  /** What is left of each week of the engine: of the last one only what comes before the last calendar week ends. */
  covered(weeks: Float64Array): Float64Array {
    return weeks.map((quantity, week) => (week === weeks.length - 1 ? this.#first * quantity : quantity));
  }

  /** @param covered a number for each week of the engine, as `covered` leaves them, of which parts add up. */
  split(covered: Float64Array): Float64Array {
    return covered.map((quantity, week) => {
      const own = week === covered.length - 1 ? quantity : this.#first * quantity;
      return (week === 0 ? 0 : (1 - this.#first) * covered[week - 1]!) + own;
    });
  }

  /** The share of all of them that is covered. */
  coveredShare(weeks: Float64Array): number {
    const all = sum(weeks);
    return all > 0 ? sum(this.covered(weeks)) / all : 0;
  }

  /** @param mean of each week of the engine, that the intervals are around. */
  intervals(mean: Float64Array, { weeks, total, cumulative }: Intervals): Intervals {
    const share = this.coveredShare(mean);
    return {
      weeks: weeks.map((week, k) => (k === 0 ? this.#partOf(week, mean[0]!) : this.#mixed(weeks[k - 1]!, week))),
      total: { lower: share * total.lower, upper: share * total.upper },
      cumulative: cumulative.map(({ lower, upper }, k) => ({
        lower: this.#between(cumulative[k - 1]?.lower ?? 0, lower),
        upper: this.#between(cumulative[k - 1]?.upper ?? 0, upper),
      })),
    };
  }

  #between(before: number, own: number): number {
    return (1 - this.#first) * before + this.#first * own;
  }

  #mixed(before: WeekInterval, own: WeekInterval): WeekInterval {
    return {
      lower: this.#between(before.lower, own.lower),
      median: this.#between(before.median, own.median),
      upper: this.#between(before.upper, own.upper),
    };
  }

  #partOf({ lower, median, upper }: WeekInterval, mean: number): WeekInterval {
    const part = (bound: number) => Math.max(0, this.#first * mean + Math.sqrt(this.#first) * (bound - mean));
    return { lower: part(lower), median: part(median), upper: part(upper) };
  }
}
