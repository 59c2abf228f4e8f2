import type { DatabaseSync } from "node:sqlite";
import { setImmediate as otherWork } from "node:timers/promises";
import type { Names } from "../../history/order-book.ts";
import { OrderBookWriter, type SharedOrderBook } from "../memory/order-book.ts";
import type { Period } from "../source.ts";
import { OrderIndex } from "./order-index.ts";
import { days, IN_PERIOD, LineReader, prepare, ROWS_AT_ONCE, type Row, rowsOf } from "./rows.ts";

const SELECT_ORDERS = `
SELECT o.ID, ca.ClientID, o.Created
FROM dbo.[Order] o
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE ${IN_PERIOD}
ORDER BY o.ID`;

/** In the order of the table, so that each page is read once; a product's own lines would be one a page. */
const SELECT_LINES = "SELECT ProductID, OrderID, Qty FROM dbo.OrderItem NOT INDEXED WHERE ProductID IS NOT NULL";

/** More would take more memory and no less time. */
const ROWS_PER_BLOCK = 2000;

/** The same in blocks, each from the place where the last one ended (https://sqlite.org/rowidtable.html). */
const SELECT_BLOCK = `
SELECT ProductID, OrderID, Qty, _rowid_
FROM dbo.OrderItem NOT INDEXED
WHERE ProductID IS NOT NULL AND _rowid_ >= @from
ORDER BY _rowid_
LIMIT ${ROWS_PER_BLOCK}`;
const LEAST_ROWID = -(2n ** 63n);

const COUNT_LINES_PER_PRODUCT =
  "SELECT ProductID, COUNT(*) FROM dbo.OrderItem WHERE ProductID IS NOT NULL GROUP BY ProductID";

/** SQL may hold ids for equal that differ here, or orders are not unique: lines are to be joined by SQL. */
export class NotByNumber extends Error {}

/**
 * Reads orders and lines each at once and joins them by the ids of orders, which is how SQL compares them where all are numbers.
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
  const types = { products: new Set<string>(), customers: new Set<string>() };
  for (const [id, lines] of rowsOf(prepare(db, COUNT_LINES_PER_PRODUCT, bigInts))) {
    types.products.add(typeof id);
    products.set(id, counts.length);
    counts.push(Number(lines));
  }
  assertDistinct(db, types.products, kind, "OrderItem", "ProductID");
  const [[most] = [0]] = rowsOf(prepare(db, "SELECT COUNT(*) FROM dbo.[Order]", false));
  const writer = new OrderBookWriter(Array.from(products.keys(), String), counts, Number(most));
  const reader = new LineReader(writer, period.start);
  const orders = new OrderIndex(Number(most));
  let rows = 0;
  let last: unknown;
  for (const [id, customer, created] of rowsOf(prepare(db, SELECT_ORDERS, bigInts), days(period))) {
    if (typeof id !== kind || id === last) throw new NotByNumber();
    last = id;
    if (customer !== null) types.customers.add(typeof customer);
    reader.addOrder(customer as string | number | bigint | null, created);
    orders.add(id as number | bigint);
    if (++rows % ROWS_AT_ONCE === 0) await otherWork();
  }
  orders.complete();
  assertDistinct(db, types.customers, kind, "ClientAgreement", "ClientID");
  const addLines = (lines: readonly Row[]) => {
    for (const [product, id, quantity] of lines) {
      if (id === null) continue;
      if (typeof id !== kind) throw new NotByNumber();
      const order = orders.find(id as number | bigint);
      if (order !== undefined) reader.addLine(products.get(product)!, order, quantity);
    }
  };
  for (const block of blocksOfLines(db, bigInts)) {
    addLines(block);
    await otherWork();
  }
  return writer.build(names);
}

/** All lines in blocks, which the database gives in four fifths of the time of row by row where the table has row ids. */
function* blocksOfLines(db: DatabaseSync, bigInts: boolean): Generator<readonly Row[]> {
  let block: Row[] = [];
  if (hasRowIds(db)) {
    const statement = prepare(db, SELECT_BLOCK, bigInts);
    let from: number | bigint = LEAST_ROWID;
    do {
      block = statement.all({ from }) as unknown as Row[];
      yield block;
      const last = block.at(-1)?.[3] as number | bigint;
      from = typeof last === "bigint" ? last + 1n : last + 1;
    } while (block.length === ROWS_PER_BLOCK);
    return;
  }
  for (const row of rowsOf(prepare(db, SELECT_LINES, bigInts))) {
    if (block.length === ROWS_PER_BLOCK) {
      yield block;
      block = [];
    }
    block.push(row);
  }
  yield block;
}

function hasRowIds(db: DatabaseSync): boolean {
  const table = `
    SELECT 1 FROM pragma_table_list('OrderItem')
    WHERE schema = 'dbo' AND type = 'table' AND NOT wr
      AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo('OrderItem', 'dbo') WHERE name = '_rowid_' COLLATE NOCASE)`;
  return db.prepare(table).get() !== undefined;
}

/**
 * @param types of all ids of the column.
 * @throws NotByNumber where they are neither all numbers, nor all texts of which none are equal for SQL that differ.
 */
function assertDistinct(
  db: DatabaseSync,
  types: ReadonlySet<string>,
  kind: string,
  table: string,
  column: string,
): void {
  if (types.size > 1 || !["string", kind].some((type) => types.size === 0 || types.has(type))) throw new NotByNumber();
  if (!types.has("string")) return;
  const counts = `SELECT COUNT(DISTINCT ${column}), COUNT(DISTINCT ${column} COLLATE BINARY) FROM dbo.[${table}]`;
  for (const [equal, same] of rowsOf(prepare(db, counts, false))) if (equal !== same) throw new NotByNumber();
}
