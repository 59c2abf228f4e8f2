import { sum } from "../numeric/sum.ts";

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

export interface WeekInterval extends Interval {
  readonly median: number;
}

/** Central intervals around a forecast: one a week, one for the total of the horizon, and for the total up to each week's end. */
export interface Intervals {
  readonly weeks: readonly WeekInterval[];
  readonly total: Interval;
  readonly cumulative: readonly Interval[];
}

/** Intervals that hold what either of two hold. */
export function holdingBoth(first: Intervals, second: Intervals): Intervals {
  const both = <Bounds extends Interval>(one: Bounds, other: Bounds): Bounds => ({
    ...one,
    lower: Math.min(one.lower, other.lower),
    upper: Math.max(one.upper, other.upper),
  });
  return {
    weeks: first.weeks.map((week, k) => both(week, second.weeks[k]!)),
    total: both(first.total, second.total),
    cumulative: first.cumulative.map((upToWeek, k) => both(upToWeek, second.cumulative[k]!)),
  };
}

/**
 * The same with orders of a known size that may come as well: no lower bound counts on them.
 *
 * @param due net units that are expected, one number a week.
 */
export function withDue({ weeks, total, cumulative }: Intervals, due: Float64Array): Intervals {
  const dueUpTo = runningSums(due);
  return {
    weeks: weeks.map(({ lower, median, upper }, k) => ({ lower, median: median + due[k]!, upper: upper + due[k]! })),
    total: { lower: total.lower, upper: total.upper + sum(due) },
    cumulative: cumulative.map(({ lower, upper }, k) => ({ lower, upper: upper + dueUpTo[k]! })),
  };
}

/** Units: what a whole number may miss after adding up fractions. */
const ROUNDING = 1e-6;

/**
 * Intervals that are in order, never negative and around the mean; of a product that is sold by the piece they end at
 * whole units: bounds of weeks at the nearest, those of totals outwards. Demand up to the end of the first week is that
 * week's, and up to the last one the total; what is sold up to one week is not sold less up to the next.
 */
export function tidyIntervals(mean: Float64Array, intervals: Intervals, isWhole: boolean): Intervals {
  const same = (quantity: number) => quantity;
  const nearest = isWhole ? Math.round : same;
  const [down, up] = isWhole ? [Math.floor, Math.ceil] : [same, same];
  const rounding = isWhole ? ROUNDING : 0;
  const ofTotal = (expected: number, { lower, upper }: Interval): Interval => ({
    lower: Math.min(expected, down(expected + rounding), Math.max(0, down(lower + rounding))),
    upper: Math.max(expected, up(expected - rounding), up(upper - rounding)),
  });
  const weeks = intervals.weeks.map(({ lower, median, upper }, k) => {
    const low = Math.min(mean[k]!, down(mean[k]! + rounding), Math.max(0, nearest(lower)));
    const high = Math.max(mean[k]!, up(mean[k]! - rounding), nearest(upper));
    return { lower: low, median: Math.min(high, Math.max(low, nearest(median))), upper: high };
  });
  const total = ofTotal(sum(mean), intervals.total);
  const expected = runningSums(mean);
  const cumulative = intervals.cumulative.map((upToWeek, k) => ofTotal(expected[k]!, upToWeek));
  cumulative[0] = weeks[0]!;
  cumulative[cumulative.length - 1] = total;
  return { weeks, total, cumulative: neverFalling(cumulative) };
}

/** Intervals of which no bound is above a later one. */
function neverFalling(intervals: readonly Interval[]): Interval[] {
  let [lower, upper] = [Infinity, Infinity];
  return intervals
    .toReversed()
    .map((interval): Interval => {
      lower = Math.min(lower, interval.lower);
      upper = Math.min(upper, interval.upper);
      return { lower, upper };
    })
    .reverse();
}

function runningSums(quantities: Float64Array): Float64Array {
  let sum = 0;
  return quantities.map((quantity) => {
    sum += quantity;
    return sum;
  });
}
