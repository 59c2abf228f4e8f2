import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Names } from "../../history/order-book.ts";
import { unreadableTables } from "../check.ts";
import type { SharedOrderBook } from "../memory/order-book.ts";
import { type Period, SourceError } from "../source.ts";
import { attachReadOnly } from "./attach.ts";
import { NotByNumber, readByNumber } from "./by-number.ts";
import { readJoined } from "./joined.ts";
import { prepare, rowsOf } from "./rows.ts";

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
    const assertUnchanged = attachReadOnly(db, file);
    db.exec("PRAGMA query_only = ON; BEGIN; SELECT COUNT(*) FROM dbo.sqlite_schema");
    const problems = await unreadableTables(async (statement) => [...rowsOf(prepare(db, statement, false))]);
    if (problems.length > 0) throw new Error(problems.join("; "));
    const book = await readAll(db, period);
    assertUnchanged();
    return book;
  } catch (error) {
    throw new SourceError(`order database ${file}: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  } finally {
    db.close();
  }
}

/** In the fastest way that compares ids as SQL does. */
async function readAll(db: DatabaseSync, period: Period): Promise<SharedOrderBook> {
  const names = namesIn(db);
  for (const bigInts of [false, true]) {
    try {
      return await readByNumber(db, period, names, bigInts);
    } catch (error) {
      if (error instanceof NotByNumber) break;
      if (bigInts || !(error instanceof RangeError)) throw error;
    }
  }
  return readJoined(db, period, names);
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
