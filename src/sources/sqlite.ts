import { existsSync } from "node:fs";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { setImmediate as otherWork } from "node:timers/promises";
import { type Day, formatDay, parseDay } from "../history/calendar.ts";
import { unreadableTables } from "./check.ts";
import { OrderBookWriter, type SharedOrderBook } from "./order-book.ts";
import { type Names, type Period, SourceError } from "./source.ts";

/** Lines come in the order of the table, so that each page is read once; a product's own lines would be one a page. */
const ORDER_LINES = `
SELECT oi.ProductID, oi.OrderID, ca.ClientID, o.Created, oi.Qty
FROM dbo.OrderItem oi NOT INDEXED
CROSS JOIN dbo.[Order] o ON oi.OrderID = o.ID
JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
WHERE o.Created >= @start AND o.Created < @origin AND oi.ProductID IS NOT NULL`;

const LINES_PER_PRODUCT =
  "SELECT ProductID, COUNT(*) FROM dbo.OrderItem WHERE ProductID IS NOT NULL GROUP BY ProductID";

const ROWS_AT_ONCE = 50_000;
const INT32 = { least: -(2 ** 31), most: 2 ** 31 - 1 };

type Id = string | number | bigint;

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
  const counts = [...rowsOf(prepare(db, LINES_PER_PRODUCT, bigInts))];
  const products = new Map(counts.map(([id], index) => [id as Id, index]));
  const writer = new OrderBookWriter(
    Array.from(products.keys(), String),
    counts.map(([, lines]) => Number(lines)),
  );
  const reader = new LineReader(writer, products);
  let rows = 0;
  for (const row of rowsOf(prepare(db, ORDER_LINES, bigInts), days(period))) {
    reader.add(row);
    if (++rows % ROWS_AT_ONCE === 0) await otherWork();
  }
  return writer.build(namesIn(db));
}

/** Takes rows of [product, order, customer, date as text, quantity]. */
class LineReader {
  readonly #writer: OrderBookWriter;
  readonly #products: ReadonlyMap<Id, number>;
  readonly #days = new Map<unknown, Day | undefined>();
  readonly #orderNumbers = new Map<Id, number>();
  #order: Id | undefined;
  #day: Day | undefined;

  constructor(writer: OrderBookWriter, products: ReadonlyMap<Id, number>) {
    this.#writer = writer;
    this.#products = products;
  }

  add([productId, order, customer, created, quantity]: readonly unknown[]): void {
    const product = this.#products.get(productId as Id)!;
    if (order !== this.#order) {
      this.#order = order as Id;
      this.#day = this.#dayOf(created);
      this.#writer.beginOrder(this.#numberOf(this.#order), customer as Id | null, this.#day ?? 0);
    }
    if (this.#day === undefined) {
      this.#writer.addFault(product, `date "${created}" of an order line is not a date that begins YYYY-MM-DD`);
    }
    const units = typeof quantity === "bigint" ? Number(quantity) : (quantity ?? Number.NaN);
    if (typeof units === "number" && (quantity === null || Number.isFinite(units))) {
      this.#writer.addLine(product, units);
    } else {
      this.#writer.addFault(product, `quantity "${quantity}" of an order line is not a finite number`);
    }
  }

  #dayOf(created: unknown): Day | undefined {
    const date = String(created).slice(0, 10);
    if (!this.#days.has(date)) {
      try {
        this.#days.set(date, parseDay(date));
      } catch {
        this.#days.set(date, undefined);
      }
    }
    return this.#days.get(date);
  }

  /** The id itself where it is an integer of 32 bits, otherwise a number from the lower end, where no id is. */
  #numberOf(order: Id): number {
    const id = typeof order === "bigint" ? Number(order) : order;
    if (Number.isInteger(id) && (id as number) >= INT32.least && (id as number) <= INT32.most) return id as number;
    let number = this.#orderNumbers.get(order);
    if (number === undefined) {
      number = INT32.least + this.#orderNumbers.size;
      this.#orderNumbers.set(order, number);
    }
    return number;
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

function rowsOf(
  statement: StatementSync,
  parameters: Record<string, SQLInputValue> = {},
): Iterable<readonly unknown[]> {
  return statement.iterate(parameters) as unknown as Iterable<readonly unknown[]>;
}

function days({ start, origin }: Period): { start: string; origin: string } {
  return { start: formatDay(start), origin: formatDay(origin) };
}
