import type { Day } from "../history/calendar.ts";
import { daysOfLines, doubledDays } from "../history/doubled-days.ts";
import type { OrderLines } from "../history/order-lines.ts";

/**
 * Order lines that are the same in all: order, product, customer, day and quantity; on days on which nearly all orders are there
 * twice, in all but the order.
 */
export interface DuplicateLines {
  /** Lines that another one stands for already. */
  readonly count: number;
  /** Days on which most orders come twice, ascending, by more than chance: as if they had been imported twice. */
  readonly days: readonly Day[];
  /** Those of them that a run counts once. */
  readonly countedOnce: readonly Day[];
  /** Whether more than half of all lines come twice: then no day stands out. */
  readonly everywhere: boolean;
}

/** An order comes twice now and then; this often where the other days show less. */
const LEAST_RATE = 0.002;
/** Days that stand out by chance in a hundred sources, all days of a source taken together. */
const MOST_CHANCE = 0.01;
/** Fewer orders that come twice are no import. */
const LEAST_ORDERS = 5;

/** Orders of a day, and those of them most of whose lines come twice. */
interface DayCount {
  orders: number;
  doubled: number;
}

/** Counts lines that are there twice, and finds the days on which that is no accident. */
export function duplicateLines(lines: OrderLines): DuplicateLines {
  const times = timesOfEach(lines);
  let doubledLines = 0;
  for (const count of times.values()) if (count > 1) doubledLines++;
  const days = daysOf(times);
  const isMost = ({ orders, doubled }: DayCount) => 2 * doubled > orders;
  const others = [...days.values()].filter((day) => !isMost(day));
  const rate = Math.max(LEAST_RATE, total(others, "doubled") / Math.max(1, total(others, "orders")));
  const standing = [...days].filter(([, day]) => isMost(day) && days.size * chanceOf(day, rate) < MOST_CHANCE);
  const orders = total(
    standing.map(([, day]) => day),
    "doubled",
  );
  const countedOnce = doubledDays([daysOfLines(lines)]);
  const found = new Set([...countedOnce, ...(orders < LEAST_ORDERS ? [] : standing.map(([day]) => day))]);
  return {
    count: lines.day.length - times.size + underOtherOrders([...times.keys()], new Set(countedOnce)),
    days: [...found].sort((a, b) => a - b),
    countedOnce,
    everywhere: doubledLines >= LEAST_ORDERS && 2 * doubledLines > times.size,
  };
}

/** How often each line is there, by its day and order and by what tells it from the other lines of the order. */
function timesOfEach({ order, product, customer, day, quantity }: OrderLines): Map<string, number> {
  const times = new Map<string, number>();
  for (let i = 0; i < day.length; i++) {
    const line = `${day[i]} ${order[i]} ${customer[i]} ${product[i]} ${quantity[i]}`;
    times.set(line, (times.get(line) ?? 0) + 1);
  }
  return times;
}

/** How many lines of these days are there again under the number of another order. */
function underOtherOrders(lines: readonly string[], days: ReadonlySet<Day>): number {
  const onDays = lines.filter((line) => days.has(Number.parseInt(line, 10)));
  const alike = Map.groupBy(onDays, (line) => line.replace(/ \S+/, ""));
  return [...alike.values()].reduce((sum, { length }) => sum + Math.floor(length / 2), 0);
}

function daysOf(times: ReadonlyMap<string, number>): Map<Day, DayCount> {
  const orders = new Map<string, { lines: number; doubled: number }>();
  for (const [line, count] of times) {
    const [day, order] = line.split(" ", 2);
    const key = `${day} ${order}`;
    const known = orders.get(key) ?? { lines: 0, doubled: 0 };
    orders.set(key, { lines: known.lines + 1, doubled: known.doubled + (count > 1 ? 1 : 0) });
  }
  const days = new Map<Day, DayCount>();
  for (const [key, { lines, doubled }] of orders) {
    const day = Number.parseInt(key, 10);
    const known = days.get(day) ?? { orders: 0, doubled: 0 };
    days.set(day, { orders: known.orders + 1, doubled: known.doubled + (2 * doubled > lines ? 1 : 0) });
  }
  return days;
}

/**
 * At least the probability that so many orders of a day come twice where each does at this rate, which is below their share
 * (Hoeffding, Probability Inequalities for Sums of Bounded Random Variables, 1963, theorem 1).
 */
function chanceOf({ orders, doubled }: DayCount, rate: number): number {
  const share = doubled / orders;
  const once = orders - doubled;
  return (rate / share) ** doubled * (once === 0 ? 1 : ((1 - rate) / (1 - share)) ** once);
}

function total(days: readonly DayCount[], what: keyof DayCount): number {
  return days.reduce((sum, day) => sum + day[what], 0);
}
