import type { DatabaseSync } from "node:sqlite";
import { setImmediate as otherWork } from "node:timers/promises";
import type { Names } from "../../history/order-book.ts";
import { OrderBookWriter, type SharedOrderBook } from "../memory/order-book.ts";
import type { Period } from "../source.ts";
import { OrderIndex } from "./order-index.ts";
import { days, IN_PERIOD, LineReader, prepare, ROWS_AT_ONCE, rowsOf } from "./rows.ts";

const SELECT_ORDERS = `
SELECT o.ID, ca.ClientID, o.Created
FROM dbo.[Order] o
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE ${IN_PERIOD}
ORDER BY o.ID`;

/** In the order of the table, so that each page is read once; a product's own lines would be one a page. */
const SELECT_LINES = "SELECT ProductID, OrderID, Qty FROM dbo.OrderItem NOT INDEXED WHERE ProductID IS NOT NULL";

const COUNT_LINES_PER_PRODUCT =
  "SELECT ProductID, COUNT(*) FROM dbo.OrderItem WHERE ProductID IS NOT NULL GROUP BY ProductID";

/** Ids are not numbers of one kind, or not unique: lines are to be joined by SQL. */
export class NotByNumber extends Error {}

/**
 * Reads orders and lines each at once and joins them by their ids, which is how SQL compares them where all are numbers.
 *
 * @param bigInts reads all integers as bigint, which takes longer.
 * @throws NotByNumber, or RangeError where some integer has no exact number and `bigInts` is not set.
 */
export async function readByNumber(
  db: DatabaseSync,
  period: Period,
  names: Names,
  bigInts: boolean,
): Promise<SharedOrderBook> {
  const kind = bigInts ? "bigint" : "number";
  const products = new Map<unknown, number>();
  const counts: number[] = [];
  for (const [id, lines] of rowsOf(prepare(db, COUNT_LINES_PER_PRODUCT, bigInts))) {
    if (typeof id !== kind) throw new NotByNumber();
    products.set(id, counts.length);
    counts.push(Number(lines));
  }
  const [[most] = [0]] = rowsOf(prepare(db, "SELECT COUNT(*) FROM dbo.[Order]", false));
  const writer = new OrderBookWriter(Array.from(products.keys(), String), counts, Number(most));
  const reader = new LineReader(writer, period.start);
  const orders = new OrderIndex(Number(most));
  let rows = 0;
  let last: unknown;
  for (const [id, customer, created] of rowsOf(prepare(db, SELECT_ORDERS, bigInts), days(period))) {
    if (typeof id !== kind || id === last || (customer !== null && typeof customer !== kind)) throw new NotByNumber();
    last = id;
    reader.addOrder(customer as number | bigint | null, created);
    orders.add(id as number | bigint);
    if (++rows % ROWS_AT_ONCE === 0) await otherWork();
  }
  for (const [product, id, quantity] of rowsOf(prepare(db, SELECT_LINES, bigInts))) {
    if (id === null) continue;
    if (typeof id !== kind) throw new NotByNumber();
    const order = orders.find(id as number | bigint);
    if (order !== undefined) reader.addLine(products.get(product)!, order, quantity);
    if (++rows % ROWS_AT_ONCE === 0) await otherWork();
  }
  return writer.build(names);
}
