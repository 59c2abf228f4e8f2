import { activeBetween } from "../demand/life.ts";
import { DAYS_PER_WEEK, type Day, isAtNewYear, WEEKS_PER_YEAR, weeksOfYears } from "../history/calendar.ts";
import { exp, log } from "../numeric/elementary.ts";
import { deviationAbout, quantile } from "../numeric/quantile.ts";

/** Weeks from so many weeks ago up to but not including so many weeks ago. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/**
 * A week with less than this share of what is usual around it is one of rest; where weeks vary much by chance, with less. Were
 * chance told by weeks that are much alike alone, a sixth of medical's weeks were rests, and its totals 28 % worse.
 */
const REST = 0.5;
const MOST_CHANCE = 5;
/** Weeks on either side that tell what is usual, and those of a year, so that what follows a spell of more is no rest. */
const NEIGHBOURS = 6;
const HALF_YEAR = 26;
/** A smaller share is no order at all. */
const NOTHING = 0.01;

/**
 * How far orders were taken in each week: 1, but in weeks in which all products together sold far less than around them.
 *
 * @param index weekly level of all products, oldest first.
 */
export function opennessOf(index: Float64Array): Float64Array {
  const middle = (t: number, weeks: number) => quantile(index.slice(Math.max(0, t - weeks), t + weeks + 1), 0.5);
  const shares = index.map((level, t) => level / Math.min(middle(t, NEIGHBOURS), middle(t, HALF_YEAR)));
  const rest = Math.min(REST, exp(-MOST_CHANCE * chanceOf(shares)));
  return shares.map((share) => (share < rest ? share : 1));
}

/** So improbable is a week without any order, if each of a few products is ordered by chance, that none was taken. */
const IMPROBABLE = 1e-4;

/**
 * Of products too few to tell how all moved: 0 in weeks without any order that chance does not explain, as often as each was ordered in
 * the year before; else 1.
 *
 * @param products net units a week of each, up to the origin; any of them may be empty.
 */
export function opennessOfFew(products: readonly Float64Array[]): Float64Array {
  const length = Math.max(0, ...products.map((quantities) => quantities.length));
  const openness = new Float64Array(length);
  for (const quantities of products) {
    for (const [t, quantity] of quantities.entries()) if (quantity > 0) openness[length - quantities.length + t] = 1;
  }
  for (let t = 0; t < length; t++) {
    if (openness[t] === 1) continue;
    const begin = t;
    while (t < length && openness[t] === 0) t++;
    const chances = products.map((quantities) => {
      const before = quantities.subarray(0, Math.max(0, quantities.length - length + begin)).subarray(-WEEKS_PER_YEAR);
      return (before.length - activeBetween(before, 0, before.length) + 1) / (before.length + 2);
    });
    if (chances.reduce((all, chance) => all * chance, 1) > IMPROBABLE) openness.fill(1, begin, t);
  }
  return openness;
}

/** How far weeks lie about those around them, as a standard deviation of logarithms. */
function chanceOf(shares: Float64Array): number {
  const sold = shares.filter((share) => share > 0 && share < Infinity);
  return sold.length === 0 ? 0 : deviationAbout(sold.map(log), 0);
}

/**
 * How far orders will be taken in each week of the horizon: as in the same weeks of past years, where most of these agree. What a
 * single past year shows may have been a gap in the source, or an accident; but at New Year.
 */
export function openAhead(openness: Float64Array, origin: Day, horizon: number): Float64Array {
  return Float64Array.from({ length: horizon }, (_, k) => {
    const years = sameWeeks(openness, -1 - k);
    if (years.length === 0 || (years.length === 1 && !isAtNewYear(origin + k * DAYS_PER_WEEK))) return 1;
    return quantile(Float64Array.from(years), 0.5);
  });
}

/** Weeks without any order, which past or later years have not, and which are not at New Year: they are missing, not zero. */
export function sourceGaps(openness: Float64Array, origin: Day): Span[] {
  const { length } = openness;
  const isGap = (t: number) =>
    openness[t]! < NOTHING &&
    !isAtNewYear(origin - (length - t) * DAYS_PER_WEEK) &&
    !isClosedEveryYear(openness, length - 1 - t);
  const gaps: Span[] = [];
  for (let t = 0; t < length; t++) {
    if (!isGap(t)) continue;
    const begin = t;
    while (t < length && isGap(t)) t++;
    gaps.push({ from: length - begin, until: length - t });
  }
  return gaps;
}

/** Openness at the dates that a week so many weeks ago has, in all other years. */
function sameWeeks(openness: Float64Array, weeksAgo: number, around = 0): number[] {
  const { length } = openness;
  const years: number[] = [];
  for (const direction of [1, -1]) {
    for (let year = 1; ; year++) {
      const t = length - 1 - weeksAgo - direction * weeksOfYears(year);
      if (t < 0 || t >= length) break;
      years.push(Math.min(...openness.subarray(Math.max(0, t - around), t + around + 1)));
    }
  }
  return years;
}

function isClosedEveryYear(openness: Float64Array, weeksAgo: number): boolean {
  const years = sameWeeks(openness, weeksAgo, 1);
  return years.length > 0 && years.every((open) => open < 1);
}
