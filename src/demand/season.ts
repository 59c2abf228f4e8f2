import { sameWeeksBefore, weeksOfYears } from "../history/calendar.ts";
import { quantile } from "../numeric/quantile.ts";
import { mean } from "../numeric/sum.ts";
import { activeBetween } from "./life.ts";

/** Weeks before the horizon that the level of a product mostly stands for. */
export const LEVEL_WEEKS = 13;
/** Fewest of these that must be known of a past year. */
export const LEAST_LEVEL_WEEKS = 4;
/** Weeks after which a past year says something of the season ahead. */
export const LEAST_SEASON_WEEKS = weeksOfYears(1) + LEAST_LEVEL_WEEKS;
/** Past years whose median is what is usual in the weeks of the horizon. */
const USUAL_YEARS = 5;
/** Years are tried on each other by what was sold in all weeks, and in so many at a time. */
const PART_WEEKS = 4;
/** A year of which less of the horizon is known is not tried: a product's first order may lie in its season. */
const LEAST_KNOWN = 0.5;

/** After a single year a season is over where it sold no more than this share of the level. */
const MOST_OF_OVER = 0.5;

/** What a product's past years say of the season ahead. Quantities are units a week. */
export interface PastSeasons {
  /** Past years whose horizon and some weeks before it are known. */
  readonly years: number;
  /** Weeks with demand in the weeks of the horizon and in those before them, of all past years. */
  readonly weeks: number;
  /** Share of the demand in the weeks of the horizon, as if both times were as long, times `weeks`. */
  readonly sharedWeeks: number;
  /** In the weeks of the horizon, a year ago, and in the middle one of the last years. */
  readonly lastYear: number;
  readonly usual: number;
  /**
   * Errors of two ways to forecast the same weeks of past years, added up: from the same weeks of the other years, and from
   * the weeks before them. The first one's error in the weeks before the origin is among its own.
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
  const starts = sameWeeksBefore(end, 1 - horizon);
  const whole = starts.filter((start) => start >= 0);
  const ahead = whole.map((start) => meanDemand(quantities, start, start + horizon));
  let weeks = 0;
  let sharedWeeks = 0;
  for (const [i, start] of whole.entries()) {
    if (start < LEAST_LEVEL_WEEKS) break;
    const first = Math.max(0, start - LEVEL_WEEKS);
    const both = ahead[i]! + meanDemand(quantities, first, start);
    if (both <= 0) continue;
    const active = activeBetween(quantities, first, start + horizon);
    weeks += active;
    sharedWeeks += (active * ahead[i]!) / both;
  }
  const [lastYear = 0] = ahead;
  // What comes back is no part of what is expected.
  const usual = usualOf(whole.map((start) => Math.max(0, mean(quantities.subarray(start, start + horizon)))));
  return {
    years: whole.filter((start) => start >= LEAST_LEVEL_WEEKS).length,
    weeks,
    sharedWeeks,
    lastYear,
    usual,
    // An order that comes a few days earlier or later may be in another part.
    ...[PART_WEEKS, PART_WEEKS / 2]
      .map((lastPart) => triedOnEachOther(quantities, end, starts, horizon, lastPart))
      .reduce((best, other) => (other.usualError < best.usualError ? other : best)),
  };
}

/**
 * @param starts where the horizon was in past years, the last one first; the oldest may have begun before the product did.
 * @param lastPart of `partsOf`.
 */
function triedOnEachOther(
  quantities: Float64Array,
  end: number,
  starts: readonly number[],
  horizon: number,
  lastPart: number,
): Pick<PastSeasons, "usualError" | "levelError" | "triedYears"> {
  let usualError = 0;
  let levelError = 0;
  let triedYears = 0;
  const levelAt = (start: number) =>
    start < LEAST_LEVEL_WEEKS ? [] : [meanDemand(quantities, Math.max(0, start - LEVEL_WEEKS), start)];
  /** Tries weeks from one up to another, counted from a start, on those of other years that know them, and on a level. */
  const tryWeeks = (start: number, years: readonly number[], from: number, until: number, level?: number) => {
    // What was sold of late says as much as half of all years before.
    const times = level === undefined ? triedYears / 2 : 1;
    for (const [begin, end] of partsOf(from, until, lastPart)) {
      const others = years.filter((other) => other !== start && other + begin >= 0);
      const actual = meanDemand(quantities, start + begin, start + end);
      const usual = usualOf(others.map((other) => meanDemand(quantities, other + begin, other + end)));
      const share = (end - begin) / horizon;
      if (others.length > 0) usualError += times * share * Math.abs(actual - usual);
      if (level !== undefined) levelError += share * Math.abs(actual - level);
    }
  };
  for (const start of starts) {
    const from = Math.max(0, -start);
    if (starts.length < 2 || horizon - from < LEAST_KNOWN * horizon) continue;
    triedYears++;
    const [level = usualOf([end, ...starts].flatMap(levelAt))] = levelAt(start);
    tryWeeks(start, starts, from, horizon, level);
  }
  const year = weeksOfYears(1);
  if (triedYears > 0) {
    tryWeeks(end, starts, -horizon, 0);
  } else if (
    end >= year &&
    meanDemand(quantities, end - year, end - year + horizon) <= MOST_OF_OVER * (levelAt(end)[0] ?? 0)
  ) {
    // A single year before may say that a season is over, if the weeks since then are like those before them; what was sold
    // beyond the level may have been the product's launch.
    for (let start = end - horizon; start > Math.max(year - horizon, end - year); start -= horizon) {
      const from = Math.max(0, year - start);
      const [level] = levelAt(start + from);
      if (level === undefined) continue;
      triedYears = 2;
      tryWeeks(start, [start - year], from, horizon, level);
    }
  }
  return { usualError, levelError, triedYears };
}

/** All weeks from one up to another, and parts of them, the last of which has so many weeks: a season has a shape, too. */
function partsOf(from: number, until: number, lastPart: number): [number, number][] {
  const parts: [number, number][] = [[from, until]];
  for (let end = until, begin = until - lastPart; end > from; end = begin, begin -= PART_WEEKS) {
    parts.push([Math.max(from, begin), end]);
  }
  return parts;
}

/** The middle one of the last years. */
export function usualOf(years: readonly number[]): number {
  return years.length === 0 ? 0 : quantile(Float64Array.from(years.slice(0, USUAL_YEARS)), 0.5);
}

/**
 * How demand of a week of the horizon compares with that of a week before it, where so many weeks with demand tell of a share
 * and a share expected before counts as much as some more of them.
 */
export function ratioOfShare(sharedWeeks: number, weeks: number, expected: number, expectedWeeks: number): number {
  const share = Math.min(0.98, (sharedWeeks + expected * expectedWeeks) / (weeks + expectedWeeks));
  return share / (1 - share);
}

/**
 * How far a product's season is so clear that what is usual in it says more than what was sold last: all the way where it
 * left a small part of the errors of many past years. Of years that were tried on each other one is no news: two must agree twice as well.
 *
 * @param clearErrors that part; with twice as much a season is not clear at all.
 *
 * @returns 0 to 1.
 */
export function clearnessOf({ usual, triedYears, usualError, levelError }: PastSeasons, clearErrors: number): number {
  if (levelError <= 0) return Number(triedYears > 2 && usual === 0 && usualError === 0);
  const most = clearErrors * levelError * (1 - 1 / triedYears);
  if (most <= 0) return 0;
  return Math.min(1, Math.max(0, 2 - usualError / most));
}

function meanDemand(quantities: Float64Array, begin: number, end: number): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum += Math.max(0, quantities[i]!);
  return sum / (end - begin);
}
