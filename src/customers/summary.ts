import { DAYS_PER_WEEK } from "../history/calendar.ts";
import { log } from "../numeric/elementary.ts";

/** What the purchase model needs to know of a customer of a product. Times are in weeks. */
export interface PurchaseSummary {
  /** Orders after the first one: x. */
  readonly repeats: number;
  /** From the first order to the last: t_x. */
  readonly recency: number;
  /** From the first order to the origin: T. */
  readonly age: number;
}

/** What its parameters are fitted to. */
export interface FittedSummary extends PurchaseSummary {
  /** Sum of the logarithms of the intervals between orders. */
  readonly logIntervals: number;
}

/** @param orderDays days with an order, ascending, each once, at least one, all before the origin. */
export function purchaseSummary(orderDays: Int32Array, origin: number): PurchaseSummary {
  const first = orderDays[0]!;
  const last = orderDays[orderDays.length - 1]!;
  return {
    repeats: orderDays.length - 1,
    recency: (last - first) / DAYS_PER_WEEK,
    age: (origin - first) / DAYS_PER_WEEK,
  };
}

/** @param orderDays as for `purchaseSummary`. */
export function fittedSummary(orderDays: Int32Array, origin: number): FittedSummary {
  let logIntervals = 0;
  for (let i = 1; i < orderDays.length; i++) logIntervals += log((orderDays[i]! - orderDays[i - 1]!) / DAYS_PER_WEEK);
  return { ...purchaseSummary(orderDays, origin), logIntervals };
}
