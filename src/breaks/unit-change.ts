import { DAYS_PER_WEEK, type Day, weekOf, weeksOfYears } from "../history/calendar.ts";
import { type CustomerHistory, ordersBefore, type ProductHistory } from "../history/history.ts";
import { log } from "../numeric/elementary.ts";
import { quantile } from "../numeric/quantile.ts";
import { mean } from "../numeric/sum.ts";
import type { Finding, UnitChange } from "./finding.ts";

/** Smaller changes of order sizes may be demand. */
const LEAST_FACTOR = 4;
/** Orders before the change, and customers who ordered on both sides of it. */
const LEAST_ORDERS = 6;
const LEAST_CUSTOMERS = 3;
/** As many orders after it tell of it as well, and fewer if all are smaller, or larger, than any before by this factor. */
const FEWEST_AFTER = 3;
const APART = 2;
/** Share of these customers whose orders changed by the factor, give or take half as much again. */
const MOST_ALIKE = 0.8;
const ALIKE = 1.5;
/** The number of orders a week, in so many weeks on either side, stays the same to this factor. */
const WEEKS = 26;
const ORDERS_ALIKE = 2;
/** A factor so near a whole number, or one divided by one, is that. */
const NEARLY_WHOLE = 0.1;
/** The smallest quantity that a history knows. */
const LEAST_UNITS = 1e-6;

/**
 * A day from which on all customers order several times as much, or as little, while they order as often as before: another
 * unit, as boxes of twelve instead of pieces. What was before it is brought into today's unit.
 */
export function unitChange(history: ProductHistory, origin: Day): Finding | undefined {
  const week = likeliestWeek(history);
  if (week === undefined || !isOrderedAsOften(history.ordersPerWeek, week)) return undefined;
  const firstOfWeek = origin + (week - history.quantities.length) * DAYS_PER_WEEK;
  const changes = history.customers.flatMap((customer) => sizeChange(customer, firstOfWeek));
  const factor = commonFactor(changes);
  if (factor === undefined || !isTold(history.customers, firstOfWeek) || isSeason(history, week, factor))
    return undefined;
  const from = firstDay(changes, firstOfWeek);
  const found: UnitChange = { kind: "unit-change", from, factor };
  return { history: inTodaysUnit(history, found, origin), breaks: [found], isOpen: false };
}

/**
 * The week from which on the logarithms of weekly order sizes, a week counting by its orders, are best told from those
 * before, where their means differ enough.
 */
function likeliestWeek({ quantities, returnsPerWeek, ordersPerWeek }: ProductHistory): number | undefined {
  const n = quantities.length;
  const logs = new Float64Array(n);
  let all = 0;
  let orders = 0;
  for (let week = 0; week < n; week++) {
    if (ordersPerWeek[week] === 0) continue;
    logs[week] =
      ordersPerWeek[week]! *
      log(Math.max(LEAST_UNITS, quantities[week]! + returnsPerWeek[week]!) / ordersPerWeek[week]!);
    all += logs[week]!;
    orders += ordersPerWeek[week]!;
  }
  let best: number | undefined;
  let most = 0;
  let before = 0;
  let ordersBefore = 0;
  for (let week = 1; week < n; week++) {
    before += logs[week - 1]!;
    ordersBefore += ordersPerWeek[week - 1]!;
    const ordersAfter = orders - ordersBefore;
    if (ordersPerWeek[week] === 0 || ordersBefore < LEAST_ORDERS || ordersAfter < FEWEST_AFTER) continue;
    const difference = Math.abs((all - before) / ordersAfter - before / ordersBefore);
    const explained = difference * difference * ordersBefore * ordersAfter;
    if (explained <= most) continue;
    most = explained;
    best = difference >= log(LEAST_FACTOR) / ALIKE ? week : undefined;
  }
  return best;
}

function isOrderedAsOften(ordersPerWeek: Int32Array, week: number): boolean {
  const before = mean(ordersPerWeek.subarray(Math.max(0, week - WEEKS), week));
  const after = mean(ordersPerWeek.subarray(week, week + WEEKS));
  return after <= ORDERS_ALIKE * before && before <= ORDERS_ALIKE * after;
}

/** Whether orders from a day on are many enough, or their sizes so far from those before that few will do. */
function isTold(customers: readonly CustomerHistory[], day: Day): boolean {
  const before: number[] = [];
  const after: number[] = [];
  for (const { orderDays, orderQuantities } of customers) {
    for (const [i, quantity] of orderQuantities.entries()) (orderDays[i]! < day ? before : after).push(quantity);
  }
  const isAbove = (large: readonly number[], small: readonly number[]) =>
    Math.min(...large) >= APART * Math.max(...small);
  return after.length >= LEAST_ORDERS || isAbove(before, after) || isAbove(after, before);
}

