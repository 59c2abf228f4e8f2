import { DAYS_PER_WEEK, type Day, WEEKS_PER_YEAR, weekdayOf } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { sum } from "../numeric/sum.ts";

/** Days in the year before the origin on which a customer ordered a product, counted by weekday. */
export function ordersByWeekday(histories: readonly ProductHistory[], origin: Day): Int32Array {
  const orders = new Int32Array(DAYS_PER_WEEK);
  for (const { customers } of histories) {
    for (const { orderDays } of customers) {
      for (const day of orderDays) {
        if (day < origin && day >= origin - WEEKS_PER_YEAR * DAYS_PER_WEEK) orders[weekdayOf(day)]! += 1;
      }
    }
  }
  return orders;
}

/** The shares of the weekdays in what all of these counts say; each the same where they say nothing. */
export function weekdayShares(counts: readonly Int32Array[]): Float64Array {
  const orders = Float64Array.from({ length: DAYS_PER_WEEK }, (_, weekday) =>
    sum(counts.map((part) => part[weekday]!)),
  );
  const all = sum(orders);
  return orders.map((count) => (all > 0 ? count / all : 1 / DAYS_PER_WEEK));
}
