import type { DatabaseSync } from "node:sqlite";
import { setImmediate as otherWork } from "node:timers/promises";
import type { Names } from "../../history/order-book.ts";
import { OrderBookWriter, type SharedOrderBook } from "../memory/order-book.ts";
import type { Period } from "../source.ts";
import { days, IN_PERIOD, LineReader, prepare, ROWS_AT_ONCE, rowsOf } from "./rows.ts";

const JOINED = `
FROM dbo.OrderItem oi
JOIN dbo.[Order] o ON oi.OrderID = o.ID
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE oi.ProductID IS NOT NULL AND ${IN_PERIOD}`;

const COUNT_ORDERS = `
SELECT COUNT(*) FROM dbo.[Order] o JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID WHERE ${IN_PERIOD}`;

/**
 * Reads lines as SQL joins and groups them, whatever types, affinities and collations its columns have: text that differs in
 * case only may be one id, and a number may be that of a text.
 *
 * @throws Error when two ids would be the same in a document, or one has no text.
 */
export async function readJoined(db: DatabaseSync, period: Period, names: Names): Promise<SharedOrderBook> {
  const products = new Ids(db, "OrderItem", "ProductID");
  const orders = new Ids(db, "Order", "ID");
  const customers = new Ids(db, "ClientAgreement", "ClientID");
  const within = days(period);
  const counts = new Int32Array(products.texts.length);
  const countLines = prepare(db, `SELECT oi.ProductID, COUNT(*) ${JOINED} GROUP BY oi.ProductID`, true);
  for (const [id, lines] of rowsOf(countLines, within)) counts[products.numberOf(id)]! += Number(lines);
  const [[most] = [0]] = rowsOf(prepare(db, COUNT_ORDERS, false), within);
  const writer = new OrderBookWriter(products.texts, counts, Number(most));
  const reader = new LineReader(writer, period.start);
  const added = new Map<string, number>();
  const lines = prepare(db, `SELECT oi.ProductID, oi.Qty, o.ID, ca.ClientID, o.Created ${JOINED}`, true);
  let rows = 0;
  for (const [product, quantity, id, client, created] of rowsOf(lines, within)) {
    const number = orders.numberOf(id);
    const customer = client === null ? null : customers.texts[customers.numberOf(client)]!;
    const key = JSON.stringify([number, customer, String(created)]);
    let order = added.get(key);
    if (order === undefined) {
      order = reader.addOrder(customer, created, number);
      added.set(key, order);
    }
    reader.addLine(products.numberOf(product), order, quantity);
    if (++rows % ROWS_AT_ONCE === 0) await otherWork();
  }
  return writer.build(names);
}

/** The ids of a column, numbered from 0 so that those have the same number which SQL holds for equal. */
class Ids {
  /** One id of each number. */
  readonly texts: string[] = [];
  readonly #numbers = new Map<unknown, number>();
  readonly #column: string;

  constructor(db: DatabaseSync, table: string, column: string) {
    this.#column = `${table}.${column}`;
    const known = new Map<string, unknown>();
    const all = `
      SELECT ${column}, DENSE_RANK() OVER (ORDER BY ${column}) - 1
      FROM (SELECT ${column} FROM dbo.[${table}] WHERE ${column} IS NOT NULL GROUP BY ${column} COLLATE BINARY)`;
    for (const [id, number] of rowsOf(prepare(db, all, true))) {
      this.#numbers.set(this.#keyOf(id), Number(number));
      if (Number(number) < this.texts.length) continue;
      const text = String(id);
      if (known.has(text)) throw new Error(`${this.#column} has ${text} as a number and as a text: these are two ids`);
      known.set(text, id);
      this.texts.push(text);
    }
  }

  numberOf(id: unknown): number {
    return this.#numbers.get(this.#keyOf(id))!;
  }

  /** Numbers that are equal have the same key, whether stored as an integer or not. */
  #keyOf(id: unknown): unknown {
    if (typeof id === "number") return Number.isInteger(id) ? BigInt(id) : id;
    if (typeof id === "string" || typeof id === "bigint") return id;
    throw new Error(`${this.#column} has an id that is neither a number nor a text`);
  }
}
