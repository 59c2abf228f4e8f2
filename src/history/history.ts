import { weekByDate } from "./by-date.ts";
import { DAYS_PER_WEEK, type Day, mondayBefore, weekOf } from "./calendar.ts";
import { type DoubleImport, withoutDoubles } from "./double-import.ts";
import { compareIds } from "./ids.ts";
import { endOfDay, type OrderLines } from "./order-lines.ts";
import { rowsInOrder } from "./sort.ts";
import type { Succession } from "./succession.ts";

/** What is known of a product's demand before the origin. */
export interface ProductHistory {
  /** Net units a week (returns subtracted), oldest first: from the week of the first order line to week −1. */
  readonly quantities: Float64Array;
  /** Customers known by id who ordered in each of these weeks; a return is no order. */
  readonly customersPerWeek: Int32Array;
  /** Orders in each of these weeks. */
  readonly ordersPerWeek: Int32Array;
  /** Units returned in each of these weeks, ≥ 0. */
  readonly returnsPerWeek: Float64Array;
  /**
   * Share of each week's units that belongs to the week after it, or where negative to the one before it, if past years are laid
   * over this one by date.
   */
  readonly otherWeekByDate: Float64Array;
  /** Customers known by id, by the day of their first order, then by id. */
  readonly customers: readonly CustomerHistory[];
  /** Lines that came twice, and are counted once; mostly none. */
  readonly doubleImport?: DoubleImport;
  /** Whose successor the product is: the predecessor's order lines are among its own. */
  readonly succeeds?: Succession;
  /** What has taken the product's place. */
  readonly succeededBy?: Succession;
  /** What was known on the last Monday, its weeks counted from there; nothing where the origin is one, or it is of no use. */
  readonly onMonday?: ProductHistory | undefined;
}

/** Both columns are views on columns of the product. */
export interface CustomerHistory {
  readonly id: string;
  /** Days on which the customer ordered, ascending, each once; a return is no order. */
  readonly orderDays: Int32Array;
  /** Units ordered on each of these days. */
  readonly orderQuantities: Float64Array;
}

