import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { type Day, formatDay, parseDay } from "../../history/calendar.ts";
import type { OrderBookWriter } from "../memory/order-book.ts";
import type { Period } from "../source.ts";

export type Row = readonly unknown[];

/** Rows between two moments for other work. */
export const ROWS_AT_ONCE = 50_000;

/** Orders of the period, and those whose date is none: these count against their products. */
export const IN_PERIOD = `
((o.Created >= @start AND o.Created < @origin)
  OR o.Created NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*')`;

export function prepare(db: DatabaseSync, sql: string, bigInts: boolean): StatementSync {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  statement.setReadBigInts(bigInts);
  return statement;
}

export function rowsOf(statement: StatementSync, parameters: Record<string, SQLInputValue> = {}): Iterable<Row> {
  return statement.iterate(parameters) as unknown as Iterable<Row>;
}

export function days({ start, origin }: Period): { start: string; origin: string } {
  return { start: formatDay(start), origin: formatDay(origin) };
}

/** Adds lines to a book; what is wrong with one counts against its product. */
export class LineReader {
  readonly #writer: OrderBookWriter;
  readonly #start: Day;
  readonly #days = new Map<string, Day | undefined>();
  /** What stands in place of a date, by order. */
  readonly #noDates = new Map<number, unknown>();

  /** @param start of the period, on which orders without a date are put. */
  constructor(writer: OrderBookWriter, start: Day) {
    this.#writer = writer;
    this.#start = start;
  }

  /** @returns the order as the writer numbers it. */
  addOrder(customer: string | number | bigint | null, created: unknown, number?: number): number {
    const day = this.#dayOf(String(created).slice(0, 10));
    const order = this.#writer.addOrder(customer, day ?? this.#start, number);
    if (day === undefined) this.#noDates.set(order, created);
    return order;
  }

  addLine(product: number, order: number, quantity: unknown): void {
    const units = unitsOf(quantity);
    if (units === undefined) {
      this.#writer.addFault(product, `quantity "${quantity}" of an order line is not a finite number`);
    } else if (this.#noDates.has(order)) {
      const date = this.#noDates.get(order);
      this.#writer.addFault(product, `date "${date}" of an order line is not a date that begins YYYY-MM-DD`);
    }
    this.#writer.addLine(product, order, units ?? Number.NaN);
  }

  #dayOf(date: string): Day | undefined {
    if (!this.#days.has(date)) {
      try {
        this.#days.set(date, parseDay(date));
      } catch {
        this.#days.set(date, undefined);
      }
    }
    return this.#days.get(date);
  }
}

/** @returns NaN for a line without a quantity, nothing where what stands there is none. */
function unitsOf(quantity: unknown): number | undefined {
  if (quantity === null) return Number.NaN;
  const isNumeral = typeof quantity === "string" && /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(quantity);
  const units = typeof quantity === "bigint" || isNumeral ? Number(quantity) : quantity;
  return typeof units === "number" && Number.isFinite(units) ? units : undefined;
}
