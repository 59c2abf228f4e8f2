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
