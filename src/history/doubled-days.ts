import { log } from "../numeric/elementary.ts";
import { hashOf } from "../numeric/random.ts";
import type { Day } from "./calendar.ts";
import { endOfDay, type OrderLines } from "./order-lines.ts";
import { rowsInOrder } from "./sort.ts";

/** On how many of the lines of each day another one stands, of some products. */
export interface DaysOfLines {
  readonly first: Day;
  /** Purchases of each day from the first on; one is all that a customer orders of a product on a day. */
  readonly purchases: Int32Array;
  /** Two integers for each purchase that is there twice: its day, and a number made of the customer's id. */
  readonly twins: Int32Array;
}

/**
 * Share of a day's purchases that are there twice, where the day was imported twice. Of 6,301 days of six sets none with more than
 * three customers has half, so that no day of them is doubled, with .8 and with half and twice of the other numbers either. Where a
 * day was doubled by hand, all 157 to 281 of grocery, simulated and wholesale are found, 172 of 173 of liquor, 165 of 185 of workshop
 * and 3 of 158 of medical, which has three orders a day; of weeks all, of medical 147.
 */
const NEARLY_ALL = 0.9;
/** A customer repeats an order now and then: fewer customers than this are no import. */
const LEAST_CUSTOMERS = 3;
/** Of purchases of other days at least so many are supposed to be there twice; of the six sets 0 to 1.7 % are. */
const LEAST_RATE = 0.02;
/** Days that are there twice by chance, in ten thousand sources. */
const MOST_BY_CHANCE = 1e-4;
/** Purchases of other days, as a share of those of doubled ones, at least: otherwise nothing tells what is usual. */
const LEAST_OTHERS = 0.5;

/** @returns the second copies among all that a customer ordered of a product on a day; none where it is not all there twice. */
export function copiesAmong({ order, quantity }: OrderLines, rows: Int32Array): readonly number[] {
  if (rows.length % 2 === 1) return [];
  const lines = secondHalves([...rows], (row) => `${order[row]} ${quantity[row]}`);
  if (lines) return lines;
  const orders = Map.groupBy(rows, (row) => order[row]);
  const quantities = (ofOrder: readonly number[]) =>
    Float64Array.from(ofOrder, (row) => quantity[row]!)
      .sort()
      .join();
  return secondHalves([...orders.values()], quantities)?.flat() ?? [];
}

/** @returns half of each group of equal items; nothing where a group cannot be halved. */
function secondHalves<Item>(items: readonly Item[], key: (item: Item) => string): Item[] | undefined {
  const groups = [...Map.groupBy(items, key).values()];
  if (groups.some(({ length }) => length % 2 === 1)) return undefined;
  return groups.flatMap((group) => group.slice(group.length / 2));
}

/** Counts purchases of customers who are known by id. */
export function daysOfLines(lines: OrderLines): DaysOfLines {
  const { product, customer, day, customers } = lines;
  const rows = rowsInOrder([product, customer, day]);
  let first = day[0] ?? 0;
  let last = first;
  for (let i = 0; i < day.length; i++) {
    first = Math.min(first, day[i]!);
    last = Math.max(last, day[i]!);
  }
  const purchases = new Int32Array(last - first + 1);
  const twins: number[] = [];
  for (let begin = 0, end = 0; begin < rows.length; begin = end) {
    end = endOfDay(lines, rows, begin);
    const row = rows[begin]!;
    if (customer[row]! < 0) continue;
    purchases[day[row]! - first]! += 1;
    if (end - begin === 1 || copiesAmong(lines, rows.subarray(begin, end)).length === 0) continue;
    twins.push(day[row]!, hashOf(customers[customer[row]!]!));
  }
  return { first, purchases, twins: Int32Array.from(twins) };
}

interface DayOfPurchases {
  readonly day: Day;
  purchases: number;
  twins: number;
  /** Who has one that is there twice. */
  readonly customers: Set<number>;
}

/**
 * Days that were imported twice, under the same order ids or under new ones: nearly all that was purchased on them is there twice, by
 * several customers, as it is not on other days. Few purchases a day tell by several days, one after the other.
 *
 * @param parts of different products.
 * @returns ascending.
 */
export function doubledDays(parts: readonly DaysOfLines[]): Day[] {
  const days = daysOf(parts);
  const isDoubled = ({ twins, purchases }: DayOfPurchases) => twins >= NEARLY_ALL * purchases;
  const runs: DayOfPurchases[][] = [[]];
  for (const day of days) {
    if (isDoubled(day)) runs.at(-1)!.push(day);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  }
  const others = days.filter((day) => !isDoubled(day));
  const rate = Math.max(LEAST_RATE, total(others, "twins") / Math.max(1, total(others, "purchases")));
  const doubled = runs
    .filter((run) => {
      const customers = new Set(run.flatMap((day) => [...day.customers]));
      const orders = run.reduce((count, day) => count + day.customers.size, 0);
      return customers.size >= LEAST_CUSTOMERS && log(days.length) + orders * log(rate) < log(MOST_BY_CHANCE);
    })
    .flat();
  const isUsual = total(others, "purchases") >= LEAST_OTHERS * total(doubled, "purchases");
  return isUsual ? doubled.map(({ day }) => day) : [];
}

function daysOf(parts: readonly DaysOfLines[]): DayOfPurchases[] {
  const days = new Map<Day, DayOfPurchases>();
  for (const { first, purchases, twins } of parts) {
    for (const [i, count] of purchases.entries()) {
      if (count === 0) continue;
      const known = days.get(first + i);
      if (known) known.purchases += count;
      else days.set(first + i, { day: first + i, purchases: count, twins: 0, customers: new Set() });
    }
    for (let i = 0; i < twins.length; i += 2) {
      const day = days.get(twins[i]!)!;
      day.twins++;
      day.customers.add(twins[i + 1]!);
    }
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

function total(days: readonly DayOfPurchases[], what: "purchases" | "twins"): number {
  return days.reduce((sum, day) => sum + day[what], 0);
}
