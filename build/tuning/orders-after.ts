import { DatabaseSync } from "node:sqlite";
import { type Day, parseDay, weekOf } from "../../src/history/calendar.ts";

const YEAR_WEEKS = 52;

/** What was ordered in the year after an origin. */
export class OrdersAfter {
  /** By product, then customer: units by week. */
  readonly #units = new Map<string, Map<string, Map<number, number>>>();

  constructor(database: string, origin: Day) {
    using db = new DatabaseSync(database, { readOnly: true });
    const lines = db.prepare(`
      SELECT CAST(ProductID AS TEXT) AS product, CAST(ClientID AS TEXT) AS customer, date(Created) AS day, Qty AS units
      FROM OrderItem JOIN "Order" ON "Order".ID = OrderID JOIN ClientAgreement ON ClientAgreement.ID = ClientAgreementID
    `);
    for (const { product, customer, day, units } of lines.iterate()) {
      const week = weekOf(parseDay(String(day)), origin);
      if (week < 0 || week >= YEAR_WEEKS) continue;
      const weeks = entry(entry(this.#units, String(product)), String(customer));
      weeks.set(week, (weeks.get(week) ?? 0) + Number(units));
    }
  }

  customersInWeek(product: string, week: number): number {
    return [...(this.#units.get(product)?.values() ?? [])].filter((weeks) => weeks.has(week)).length;
  }

  hasOrderOf(product: string, customer: string): boolean {
    return this.#units.get(product)?.has(customer) ?? false;
  }

  /** Net units in the first so many weeks. */
  unitsOf(product: string, customer: string, weeks: number): number {
    const units = this.#units.get(product)?.get(customer) ?? [];
    return Array.from(units, ([week, quantity]) => (week < weeks ? quantity : 0)).reduce((sum, part) => sum + part, 0);
  }
}

function entry<Key, Value>(outer: Map<string, Map<Key, Value>>, key: string): Map<Key, Value> {
  const inner = outer.get(key) ?? new Map<Key, Value>();
  outer.set(key, inner);
  return inner;
}
