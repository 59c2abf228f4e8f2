import type { MarketShift } from "../demand/base.ts";
import { alignedTo, type SeenFeast } from "../demand/feast-alignment.ts";
import { LEAST_LEVEL_WEEKS } from "../demand/season.ts";
import { weeksOfYears } from "../history/calendar.ts";
import { exp, log } from "../numeric/elementary.ts";
import { quantile } from "../numeric/quantile.ts";
import { mean } from "../numeric/sum.ts";
import { alikeFactor, areAlike, levelNow, levelsBefore, NOW_WEEKS } from "./alike-weeks.ts";
import { LEARNED_WEEKS } from "./as-of.ts";
import type { Market } from "./market.ts";
import { outcomeWeeks } from "./training-rows.ts";

/** Weeks before them that momentum compares them with, and how much of it lasts over the horizon. */
const EARLIER_WEEKS = 18;
const LASTING = 0.7;

/** The mean of the index from so many weeks ago up to but not including so many weeks ago; undefined where it is unknown. */
function meanIndex({ index, weeks }: Market, from: number, until: number): number | undefined {
  if (from > weeks) return undefined;
  let sum = 0;
  let count = 0;
  for (let i = weeks - from; i < weeks - until; i++) {
    if (index[i]! === 0) continue;
    sum += index[i]!;
    count++;
  }
  return count === 0 ? undefined : sum / count;
}

/**
 * What of the index is expected to last, as a logarithm: of how the last weeks differ from those before them, where it is not
 * the season of past years, most but not all.
 */
export function lastingIndexAt(market: Market, weeksAgo: number, trust: number): number {
  const now = levelNow(market, weeksAgo) ?? 1;
  const unusual = unusualMomentumAt(market, weeksAgo, trust);
  const noise = (market.noise * market.noise) / NOW_WEEKS;
  const lasting = unusual === 0 ? 0 : (LASTING * unusual * unusual) / (unusual * unusual + noise);
  return log(now) - (1 - lasting) * unusual;
}

/** From so far a move on, as a logarithm, nobody can know whether it lasts; where it is beyond chance. */
const OUT_OF_PROPORTION = 0.3;
const MOST_DEVIATIONS = 4;

/** @returns nothing where all products go on as usual. */
export function shiftNow(market: Market, trust: number): MarketShift | undefined {
  const { index, weeks, noise } = market;
  const unusual = unusualMomentumAt(market, 0, trust);
  const chance = (MOST_DEVIATIONS * noise) / Math.sqrt(NOW_WEEKS);
  if (Math.abs(unusual) < Math.max(OUT_OF_PROPORTION, chance)) return undefined;
  const now = levelNow(market, 0)!;
  const before = now / exp(unusual);
  const recent = index.subarray(-NOW_WEEKS - EARLIER_WEEKS);
  const isMoved = (level: number) => level > 0 && log(level / before) / unusual > 0.5;
  const last = index.findLast((level) => level > 0)!;
  const expected = exp(lastingIndexAt(market, 0, trust));
  const alternatives = [now, before, last].map((level) => level / expected);
  return {
    weeks: Math.min(weeks, recent.length - recent.findIndex(isMoved)),
    factor: exp(unusual),
    ...{ least: Math.min(1, ...alternatives), most: Math.max(1, ...alternatives) },
  };
}

/** How the last weeks differ from those before them beyond what past years show, as a logarithm. */
function unusualMomentumAt(market: Market, weeksAgo: number, trust: number): number {
  const usual = foretold(
    yearsBefore((start) => momentumAt(market, start), weeksAgo),
    trust,
  );
  return (momentumAt(market, weeksAgo) ?? 0) - (usual ?? 0);
}

/** How the last weeks compare with those before them, as a logarithm. */
function momentumAt(market: Market, weeksAgo: number): number | undefined {
  const between = weeksAgo + NOW_WEEKS;
  const now = levelNow(market, weeksAgo);
  const earlier = earlierLevel(market, between);
  if (now === undefined || earlier === undefined) return undefined;
  return log(now / earlier) - (trendOf(market) * (NOW_WEEKS + EARLIER_WEEKS)) / 2;
}

/** The mean of the weeks before so many weeks ago that are much like the middle one: a spell in them is none of what is usual. */
function earlierLevel({ index, noise }: Market, weeksAgo: number): number | undefined {
  const earlier = levelsBefore(index, weeksAgo, EARLIER_WEEKS);
  const middle = earlier.toSorted()[earlier.length >> 1];
  if (middle === undefined) return undefined;
  const alike = alikeFactor(noise);
  return mean(earlier.filter((level) => areAlike(level, middle, alike)));
}

/**
 * How much the index moves in a week apart from seasons, as a logarithm: mostly down, as products sell less with age.
 */
function trendOf(market: Market): number {
  const known = trends.get(market);
  if (known !== undefined) return known;
  const { index, weeks } = market;
  const year = weeksOfYears(1);
  const changes: number[] = [];
  for (let t = year; t < weeks; t++) {
    if (index[t]! > 0 && index[t - year]! > 0) changes.push(log(index[t]! / index[t - year]!) / year);
  }
  const trend = changes.length === 0 ? 0 : middleOf(changes);
  trends.set(market, trend);
  return trend;
}

/** A market's trend is asked for at each of its weeks. */
const trends = new WeakMap<Market, number>();