/** @returns how many of the customer's orders are from before the day. */
export function ordersBefore({ orderDays }: CustomerHistory, day: Day): number {
  let low = 0;
  let high = orderDays.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orderDays[middle]! < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The same as it was known so many weeks before the origin, of which at least one week is left. */
export function historyUntil(history: ProductHistory, weeksAgo: number, origin: Day): ProductHistory {
  const end = history.quantities.length - weeksAgo;
  const day = origin - weeksAgo * DAYS_PER_WEEK;
  return {
    quantities: history.quantities.subarray(0, end),
    customersPerWeek: history.customersPerWeek.subarray(0, end),
    ordersPerWeek: history.ordersPerWeek.subarray(0, end),
    returnsPerWeek: history.returnsPerWeek.subarray(0, end),
    otherWeekByDate: history.otherWeekByDate.subarray(0, end),
    customers: customersBefore(history.customers, day),
  };
}

/** Customers as they were known on a day; one who has not ordered since is the very same. */
export function customersBefore(customers: readonly CustomerHistory[], day: Day): CustomerHistory[] {
  const before: CustomerHistory[] = [];
  for (const customer of customers) {
    const { id, orderDays, orderQuantities } = customer;
    const orders = ordersBefore(customer, day);
    if (orders === orderDays.length) before.push(customer);
    else if (orders > 0) {
      const [days, quantities] = [orderDays.subarray(0, orders), orderQuantities.subarray(0, orders)];
      before.push({ id, orderDays: days, orderQuantities: quantities });
    }
  }
  return before;
}

/**
 * Quantities are added up as whole millionths, which is exact, so that the order of the lines does not change a sum.
 */
const PARTS_PER_UNIT = 1e6;

/**
 * @param doubledDays days of which all products together say that they were imported twice.
 * @returns the history of each of the `productCount` products; without any order line its columns are empty.
 */
export function productHistories(
  lines: OrderLines,
  productCount: number,
  origin: Day,
  doubledDays: readonly Day[] = [],
): ProductHistory[] {
  const doubled = new Set(doubledDays);
  return ofEachProduct(lines, productCount, (rows) => historyOf(lines, rows, origin, doubled).history);
}

/** The same with what was known of each product on the last Monday. */
export function historiesSinceMonday(
  lines: OrderLines,
  productCount: number,
  origin: Day,
  doubledDays: readonly Day[] = [],
): ProductHistory[] {
  const monday = mondayBefore(origin);
  if (monday === origin) return productHistories(lines, productCount, origin, doubledDays);
  const doubled = new Set(doubledDays);
  return ofEachProduct(lines, productCount, (rows) => {
    const { history, isRepeated } = historyOf(lines, rows, origin, doubled);
    const before = rows.filter((row) => lines.day[row]! < monday);
    const onMonday = isRepeated
      ? historyOf(lines, before, monday, doubled).history
      : { ...weeklyColumns(lines, before, monday), customers: customersBefore(history.customers, monday) };
    return { ...history, onMonday };
  });
}

/** @param made is given the rows of a product, by customer, then by day. */
function ofEachProduct(
  lines: OrderLines,
  productCount: number,
  made: (rows: Int32Array) => ProductHistory,
): ProductHistory[] {
  const { product, customer, day } = lines;
  const rows = rowsInOrder([product, customer, day]);
  let end = 0;
  return Array.from({ length: productCount }, (_, number) => {
    const begin = end;
    while (end < rows.length && product[rows[end]!] === number) end++;
    return made(rows.subarray(begin, end));
  });
}

/** @returns with whether any line is repeated. */
function historyOf(
  lines: OrderLines,
  rows: Int32Array,
  origin: Day,
  doubled: ReadonlySet<Day>,
): { history: ProductHistory; isRepeated: boolean } {
  const { rows: counted, isRepeated, found: doubleImport } = withoutDoubles(lines, rows, doubled);
  const history = {
    ...weeklyColumns(lines, counted, origin),
    customers: customerHistories(lines, counted),
    ...(doubleImport && { doubleImport }),
  };
  return { history, isRepeated };
}

/** @param rows of a product, by customer, then by day. */
function weeklyColumns(
  lines: OrderLines,
  rows: Int32Array,
  origin: Day,
): Omit<ProductHistory, "customers" | "doubleImport" | "onMonday"> {
  let firstDay = origin;
  for (let i = 0; i < rows.length; i++) firstDay = Math.min(firstDay, lines.day[rows[i]!]!);
  const weeks = -weekOf(firstDay, origin);
  const quantities = new Float64Array(weeks);
  const customersPerWeek = new Int32Array(weeks);
  const ordersPerWeek = new Int32Array(weeks);
  const returnsPerWeek = new Float64Array(weeks);
  const otherWeekByDate = new Float64Array(weeks);
  let lastCustomer: number | undefined;
  let lastWeek: number | undefined;
  for (let begin = 0, end = 0; begin < rows.length; begin = end) {
    end = endOfDay(lines, rows, begin);
    const customer = lines.customer[rows[begin]!]!;
    const day = lines.day[rows[begin]!]!;
    const weekBefore = weekOf(day, origin);
    const week = weeks + weekBefore;
    const other = weekByDate(day, weekBefore, origin) - weekBefore;
    for (let i = begin; i < end; i++) {
      const quantity = parts(lines.quantity[rows[i]!]!);
      quantities[week]! += quantity;
      otherWeekByDate[week]! += other * quantity;
      if (quantity < 0) returnsPerWeek[week]! -= quantity;
    }
    const orders = ordersAmong(lines, rows, begin, end);
    ordersPerWeek[week]! += orders;
    if (customer < 0 || orders === 0 || (customer === lastCustomer && week === lastWeek)) continue;
    customersPerWeek[week]! += 1;
    lastCustomer = customer;
    lastWeek = week;
  }
  for (let week = 0; week < weeks; week++) {
    const share = otherWeekByDate[week]! / quantities[week]!;
    otherWeekByDate[week] = quantities[week]! > 0 ? Math.min(1, Math.max(-1, share)) : 0;
    quantities[week]! /= PARTS_PER_UNIT;
    returnsPerWeek[week]! /= PARTS_PER_UNIT;
  }
  return { quantities, customersPerWeek, ordersPerWeek, returnsPerWeek, otherWeekByDate };
}

/** @param rows of a product, by customer, then by day. */
function customerHistories(lines: OrderLines, rows: Int32Array): CustomerHistory[] {
  const days = new Int32Array(rows.length);
  const quantities = new Float64Array(rows.length);
  const customers: CustomerHistory[] = [];
  let count = 0;
  for (let begin = 0; begin < rows.length; ) {
    const customer = lines.customer[rows[begin]!]!;
    const first = count;
    while (begin < rows.length && lines.customer[rows[begin]!] === customer) {
      const end = endOfDay(lines, rows, begin);
      let ordered = 0;
      for (let i = begin; i < end; i++) ordered += Math.max(0, parts(lines.quantity[rows[i]!]!));
      if (ordered > 0) {
        days[count] = lines.day[rows[begin]!]!;
        quantities[count++] = ordered / PARTS_PER_UNIT;
      }
      begin = end;
    }
    if (customer < 0) count = first;
    if (count === first) continue;
    customers.push({
      id: lines.customers[customer]!,
      orderDays: days.subarray(first, count),
      orderQuantities: quantities.subarray(first, count),
    });
  }
  return customers.sort((a, b) => a.orderDays[0]! - b.orderDays[0]! || compareIds(a.id, b.id));
}

/** @returns to how many orders the rows from `begin` up to but not including `end` belong; a return is none. */
function ordersAmong({ quantity, order }: OrderLines, rows: Int32Array, begin: number, end: number): number {
  if (end - begin === 1) return parts(quantity[rows[begin]!]!) > 0 ? 1 : 0;
  const orders = new Set<number>();
  for (let i = begin; i < end; i++) if (parts(quantity[rows[i]!]!) > 0) orders.add(order[rows[i]!]!);
  return orders.size;
}

function parts(quantity: number): number {
  return Math.round(quantity * PARTS_PER_UNIT);
}
