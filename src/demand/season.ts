import { WEEKS_PER_YEAR } from "../history/calendar.ts";

/** Weeks before the horizon that the level of a product mostly stands for. */
const LEVEL_WEEKS = 13;
/** Fewest of these that must be known of a past year. */
const LEAST_LEVEL_WEEKS = 4;
/** Weeks after which a past year says something of the season ahead. */
export const LEAST_SEASON_WEEKS = WEEKS_PER_YEAR + LEAST_LEVEL_WEEKS;

/** Units a week of past years, added up over the years: in the weeks of the horizon, and in those before them. */
export interface SeasonSums {
  readonly years: number;
  readonly ahead: number;
  readonly before: number;
  /** Units a week in the weeks of the horizon of the last year alone. */
  readonly lastYear: number;
}

/**
 * What past years say of the season ahead.
 *
 * @param end weeks of `quantities` that are known.
 */
export function seasonSums(quantities: Float64Array, end: number, horizon: number): SeasonSums {
  let years = 0;
  let ahead = 0;
  let before = 0;
  let lastYear = 0;
  for (let start = end - WEEKS_PER_YEAR; start >= LEAST_LEVEL_WEEKS; start -= WEEKS_PER_YEAR) {
    const level = meanDemand(quantities, Math.max(0, start - LEVEL_WEEKS), start);
    const season = meanDemand(quantities, start, start + horizon);
    if (years === 0) lastYear = season;
    years++;
    ahead += season;
    before += level;
  }
  return { years, ahead, before, lastYear };
}

/** Years that say something of the season ahead. */
export function pastYears(weeks: number): number {
  return Math.max(0, Math.floor((weeks - LEAST_LEVEL_WEEKS) / WEEKS_PER_YEAR));
}

/**
 * How the weeks ahead compare with those before them by past years of all products together.
 *
 * @param series weekly demand of all products together, of which `end` weeks are known.
 * @returns nothing where there is no past year.
 */
export function pooledSeasonRatio(series: Float64Array, end: number, horizon: number): number | undefined {
  const { years, ahead, before } = seasonSums(series, end, horizon);
  return years > 0 && before > 0 ? ahead / before : undefined;
}

/**
 * How the weeks ahead compare with those before them by a product's own past years, drawn towards the ratio of all products
 * together as if that had been seen in one more year at the product's mean.
 *
 * @param mean units a week of the product's whole history, ≥ 0.
 */
export function ownSeasonRatio({ years, ahead, before }: SeasonSums, mean: number, pooledRatio: number): number {
  if (years === 0 || mean <= 0) return pooledRatio;
  return (ahead + mean * pooledRatio) / (before + mean);
}

function meanDemand(quantities: Float64Array, begin: number, end: number): number {
  let sum = 0;
  for (let i = begin; i < end; i++) sum += Math.max(0, quantities[i]!);
  return sum / (end - begin);
}
