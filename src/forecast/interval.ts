import { log } from "../numeric/elementary.ts";
import { quantile } from "../numeric/quantile.ts";
import { sum } from "../numeric/sum.ts";

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export interface WeekInterval extends Interval {
  readonly median: number;
}

/** Central intervals around a forecast: one a week, and one for the total of the horizon. */
export interface Intervals {
  readonly weeks: readonly WeekInterval[];
  readonly total: Interval;
}

/** A forecast made at a past origin from what was known then, and what came. Both of length `horizon`. */
export interface HeldOut {
  readonly forecast: Float64Array;
  readonly actual: Float64Array;
}

/**
 * Intervals from the errors at held-out origins: for the weeks the quantiles of all their errors, for the total the
 * quantile of the absolute errors of the totals on either side (the split conformal interval of Vovk et al.,
 * Algorithmic Learning in a Random World, 2005, with its finite-sample correction).
 *
 * @param level share of outcomes that shall lie within, 0 to 1.
 * @param heldOut at least one.
 */
export function intervalsFromErrors(mean: Float64Array, heldOut: readonly HeldOut[], level: number): Intervals {
  const errors = Float64Array.from(
    heldOut.flatMap(({ actual, forecast }) => Array.from(actual, (quantity, k) => quantity - forecast[k]!)),
  );
  const [lower, median, upper] = quantiles(errors, level);
  const [lowest, , highest] = quantiles(errors, Math.min(level, SHOWN_LEVEL));
  const tail = tailBeyond(level);
  const totalErrors = heldOut.map(({ actual, forecast }) => Math.abs(sum(actual) - sum(forecast)));
  const corrected = (of: number) => Math.min(1, (of * (totalErrors.length + 1)) / totalErrors.length);
  const marginOf = (of: number) => quantile(Float64Array.from(totalErrors), corrected(of));
  const margin = Math.max(marginOf(level), tail * marginOf(Math.min(level, SHOWN_LEVEL)));
  const total = sum(mean);
  return {
    weeks: Array.from(mean, (quantity) => ({
      lower: quantity + Math.min(lower!, median! + tail * (lowest! - median!)),
      median: quantity + median!,
      upper: quantity + Math.max(upper!, median! + tail * (highest! - median!)),
    })),
    total: { lower: total - margin, upper: total + margin },
  };
}

/** What a few overlapping past origins can show; beyond it errors are taken to fall off exponentially. */
const SHOWN_LEVEL = 0.8;

function tailBeyond(level: number): number {
  return level <= SHOWN_LEVEL ? 1 : log(1 - level) / log(1 - SHOWN_LEVEL);
}

/** Variation of any product's weeks, relative to their mean, however alike the few that are known. */
const LEAST_VARIATION = 0.3;

/**
 * Intervals where no origin can be held out: the quantiles of the weeks there are, and for the total the same spread as
 * if the weeks were independent; neither narrower than so few weeks allow (Chebyshev's inequality).
 */
export function intervalsFromHistory(mean: Float64Array, quantities: Float64Array, level: number): Intervals {
  const [lower, median, upper] = quantiles(quantities, level);
  const unknown = LEAST_VARIATION / Math.sqrt((1 - level) * quantities.length);
  const weeks = Array.from(mean, (quantity) => ({
    lower: Math.min(lower!, quantity * (1 - unknown)),
    median: median!,
    upper: Math.max(upper!, quantity * (1 + unknown)),
  }));
  const total = sum(mean);
  const margin = Math.max(unknown * total, (Math.sqrt(mean.length) * (upper! - lower!)) / 2);
  return { weeks, total: { lower: total - margin, upper: total + margin } };
}

/** Intervals that hold what either of two hold. */
export function holdingBoth(first: Intervals, second: Intervals): Intervals {
  const both = <Bounds extends Interval>(one: Bounds, other: Bounds): Bounds => ({
    ...one,
    lower: Math.min(one.lower, other.lower),
    upper: Math.max(one.upper, other.upper),
  });
  return { weeks: first.weeks.map((week, k) => both(week, second.weeks[k]!)), total: both(first.total, second.total) };
}

/**
 * The same with orders of a known size that may come as well: no lower bound counts on them.
 *
 * @param due net units that are expected, one number a week.
 */
export function withDue({ weeks, total }: Intervals, due: Float64Array): Intervals {
  return {
    weeks: weeks.map(({ lower, median, upper }, k) => ({ lower, median: median + due[k]!, upper: upper + due[k]! })),
    total: { lower: total.lower, upper: total.upper + sum(due) },
  };
}

/** Units: what a whole number may miss after adding up fractions. */
const ROUNDING = 1e-6;

/**
 * Intervals that are in order, never negative and around the mean; of a product that is sold by the piece they end at
 * whole units: bounds of weeks at the nearest, those of the total outwards.
 */
export function tidyIntervals(mean: Float64Array, { weeks, total }: Intervals, isWhole: boolean): Intervals {
  const same = (quantity: number) => quantity;
  const nearest = isWhole ? Math.round : same;
  const [down, up] = isWhole ? [Math.floor, Math.ceil] : [same, same];
  const rounding = isWhole ? ROUNDING : 0;
  const sumOfMeans = sum(mean);
  return {
    weeks: weeks.map(({ lower, median, upper }, k) => {
      const low = Math.min(mean[k]!, down(mean[k]! + rounding), Math.max(0, nearest(lower)));
      const high = Math.max(mean[k]!, up(mean[k]! - rounding), nearest(upper));
      return { lower: low, median: Math.min(high, Math.max(low, nearest(median))), upper: high };
    }),
    total: {
      lower: Math.min(sumOfMeans, down(sumOfMeans + rounding), Math.max(0, down(total.lower + rounding))),
      upper: Math.max(sumOfMeans, up(sumOfMeans - rounding), up(total.upper - rounding)),
    },
  };
}

function quantiles(values: Float64Array, level: number): number[] {
  return [(1 - level) / 2, 0.5, (1 + level) / 2].map((probability) => quantile(values, probability));
}
