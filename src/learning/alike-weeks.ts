import { exp, log } from "../numeric/elementary.ts";
import { deviationAbout } from "../numeric/quantile.ts";
import { mean } from "../numeric/sum.ts";

/** Weekly levels of all products, oldest first, zero in weeks of rest, with how far they lie about by chance. */
interface Levels {
  readonly index: Float64Array;
  /** Standard deviation of logarithms. */
  readonly noise: number;
}

/** Weeks whose mean is what all products sell now. */
export const NOW_WEEKS = 4;
/** Fewest weeks that tell that what all products sell has stepped up or down. */
const LEAST_NOW = 2;
/** Weeks on either side that a week is averaged with, where they differ by less than this factor. */
export const SMOOTHING = 4;
const ALIKE = 1.6;
/** Differences of so many standard deviations of chance make weeks no less alike. */
const MOST_CHANCE = 4;

/**
 * The mean of weeks nearby that are much the same: what is smooth becomes so, an edge stays one. The first and the last weeks
 * have neighbours on one side only, and lie where these are as far as chance explains the difference.
 */
export function smoothed(index: Float64Array, noise: number): Float64Array {
  const alike = alikeFactor(noise);
  return index.map((level, t) => {
    if (level === 0) return 0;
    const usual = meanOfAlike(index, t, alike);
    if (t >= SMOOTHING && t < index.length - SMOOTHING) return usual;
    const away = log(level / usual);
    const chance = 2 * noise;
    return away === 0 ? usual : usual * exp((away * away * away) / (away * away + chance * chance));
  });
}

function meanOfAlike(index: Float64Array, t: number, alike: number): number {
  const level = index[t]!;
  const nearby = index.subarray(Math.max(0, t - SMOOTHING), t + SMOOTHING + 1);
  return mean(nearby.filter((other) => areAlike(other, level, alike)));
}

/** How far weeks lie about those around them by chance, as a standard deviation of logarithms. */
export function noiseAbout(index: Float64Array): number {
  const errors = index.map((level, t) => (level > 0 ? log(level / meanOfAlike(index, t, ALIKE)) : Number.NaN));
  const known = errors.filter((error) => !Number.isNaN(error));
  return known.length === 0 ? 0 : deviationAbout(known, 0);
}

/** Weeks whose levels differ by less than this factor are much the same, for all that chance does. */
export function alikeFactor(noise: number): number {
  return Math.max(ALIKE, exp(MOST_CHANCE * noise));
}

export function areAlike(one: number, other: number, alike: number): boolean {
  return one <= alike * other && other <= alike * one;
}

/** Levels of so many weeks before the last `weeksAgo` ones, but for weeks of rest and those that are not known. */
export function levelsBefore(index: Float64Array, weeksAgo: number, weeks: number): Float64Array {
  const end = index.length - weeksAgo;
  return index.slice(Math.max(0, end - weeks), Math.max(0, end)).filter((level) => level > 0);
}

/**
 * What all products sold so many weeks ago: the mean of the last `NOW_WEEKS` before, or of those since the index stepped up or down,
 * if there are two at least; nothing where nothing is known of them.
 */
export function levelNow({ index, noise }: Levels, weeksAgo: number): number | undefined {
  const open = levelsBefore(index, weeksAgo, NOW_WEEKS);
  const last = open.at(-1);
  if (last === undefined) return undefined;
  const alike = alikeFactor(noise);
  const step = open.findLastIndex((level) => !areAlike(level, last, alike));
  return mean(open.subarray(open.length - step > LEAST_NOW ? step + 1 : 0));
}
