import { DAYS_PER_WEEK, type Day, weekOf } from "../history/calendar.ts";
import type { CustomerHistory, ProductHistory } from "../history/history.ts";
import { quantile } from "../numeric/quantile.ts";
import { mean, sum } from "../numeric/sum.ts";
import type { Finding, YearlyOrder } from "./finding.ts";
import { withoutOrders } from "./without-orders.ts";

const YEAR_DAYS = 365;
/** How far an order may be from a year after the one before. */
const MOST_DAYS_OFF = 21;
/** An order is large that is so many times the mean week, and so many times what nineteen weeks of twenty do not exceed. */
const LARGE_OF_MEAN = 6;
const LARGE_OF_WEEKS = 3;
const NEARLY_ALL = 0.95;
/** Where fewer weeks than this share have an order, large ones come by chance: more years have to say that they are yearly. */
const OFTEN_SOLD = 0.5;
const LEAST_YEARS = 2;
const LEAST_YEARS_SELDOM_SOLD = 3;
/** The next order is expected to be like so many last ones. */
const LAST_ORDERS = 3;

/** Large orders of a customer, a year apart each, the last of them less than two years ago. */
interface YearlyOrders {
  readonly customer: CustomerHistory;
  readonly orders: readonly LargeOrder[];
}

/** Orders of a customer within a week, by their places in its columns: from `begin` up to but not including `end`. */
interface LargeOrder {
  readonly begin: number;
  readonly end: number;
  readonly day: Day;
  readonly quantity: number;
}

/**
 * Orders far larger than the product's weeks that a customer places once a year are taken out of the history, which says
 * nothing of them but when the next one is due; one that is more than three weeks late is due no more.
 *
 * @returns with units to add to each week of the horizon.
 */
export function yearlyOrders(
  history: ProductHistory,
  origin: Day,
  horizon: number,
): (Finding & { readonly due: Float64Array }) | undefined {
  const found = allYearlyOrders(history, origin);
  if (found.length === 0) return undefined;
  const due = new Float64Array(horizon);
  const breaks: YearlyOrder[] = [];
  for (const { customer, orders } of found) {
    const last = orders.at(-1)!;
    const dueDay = last.day + Math.round((last.day - orders[0]!.day) / (orders.length - 1));
    const week = Math.max(0, weekOf(dueDay, origin));
    if (dueDay < origin - MOST_DAYS_OFF || week >= horizon) continue;
    const quantity = mean(orders.slice(-LAST_ORDERS).map((order) => order.quantity));
    due[week]! += quantity;
    breaks.push({
      ...{ kind: "yearly-order", due: dueDay, quantity, years: orders.length },
      customer: { id: customer.id, quantity: sum(orders.map((order) => order.quantity)) },
    });
  }
  const taken = new Map(found.map(({ customer, orders }) => [customer, orders]));
  const isTaken = (customer: CustomerHistory, i: number) =>
    taken.get(customer)?.some(({ begin, end }) => i >= begin && i < end) ?? false;
  return { history: withoutOrders(history, origin, isTaken), breaks, isOpen: false, due };
}

function allYearlyOrders({ quantities, ordersPerWeek, customers }: ProductHistory, origin: Day): YearlyOrders[] {
  if (quantities.length * DAYS_PER_WEEK < YEAR_DAYS - MOST_DAYS_OFF) return [];
  const least = LARGE_OF_MEAN * Math.max(0, mean(quantities));
  const large = customers.map((customer) => ({ customer, orders: largeOrders(customer, least) }));
  // What another customer ordered a year before, and then no more, comes every year whoever orders it: that is a season.
  const isTakenOver = (first: LargeOrder) =>
    large.some(({ orders }) =>
      orders.some((order) => isYear(order, first) && !orders.some((next) => isYear(order, next))),
    );
  const candidates = large.flatMap(({ customer, orders: all }): YearlyOrders[] => {
    const orders = yearApart(all, origin);
    return orders.length >= LEAST_YEARS && !isTakenOver(orders[0]!) ? [{ customer, orders }] : [];
  });
  if (candidates.length === 0) return [];
  const leastOfWeeks = LARGE_OF_WEEKS * quantile(quantities, NEARLY_ALL);
  const active = ordersPerWeek.filter((orders) => orders > 0).length;
  const leastYears = active < OFTEN_SOLD * ordersPerWeek.length ? LEAST_YEARS_SELDOM_SOLD : LEAST_YEARS;
  return candidates.filter(
    ({ orders }) => orders.length >= leastYears && orders.every(({ quantity }) => quantity >= leastOfWeeks),
  );
}

function largeOrders({ orderDays, orderQuantities }: CustomerHistory, least: number): LargeOrder[] {
  const orders: LargeOrder[] = [];
  if (sum(orderQuantities) < least) return orders;
  for (let begin = 0, end = 0; begin < orderDays.length; begin = end) {
    const day = orderDays[begin]!;
    let quantity = 0;
    for (end = begin; end < orderDays.length && orderDays[end]! < day + DAYS_PER_WEEK; end++) {
      quantity += orderQuantities[end]!;
    }
    if (quantity > 0 && quantity >= least) orders.push({ begin, end, day, quantity });
  }
  return orders;
}

/** @returns the last of the orders, as many as are a year apart. */
function yearApart(orders: readonly LargeOrder[], origin: Day): LargeOrder[] {
  let first = orders.length - 1;
  if (first < 1 || origin - orders[first]!.day > 2 * YEAR_DAYS) return [];
  while (first > 0 && isYear(orders[first - 1]!, orders[first]!)) first--;
  return orders.slice(first);
}

function isYear(before: LargeOrder, after: LargeOrder): boolean {
  return Math.abs(after.day - before.day - YEAR_DAYS) <= MOST_DAYS_OFF;
}
