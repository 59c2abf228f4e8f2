import { weeksOfYears } from "../history/calendar.ts";
import { quantile } from "../numeric/quantile.ts";
import { activeBetween } from "./life.ts";

/** Weeks before the horizon that the level of a product mostly stands for. */
export const LEVEL_WEEKS = 13;
/** Fewest of these that must be known of a past year. */
export const LEAST_LEVEL_WEEKS = 4;
/** Weeks after which a past year says something of the season ahead. */
export const LEAST_SEASON_WEEKS = weeksOfYears(1) + LEAST_LEVEL_WEEKS;
/** Past years whose median is what is usual in the weeks of the horizon. */
const USUAL_YEARS = 5;
/** As many weeks with demand speak for no season where past years are tried on each other. */
const FLAT_WEEKS = 8;

/** What a product's past years say of the season ahead. Quantities are units a week. */
export interface PastSeasons {
  readonly years: number;
  /** Weeks with demand in the weeks of the horizon and in those before them, of all past years. */
  readonly weeks: number;
  /** Share of the demand in the weeks of the horizon, as if both times were as long, times `weeks`. */
  readonly sharedWeeks: number;
  /** In the weeks of the horizon, a year ago, and in the middle one of the last years. */
  readonly lastYear: number;
  readonly usual: number;
  /**
   * Errors of two ways to forecast the same weeks of past years, added up: from the same weeks of the years before them, and
   * from the weeks before them. The first one's error in the weeks before the origin is among its own.
   */
  readonly usualError: number;
  readonly levelError: number;
  /** Past years that were tried so. */
  readonly triedYears: number;
}

/**
 * What past years say of the season ahead.
 *
 * @param end weeks of `quantities` that are known.
 */
export function pastSeasons(quantities: Float64Array, end: number, horizon: number): PastSeasons {
  const ahead: number[] = [];
  const before: number[] = [];
  const weeksOf: number[] = [];
  for (let year = 1; ; year++) {
    const start = end - weeksOfYears(year);
    if (start < LEAST_LEVEL_WEEKS) break;
    const first = Math.max(0, start - LEVEL_WEEKS);
    before.push(meanDemand(quantities, first, start));
    ahead.push(meanDemand(quantities, start, start + horizon));
    weeksOf.push(activeBetween(quantities, first, start + horizon));
  }
  const years = ahead.length;
  const usualOf = (of: number[], since: number) =>
    quantile(Float64Array.from(of.slice(since, since + USUAL_YEARS)), 0.5);
  let weeks = 0;
  let sharedWeeks = 0;
  let usualError = 0;
  let levelError = 0;
  let triedYears = 0;
  for (let year = years - 1; year >= 0; year--) {
    if (weeks > 0) {
      usualError += Math.abs(ahead[year]! - usualOf(ahead, year + 1));
      levelError += Math.abs(ahead[year]! - before[year]! * ratioOfShare(sharedWeeks, weeks, 0.5, FLAT_WEEKS));
      triedYears++;
    }
    const both = ahead[year]! + before[year]!;
    if (both <= 0) continue;
    weeks += weeksOf[year]!;
    sharedWeeks += (weeksOf[year]! * ahead[year]!) / both;
  }
  if (triedYears > 0) {
    const recent = meanDemand(quantities, Math.max(0, end - LEVEL_WEEKS), end);
    usualError += Math.abs(recent - usualOf(before, 0));
  }
  const [lastYear = 0] = ahead;
  const usual = years > 0 ? usualOf(ahead, 0) : 0;
  return { years, weeks, sharedWeeks, lastYear, usual, usualError, levelError, triedYears };
}

/**
 * How demand of a week of the horizon compares with that of a week before it, where so many weeks with demand tell of a share
 * and a share expected before counts as much as some more of them.
 */
export function ratioOfShare(sharedWeeks: number, weeks: number, expected: number, expectedWeeks: number): number {
  const share = Math.min(0.98, (sharedWeeks + expected * expectedWeeks) / (weeks + expectedWeeks));
  return share / (1 - share);
}

/** Past years tried from which on the usual demand of a season may stand alone. */
const CLEAR_YEARS = 2;

/**
 * How far a product's season is so clear that what is usual in it says more than what was sold last: all the way where it
 * left a small part of the errors in two past years.
 *
 * @param clearErrors that part; with twice as much a season is not clear at all.
 *
 * @returns 0 to 1.
 */
export function clearnessOf({ triedYears, usualError, levelError }: PastSeasons, clearErrors: number): number {
  if (levelError <= 0) return 0;
  return Math.min(1, triedYears / CLEAR_YEARS) * Math.min(1, Math.max(0, 2 - usualError / (clearErrors * levelError)));
}

function meanDemand(quantities: Float64Array, begin: number, end: number): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum += Math.max(0, quantities[i]!);
  return sum / (end - begin);
}
