import { existsSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { setImmediate as otherWork } from "node:timers/promises";
import { type Day, formatDay, parseDay } from "../../history/calendar.ts";
import type { Names } from "../../history/order-book.ts";
import { unreadableTables } from "../check.ts";
import { OrderBookWriter, type SharedOrderBook } from "../memory/order-book.ts";
import { type Period, SourceError } from "../source.ts";
import { type Id, OrderIndex } from "./order-index.ts";

const SELECT_ORDERS = `
SELECT o.ID, ca.ClientID, o.Created
FROM dbo.[Order] o
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE o.Created >= @start AND o.Created < @origin
ORDER BY o.ID`;

/** In the order of the table, so that each page is read once; a product's own lines would be one a page. */
const SELECT_LINES = "SELECT ProductID, OrderID, Qty FROM dbo.OrderItem NOT INDEXED WHERE ProductID IS NOT NULL";

const COUNT_LINES_PER_PRODUCT =
  "SELECT ProductID, COUNT(*) FROM dbo.OrderItem WHERE ProductID IS NOT NULL GROUP BY ProductID";

const ROWS_AT_ONCE = 50_000;

type Row = readonly unknown[];

/**
 * Reads all order lines of the period from a SQLite file with the tables OrderItem, Order, ClientAgreement and, if there,
 * Product and Client: at once, because that takes less than a second a million lines, and the file needs no index.
 *
 * @throws SourceError when the file is missing or is not such a database.
 */
export async function readSqlite(file: string, period: Period): Promise<SharedOrderBook> {
  if (!existsSync(file)) throw new SourceError(`no order database at ${file}`);
  const db = new DatabaseSync(":memory:");
  try {
    db.exec("PRAGMA busy_timeout = 30000");
    db.prepare("ATTACH DATABASE @file AS dbo").run({ file });
    db.exec("PRAGMA query_only = ON; BEGIN; SELECT COUNT(*) FROM dbo.sqlite_schema");
    const problems = await unreadableTables(async (statement) => [...rowsOf(prepare(db, statement, false))]);
    if (problems.length > 0) throw new Error(problems.join("; "));
    try {
      return await readAll(db, period, false);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // Some id has no exact number: all integers come as bigint then, which takes longer.
      return await readAll(db, period, true);
    }
  } catch (error) {
    throw new SourceError(`order database ${file}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    db.close();
  }
}

async function readAll(db: DatabaseSync, period: Period, bigInts: boolean): Promise<SharedOrderBook> {
  const counts = [...rowsOf(prepare(db, COUNT_LINES_PER_PRODUCT, bigInts))];
  const [[orders] = [0]] = rowsOf(prepare(db, "SELECT COUNT(*) FROM dbo.[Order]", false));
  const reader = new BookReader(
    counts.map(([id]) => id as Id),
    counts.map(([, lines]) => Number(lines)),
    Number(orders),
  );
  let rows = 0;
  for (const row of rowsOf(prepare(db, SELECT_ORDERS, bigInts), days(period))) {
    reader.addOrder(row);
    if (++rows % ROWS_AT_ONCE === 0) await otherWork();
  }
  for (const row of rowsOf(prepare(db, SELECT_LINES, bigInts))) {
    reader.addLine(row);
    if (++rows % ROWS_AT_ONCE === 0) await otherWork();
  }
  return reader.build(namesIn(db));
}

class BookReader {
  readonly #products: ReadonlyMap<Id, number>;
  readonly #writer: OrderBookWriter;
  readonly #orders: OrderIndex;
  readonly #days = new Map<string, Day | undefined>();
  /** What stands in place of a date, by order. */
  readonly #noDates = new Map<number, unknown>();

  /** @param lines of each product, and `orders`: at most so many. */
  constructor(productIds: readonly Id[], lines: readonly number[], orders: number) {
    this.#products = new Map(productIds.map((id, index) => [id, index]));
    this.#writer = new OrderBookWriter(productIds.map(String), lines, orders);
    this.#orders = new OrderIndex(orders);
  }

  /** Takes [order, customer, date as text]. */
  addOrder(row: Row): void {
    const day = this.#dayOf(String(row[2]).slice(0, 10));
    const order = this.#writer.addOrder(row[1] as Id | null, day ?? 0);
    this.#orders.add(row[0] as Id);
    if (day === undefined) this.#noDates.set(order, row[2]);
  }

  /** Takes [product, order, quantity]; a line of another period is left out. */
  addLine(row: Row): void {
    const order = this.#orders.find(row[1] as Id);
    if (order === undefined) return;
    const product = this.#products.get(row[0] as Id)!;
    const quantity = row[2];
    const units = quantity === null ? Number.NaN : typeof quantity === "bigint" ? Number(quantity) : quantity;
    if (typeof units !== "number" || (quantity !== null && !Number.isFinite(units))) {
      this.#writer.addFault(product, `quantity "${quantity}" of an order line is not a finite number`);
    } else if (this.#noDates.has(order)) {
      const date = this.#noDates.get(order);
      this.#writer.addFault(product, `date "${date}" of an order line is not a date that begins YYYY-MM-DD`);
    } else {
      this.#writer.addLine(product, order, units);
    }
  }

  build(names: Names): SharedOrderBook {
    return this.#writer.build(names);
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

function namesIn(db: DatabaseSync): Names {
  const namesOf = (table: "Product" | "Client") => {
    const columns = prepare(db, "SELECT 1 FROM pragma_table_info(@table, 'dbo') WHERE name = 'Name'", true);
    if ([...rowsOf(columns, { table })].length === 0) return new Map<string, string>();
    const rows = rowsOf(prepare(db, `SELECT ID, Name FROM dbo.${table} WHERE Name IS NOT NULL`, true));
    return new Map(Array.from(rows, ([id, name]) => [String(id), String(name)]));
  };
  return { products: namesOf("Product"), customers: namesOf("Client") };
}

function prepare(db: DatabaseSync, sql: string, bigInts: boolean): StatementSync {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  statement.setReadBigInts(bigInts);
  return statement;
}

function rowsOf(statement: StatementSync, parameters: Record<string, SQLInputValue> = {}): Iterable<Row> {
  return statement.iterate(parameters) as unknown as Iterable<Row>;
}

function days({ start, origin }: Period): { start: string; origin: string } {
  return { start: formatDay(start), origin: formatDay(origin) };
}