/** How the weeks ahead of a past week compare with those before it, as a logarithm. */
function changeAt(market: Market, start: number, horizon: number): number | undefined {
  const before = levelNow(market, start);
  const ahead = meanIndex(market, start, start - horizon);
  if (before === undefined || ahead === undefined || start + LEAST_LEVEL_WEEKS > market.weeks) return undefined;
  return log(ahead / before) - (trendOf(market) * (NOW_WEEKS + horizon)) / 2;
}

/** How far one past year foretells another before any two could be compared, and as how many weeks that counts. */
const EXPECTED_TRUST = 0.6;
const EXPECTED_WEEKS = 12;
/** The size of a season, as a logarithm, by which these weeks count. */
const USUAL_SEASON = 0.15;

/**
 * How far one year's season foretells another's: the correlation of what happened to all products at the same dates of
 * different years, drawn towards what is usual.
 */
export function trustInYears(market: Market, horizon: number): number {
  const expected = EXPECTED_WEEKS * USUAL_SEASON * USUAL_SEASON;
  let together = EXPECTED_TRUST * expected;
  let each = expected;
  for (let start = horizon; start < market.weeks; start++) {
    const later = changeAt(market, start, horizon);
    if (later === undefined) continue;
    for (let year = 1; ; year++) {
      const earlier = changeAt(market, start + weeksOfYears(year), horizon);
      if (earlier === undefined) break;
      together += later * earlier;
      each += (later * later + earlier * earlier) / 2;
    }
  }
  return Math.max(0, together / each);
}

/**
 * How the weeks ahead compare with those before them by past years of all products: the middle of what they say, as far as
 * so many years are to be trusted (the Spearman-Brown formula, Brown, 1910).
 *
 * @returns a logarithm; nothing where no past year is known of enough products.
 */
export function seasonAt(market: Market, weeksAgo: number, horizon: number, trust: number): number | undefined {
  const seasonsIn = (of: Market) => yearsBefore((start) => changeAt(of, start, horizon), weeksAgo);
  const years = seasonsIn(market);
  // Of two years there is no middle one.
  return foretold(years.length <= 2 ? seasonsIn(withoutSpells(market)) : years, trust);
}

/** Weeks so many times above or below the middle of the year around them are no season, unless another year shows them too. */
const MOST_OF_YEAR = 2;
const HALF_YEAR = 26;

function withoutSpells(market: Market): Market {
  const { index, weeks } = market;
  /** 1 above what is usual by far, -1 below it. */
  const spells = index.map((level, t) => {
    const around = index.subarray(Math.max(0, t - HALF_YEAR), t + HALF_YEAR + 1).filter((other) => other > 0);
    const usual = quantile(around, 0.5);
    return Number(level > MOST_OF_YEAR * usual) - Number(level * MOST_OF_YEAR < usual);
  });
  const isShown = (t: number) => {
    for (let other = t % weeksOfYears(1); other < weeks; other += weeksOfYears(1)) {
      if (other !== t && spells.subarray(Math.max(0, other - 1), other + 2).includes(spells[t]!)) return true;
    }
    return false;
  };
  return { ...market, index: index.map((level, t) => (spells[t] === 0 || isShown(t) ? level : 0)) };
}

/** What is known of the same time in past years, the last one first. */
function yearsBefore(valueAt: (weeksAgo: number) => number | undefined, weeksAgo: number): number[] {
  const years: number[] = [];
  for (let year = 1; ; year++) {
    const value = valueAt(weeksAgo + weeksOfYears(year));
    if (value === undefined) return years;
    years.push(value);
  }
}

function foretold(years: number[], trust: number): number | undefined {
  const { length } = years;
  return length === 0 ? undefined : (middleOf(years) * length * trust) / (1 + (length - 1) * trust);
}

/** Weeks on either side that a week of all products is averaged with. */
const SMOOTHING = 1;

/** A market whose past weeks around a moving feast stand at this year's date. */
export function withFeastInPlace(market: Market, feast: SeenFeast): Market {
  return { ...market, index: alignedTo(feast, market.index), unsmoothed: alignedTo(feast, market.unsmoothed) };
}

/**
 * How demand of all products spreads over the weeks ahead by past years.
 *
 * @param feast whose weeks past years have in common, so that each stands for itself.
 * @returns one factor a week; the first `LEARNED_WEEKS` have a mean of one.
 */
export function patternAhead(market: Market, horizon: number, trust: number, feast?: SeenFeast): Float64Array {
  const sharp = { ...market, index: market.unsmoothed };
  const factors = Float64Array.from({ length: outcomeWeeks(horizon) }, (_, k) => {
    const isOfFeast = feast !== undefined && k >= feast.from && k < feast.until;
    const weekAt = (start: number) => {
      const all = meanIndex(market, start, start - LEARNED_WEEKS);
      const week = isOfFeast
        ? meanIndex(sharp, start - k, start - k - 1)
        : meanIndex(market, Math.min(market.weeks, start - k + SMOOTHING), start - k - 1 - SMOOTHING);
      return all === undefined || week === undefined ? undefined : log(week / all);
    };
    return exp(foretold(yearsBefore(weekAt, 0), trust) ?? 0);
  });
  const mean = factors.reduce((sum, factor, k) => sum + (k < LEARNED_WEEKS ? factor : 0), 0) / LEARNED_WEEKS;
  return factors.map((factor) => factor / mean);
}

function middleOf(values: readonly number[]): number {
  return quantile(Float64Array.from(values), 0.5);
}