/** Whether orders were as large in the same weeks a year before, so that it is their season that changes them. */
function isSeason(
  { quantities, returnsPerWeek, ordersPerWeek }: ProductHistory,
  week: number,
  factor: number,
): boolean {
  const year = weeksOfYears(1);
  const sizeIn = (t: number) => (quantities[t]! + returnsPerWeek[t]!) / ordersPerWeek[t]!;
  const ratios: number[] = [];
  for (let t = Math.max(week, year); t < Math.min(week + year, quantities.length); t++) {
    if (ordersPerWeek[t]! > 0 && ordersPerWeek[t - year]! > 0) ratios.push(sizeIn(t) / sizeIn(t - year));
  }
  if (ratios.length === 0) return false;
  const times = quantile(Float64Array.from(ratios), 0.5);
  return Math.max(times / factor, factor / times) > LEAST_FACTOR / ALIKE;
}

/** A customer who ordered before and after a day, with the middle of the sizes of its orders. */
interface SizeChange {
  readonly customer: CustomerHistory;
  readonly before: number;
  readonly after: number;
}

function sizeChange(customer: CustomerHistory, day: Day): SizeChange[] {
  const { orderDays, orderQuantities } = customer;
  const before = ordersBefore(customer, day);
  if (before === 0 || before === orderDays.length) return [];
  const middle = (quantities: Float64Array) => quantile(quantities, 0.5);
  return [
    { customer, before: middle(orderQuantities.subarray(0, before)), after: middle(orderQuantities.subarray(before)) },
  ];
}

function commonFactor(changes: readonly SizeChange[]): number | undefined {
  if (changes.length < LEAST_CUSTOMERS) return undefined;
  const ratios = Float64Array.from(changes, ({ before, after }) => after / before);
  const factor = quantile(ratios, 0.5);
  const alike = ratios.filter((ratio) => ratio <= ALIKE * factor && factor <= ALIKE * ratio);
  const times = Math.max(factor, 1 / factor);
  if (times < LEAST_FACTOR || alike.length < MOST_ALIKE * ratios.length) return undefined;
  const whole = Math.round(times);
  const exact = Math.abs(times - whole) <= NEARLY_WHOLE * times ? whole : times;
  return factor > 1 ? exact : 1 / exact;
}

/** The first day of the new unit: the day, a week more or less, from which on most orders are of the size after it. */
function firstDay(changes: readonly SizeChange[], around: Day): Day {
  // How many orders of each day are rather of the size after the change than of the one before, less those that are not.
  const votes = new Int32Array(2 * DAYS_PER_WEEK);
  for (const { customer, before, after } of changes) {
    const { orderDays, orderQuantities } = customer;
    const middle = Math.sqrt(before * after);
    for (let i = 0; i < orderDays.length; i++) {
      const day = orderDays[i]! - around + DAYS_PER_WEEK;
      if (votes[day] !== undefined) votes[day]! += orderQuantities[i]! > middle === after > before ? 1 : -1;
    }
  }
  let best = DAYS_PER_WEEK;
  let most = 0;
  let since = 0;
  for (let day = votes.length - 1; day >= 0; day--) {
    since += votes[day]!;
    if (since <= most) continue;
    most = since;
    best = day;
  }
  return around + best - DAYS_PER_WEEK;
}

function inTodaysUnit(history: ProductHistory, { from, factor }: UnitChange, origin: Day): ProductHistory {
  const quantities = history.quantities.slice();
  const returnsPerWeek = history.returnsPerWeek.slice();
  const change = quantities.length + weekOf(from, origin);
  for (let week = 0; week < change; week++) {
    quantities[week]! *= factor;
    returnsPerWeek[week]! *= factor;
  }
  const customers = history.customers.map((customer): CustomerHistory => {
    const { orderDays } = customer;
    const orderQuantities = customer.orderQuantities.slice();
    const before = ordersBefore(customer, from);
    for (let i = 0; i < before; i++) {
      // The week of the change has orders in both units.
      if (weekOf(orderDays[i]!, origin) + quantities.length === change) {
        quantities[change]! += (factor - 1) * orderQuantities[i]!;
      }
      orderQuantities[i]! *= factor;
    }
    return { id: customer.id, orderDays, orderQuantities };
  });
  return { ...history, quantities, returnsPerWeek, customers };
}
