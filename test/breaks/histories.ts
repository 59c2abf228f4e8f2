import { parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";

export const ORIGIN = parseDay("2025-11-11");

/** An order so many days before the origin. */
export type Line = readonly [daysAgo: number, customer: string | null, quantity: number];

export function historyOf(lines: readonly Line[]): ProductHistory {
  const builder = new OrderLinesBuilder();
  for (const [i, [daysAgo, customer, quantity]] of lines.entries()) {
    builder.add(0, customer, ORIGIN - daysAgo, quantity, i);
  }
  return productHistories(builder.build(), 1, ORIGIN)[0]!;
}

/** The same orders in another unit. */
export function inUnits(lines: readonly Line[], factor: number): Line[] {
  return lines.map(([daysAgo, customer, quantity]) => [daysAgo, customer, quantity * factor]);
}

/** Orders of a customer every so many days, from so many days before the origin on, until so many days before it. */
export function every(days: number, customer: string, quantity: number, from: number, until = 1): Line[] {
  const lines: Line[] = [];
  for (let daysAgo = from; daysAgo >= until; daysAgo -= days) lines.push([daysAgo, customer, quantity]);
  return lines;
}

/** Customers who order four times in three weeks, at irregular times that are the same each time. */
export function ordinary(weeks: number, customers = 4): Line[] {
  const lines: Line[] = [];
  for (let customer = 0; customer < customers; customer++) {
    let daysAgo = 7 * weeks - customer;
    for (let i = 0; daysAgo > 0; i++) {
      lines.push([daysAgo, `${customer + 1}`, 4 + ((3 * i + customer) % 5)]);
      daysAgo -= 2 + ((5 * i + 3 * customer) % 8);
    }
  }
  return lines;
}
