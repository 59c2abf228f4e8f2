import { DAYS_PER_WEEK, WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import type { GlobalModel } from "../learning/predict.ts";
import { sum } from "../numeric/sum.ts";
import { forecastDemand } from "./demand.ts";
import { type Gap, stockOut, stop } from "./gaps.ts";

/** Weeks without an order: from week `first` of the history up to but not including week `until`, nothing while it goes on. */
export interface ProductGap {
  readonly first: number;
  readonly until: number | undefined;
  /** Of them, those in which orders were taken. */
  readonly weeks: number;
  readonly probability: number;
}

export interface ProductStop extends ProductGap {
  readonly longestBefore: number;
  /** What is forecast, as a share of what was sold in as many weeks before the stop. */
  readonly shareOfBefore: number;
}

export interface ProductGaps {
  readonly stockOut?: ProductGap;
  readonly stopped?: ProductStop;
}

/** A product of which so much is expected of what was sold before has not stopped, however unusual its silence is. */
const GOES_ON = 0.5;

/**
 * Gaps among the weeks in which orders were taken: where all rest, or the source has none, no product is missing.
 *
 * @param index weekly level of all products up to the origin; zero in weeks of rest.
 * @param expectedAWeek mean of the product's forecast, units.
 */
export function gapsOf(
  { ordersPerWeek: all, quantities, succeededBy }: ProductHistory,
  index: Float64Array,
  expectedAWeek: number,
): ProductGaps {
  // Its silence has a reason.
  if (succeededBy) return {};
  const open: number[] = [];
  const ordersPerWeek: number[] = [];
  for (let week = 0; week < all.length; week++) {
    if (index[week + index.length - all.length] === 0) continue;
    open.push(week);
    ordersPerWeek.push(all[week]!);
  }
  const inHistory = ({ begin, end, probability }: Gap): ProductGap => {
    return { first: open[begin]!, until: open[end], weeks: end - begin, probability };
  };
  const empty = stockOut(ordersPerWeek);
  const stopped = stop(ordersPerWeek);
  const shareOfBefore = stopped ? shareOfSold(quantities, open[stopped.begin]!, expectedAWeek) : 1;
  return {
    ...(empty && { stockOut: inHistory(empty) }),
    ...(stopped &&
      shareOfBefore < GOES_ON && {
        stopped: { ...inHistory(stopped), longestBefore: stopped.longestBefore, shareOfBefore },
      }),
  };
}

/** Units a week as a share of those of the year before a week of the history, at most 1. */
function shareOfSold(quantities: Float64Array, week: number, unitsAWeek: number): number {
  const year = quantities.subarray(Math.max(0, week - WEEKS_PER_YEAR), week);
  const sold = sum(year) / year.length;
  return unitsAWeek < sold ? unitsAWeek / sold : 1;
}

/**
 * What would be forecast if the weeks of a gap under way were missing, as those are of which the source has no order: they
 * are filled with what was sold before, and customers are as they were when it began.
 *
 * @returns expected units of each week of the horizon.
 */
export function forecastWithout(gap: ProductGap, history: ProductHistory, origin: number, model: GlobalModel) {
  const { length } = history.quantities;
  const weeks = length - gap.first;
  const known = model.pooled.index;
  const index = known.length < length ? new Float64Array(length).fill(known[0] ?? 1) : known.slice();
  index.set(known, index.length - known.length);
  index.fill(0, index.length - weeks);
  const customers = history.customers.map((customer) => ({
    ...customer,
    orderDays: customer.orderDays.map((day) => day + weeks * DAYS_PER_WEEK),
  }));
  return forecastDemand({ ...history, customers, onMonday: undefined }, origin, {
    ...model,
    pooled: { ...model.pooled, index },
  }).mean;
}
