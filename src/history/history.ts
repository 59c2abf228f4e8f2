import { type Day, weekOf } from "./calendar.ts";
import type { OrderLines } from "./order-lines.ts";

/** What is known of a product's demand before the origin. */
export interface ProductHistory {
  /** Net units a week (returns subtracted), oldest first: from the week of the first order line to week −1. */
  readonly quantities: Float64Array;
  /** Customers known by id, in no particular order. */
  readonly customers: readonly CustomerHistory[];
}

export interface CustomerHistory {
  readonly id: string;
  /** Days on which the customer ordered, ascending, each once; a return is no order. */
  readonly orderDays: Int32Array;
  /** Units ordered on each of these days. */
  readonly orderQuantities: Float64Array;
}

/**
 * Quantities are added up as whole millionths, which is exact, so that the order of the lines does not change a sum.
 */
const PARTS_PER_UNIT = 1e6;

/** @returns the history of each of the `productCount` products; without any order line its `quantities` are empty. */
export function productHistories(lines: OrderLines, productCount: number, origin: Day): ProductHistory[] {
  return rowsByProduct(lines, productCount).map((rows) => ({
    quantities: weeklyQuantities(lines, rows, origin),
    customers: customerHistories(lines, rows),
  }));
}

function rowsByProduct(lines: OrderLines, productCount: number): number[][] {
  const rows: number[][] = Array.from({ length: productCount }, () => []);
  for (const [row, product] of lines.product.entries()) rows[product]!.push(row);
  return rows;
}

function weeklyQuantities(lines: OrderLines, rows: readonly number[], origin: Day): Float64Array {
  let firstDay = origin;
  for (const row of rows) firstDay = Math.min(firstDay, lines.day[row]!);
  const quantities = new Float64Array(-weekOf(firstDay, origin));
  for (const row of rows) {
    quantities[quantities.length + weekOf(lines.day[row]!, origin)]! += parts(lines.quantity[row]!);
  }
  return quantities.map((sum) => sum / PARTS_PER_UNIT);
}

function customerHistories(lines: OrderLines, rows: readonly number[]): CustomerHistory[] {
  const byCustomer = new Map<number, Map<Day, number>>();
  for (const row of rows) {
    const customer = lines.customer[row]!;
    if (customer < 0 || lines.quantity[row]! <= 0) continue;
    let days = byCustomer.get(customer);
    if (!days) {
      days = new Map();
      byCustomer.set(customer, days);
    }
    const day = lines.day[row]!;
    days.set(day, (days.get(day) ?? 0) + parts(lines.quantity[row]!));
  }
  return Array.from(byCustomer, ([customer, days]) => {
    const orderDays = Int32Array.from(days.keys()).sort();
    return {
      id: lines.customers[customer]!,
      orderDays,
      orderQuantities: Float64Array.from(orderDays, (day) => days.get(day)! / PARTS_PER_UNIT),
    };
  });
}

function parts(quantity: number): number {
  return Math.round(quantity * PARTS_PER_UNIT);
}
