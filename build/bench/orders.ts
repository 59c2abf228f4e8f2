import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { parseDay } from "../../src/history/calendar.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";
import { writeOrdersDatabase } from "../orders-database.ts";

export const AS_OF = "2025-11-11";

const FOLDER = "dist/bench";
const SIMULATION = ["wholesaler", "purchases", "random", "running-sums"].map((name) => `src/simulation/${name}.ts`);
const MADE_BY = [...SIMULATION, "build/orders-database.ts", "build/bench/orders.ts"];
const PRODUCTS_PER_CUSTOMER = 10 / 3;
const MOST_SIMULATED = 10_000;
const COPIES = 10;

/**
 * The file with the simulated orders of so many products, about 350 order lines each from 2019 to 2025; made when it is
 * first asked for. More than 10,000 products are ten copies of a tenth of them under new ids, so that each costs the same.
 */
export function ordersDatabase(products: number): string {
  const version = Bun.hash(MADE_BY.map((file) => readFileSync(file, "utf8")).join()).toString(36);
  const file = `${FOLDER}/orders-${products}-${version}.sqlite`;
  if (existsSync(file)) return file;
  mkdirSync(FOLDER, { recursive: true });
  if (products > MOST_SIMULATED) {
    copyTenTimes(ordersDatabase(products / COPIES), file);
  } else {
    const customers = Math.round(products / PRODUCTS_PER_CUSTOMER);
    const [start, end] = [parseDay("2019-01-01"), parseDay(AS_OF)];
    writeOrdersDatabase(file, simulateOrders({ seed: 1, products, customers, start, end }));
  }
  return file;
}

export function orderLinesIn(file: string): number {
  const orders = new DatabaseSync(file, { readOnly: true });
  const row = orders.prepare("SELECT COUNT(*) AS lines FROM OrderItem").get();
  orders.close();
  return Number(row?.lines);
}

/** Each id becomes ten: itself times ten, plus the number of the copy; the lines of an order stay together. */
function copyTenTimes(from: string, to: string): void {
  const unfinished = `${to}.unfinished`;
  rmSync(unfinished, { force: true });
  const db = new DatabaseSync(unfinished);
  db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000");
  db.prepare("ATTACH DATABASE ? AS one").run(from);
  const definitions = db.prepare(
    "SELECT type, sql FROM one.sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'",
  );
  const all = definitions.all().map(({ type, sql }) => ({ type: String(type), sql: String(sql) }));
  for (const { type, sql } of all) if (type === "table") db.exec(sql);
  db.exec(`
    BEGIN;
    CREATE TEMP TABLE copy (n INTEGER);
    INSERT INTO copy WITH RECURSIVE next(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM next WHERE n < ${COPIES - 1})
      SELECT n FROM next;
    INSERT INTO Product SELECT ID * 10 + n, Name || ' ' || n FROM one.Product CROSS JOIN copy;
    INSERT INTO Client SELECT ID * 10 + n, Name || ' ' || n FROM one.Client CROSS JOIN copy;
    INSERT INTO ClientAgreement SELECT ID * 10 + n, ClientID * 10 + n FROM one.ClientAgreement CROSS JOIN copy;
    INSERT INTO "Order" SELECT ID * 10 + n, Created, ClientAgreementID * 10 + n FROM one."Order" CROSS JOIN copy;
    INSERT INTO OrderItem
      SELECT NULL, o.ID * 10 + n, i.ProductID * 10 + n, i.Qty
      FROM one."Order" o CROSS JOIN copy CROSS JOIN one.OrderItem i INDEXED BY OrderItemByOrder ON i.OrderID = o.ID
      ORDER BY o.ID;
    COMMIT;
  `);
  for (const { type, sql } of all) if (type === "index") db.exec(sql);
  db.exec("DETACH DATABASE one; ANALYZE");
  db.close();
  renameSync(unfinished, to);
}
