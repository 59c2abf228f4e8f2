import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeOrdersDatabase } from "../../build/orders-database.ts";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";

const LINES = `
  SELECT oi.OrderID AS "order", CAST(oi.ProductID AS TEXT) AS product, CAST(ca.ClientID AS TEXT) AS customer,
    substr(o.Created, 1, 10) AS day, oi.Qty AS quantity
  FROM OrderItem oi JOIN "Order" o ON oi.OrderID = o.ID LEFT JOIN ClientAgreement ca ON o.ClientAgreementID = ca.ID
  ORDER BY oi.ID`;

const ELIGIBLE = `
  SELECT oi.ProductID FROM dbo.OrderItem oi
  JOIN dbo.[Order] o ON oi.OrderID = o.ID JOIN dbo.ClientAgreement ca ON o.ClientAgreementID = ca.ID
  WHERE o.Created >= @start AND o.Created < @origin AND oi.ProductID IS NOT NULL
  GROUP BY oi.ProductID
  HAVING COUNT(DISTINCT ca.ClientID) >= @min_customers AND COUNT(DISTINCT o.ID) >= @min_orders`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "orders-database-"));
  file = join(folder, "orders.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("a simulated order book", () => {
  const period = { start: parseDay("2022-01-01"), end: parseDay("2025-01-01") };
  const book = simulateOrders({ seed: 3, products: 80, customers: 60, ...period });

  it("comes back line by line", () => {
    writeOrdersDatabase(file, book);
    const { product, customer, day, quantity, order, customers } = book.lines;
    expect(query(LINES)).toEqual(
      Array.from(order, (number, i) => ({
        order: number + 1,
        product: book.productIds[product[i]!],
        customer: customers[customer[i]!],
        day: formatDay(day[i]!),
        quantity: quantity[i],
      })),
    );
  });

  it("comes back with its names", () => {
    writeOrdersDatabase(file, book);
    const namesIn = (table: string) =>
      new Map(query(`SELECT CAST(ID AS TEXT) AS id, Name AS name FROM ${table}`).map(({ id, name }) => [id, name]));
    expect(namesIn("Product")).toEqual(book.names.products);
    expect(namesIn("Client")).toEqual(book.names.customers);
  });

  it("has most but not all products eligible", () => {
    writeOrdersDatabase(file, book);
    const db = new DatabaseSync(":memory:");
    db.prepare("ATTACH DATABASE ? AS dbo").run(file);
    const bounds = { start: "2022-01-01", origin: "2025-01-01", min_customers: 2, min_orders: 3 };
    const eligible = db.prepare(ELIGIBLE).all(bounds);
    db.close();
    expect(eligible.length).toBeGreaterThan(0.8 * 80);
    expect(eligible.length).toBeLessThan(80);
  });

  it("is ordered within opening hours, by some customers under two agreements", () => {
    writeOrdersDatabase(file, book);
    const times = query(`SELECT Created AS created FROM "Order"`).map(({ created }) => String(created));
    expect(times.every((time) => /^\d{4}-\d\d-\d\d (?:0[89]|1[0-7]):[0-5]\d:[0-5]\d$/.test(time))).toBe(true);
    const agreements = query(`
      SELECT COUNT(DISTINCT ca.ID) AS count FROM "Order" o JOIN ClientAgreement ca ON o.ClientAgreementID = ca.ID
      GROUP BY ca.ClientID`).map(({ count }) => count);
    expect(new Set(agreements)).toEqual(new Set([1, 2]));
  });
});

describe("ids and values", () => {
  it("are integers with every digit where they can be", () => {
    const large = ["9007199254740993", "9223372036854775807"];
    writeOrdersDatabase(file, bookOf(large, ["9007199254740995"]), { firstOrderId: 2 ** 31 });
    const types = `SELECT typeof(ProductID) AS type, CAST(ProductID AS TEXT) AS product, OrderID AS "order", Qty AS quantity`;
    expect(query(`${types} FROM OrderItem ORDER BY ID`)).toEqual([
      { type: "integer", product: large[0], order: 2 ** 31, quantity: 2.5 },
      { type: "integer", product: large[1], order: 2 ** 31 + 1, quantity: -1 },
    ]);
    expect(query("SELECT typeof(ClientID) AS type, CAST(ClientID AS TEXT) AS id FROM ClientAgreement")).toContainEqual({
      type: "integer",
      id: "9007199254740995",
    });
  });

  it.each([
    ["letters", ["A-1", "22"]],
    ["a leading zero", ["007", "7"]],
    ["more than 64 bits", ["9223372036854775808", "1"]],
  ])("are text with %s", (_, productIds) => {
    writeOrdersDatabase(file, bookOf(productIds, ["c"]));
    expect(query("SELECT typeof(ProductID) AS type, ProductID AS product FROM OrderItem ORDER BY ID")).toEqual(
      productIds.map((product) => ({ type: "text", product })),
    );
  });

  it("are missing for the agreement of an order without a customer", () => {
    writeOrdersDatabase(file, bookOf(["1", "2"], [null]));
    expect(query(`SELECT DISTINCT ClientAgreementID AS agreement FROM "Order"`)).toEqual([{ agreement: null }]);
  });
});

describe("the file", () => {
  it("replaces an existing one", () => {
    writeFileSync(file, "something else");
    writeFileSync(`${file}-wal`, "left by it");
    writeOrdersDatabase(file, bookOf(["1"], ["5"]));
    expect(query("SELECT COUNT(*) AS count FROM OrderItem")).toEqual([{ count: 1 }]);
    expect(readdirSync(folder)).toEqual(["orders.sqlite"]);
  });

  it("stays as it was where an order has two days", () => {
    writeOrdersDatabase(file, bookOf(["1"], ["5"]));
    const lines = new OrderLinesBuilder();
    lines.add(0, "5", 20000, 1, "same");
    lines.add(0, "5", 20001, 1, "same");
    const book = { ...bookOf(["1"], ["5"]), lines: lines.build() };
    expect(() => writeOrdersDatabase(file, book)).toThrow(RangeError);
    expect(query("SELECT COUNT(*) AS count FROM OrderItem")).toEqual([{ count: 1 }]);
    expect(readdirSync(folder)).toEqual(["orders.sqlite"]);
  });
});

/** One line, in an order of its own, for each product; customers take turns. The second line is a return. */
function bookOf(productIds: readonly string[], customers: readonly (string | null)[]): OrderBook {
  const lines = new OrderLinesBuilder();
  for (const p of productIds.keys()) lines.add(p, customers[p % customers.length]!, 20000 + p, p === 0 ? 2.5 : -p, p);
  return { productIds, lines: lines.build(), names: { products: new Map(), customers: new Map() } };
}

function query(sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    return db
      .prepare(sql)
      .all()
      .map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}
