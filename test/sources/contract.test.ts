import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import type { OrderLines } from "../../src/history/order-lines.ts";
import { openSource, prepareSource, type SourceSettings } from "../../src/sources/open.ts";
import type { EligibleProduct, Source } from "../../src/sources/source.ts";
import { csvOf, type Folder, type Line, orderBook, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { sqlServer, type TestSqlServer } from "../parts/sql-server.ts";

const PERIOD = { start: parseDay("2024-01-01"), origin: parseDay("2025-06-01") };
const ELIGIBLE = { ...PERIOD, minCustomers: 2, minOrders: 3 };

const SPECIAL: Line[] = [
  ["9007199254740995", "9007199254740993", "9007199254740997", "2024-05-01", 2.5],
  ["9007199254740996", "9007199254740993", "9007199254740999", "2024-05-02", -1],
  ["9007199254740997", "9007199254740993", "9007199254740999", "2025-05-31", 4],
  ["9007199254740998", "9007199254740993", "9007199254740999", "2025-06-01", 99],
  ["9007199254740999", "9007199254740993", "9007199254740999", "2023-12-31", 98],
];

let folder: Folder;
let server: TestSqlServer;
const book = mergedBook();

/** The simulated book and lines at the period's edges, with ids that no double holds. */
function mergedBook() {
  const simulated = simulatedBook();
  const lines = Array.from(simulated.lines.day, (day, i): Line => {
    const { product, customer, quantity, order, customers } = simulated.lines;
    const customerId = customers[customer[i]!]!;
    return [`${order[i]! + 1}`, simulated.productIds[product[i]!]!, customerId, formatDay(day), quantity[i]!];
  });
  return orderBook([...lines, ...SPECIAL], simulated.names);
}

beforeAll(async () => {
  folder = temporaryFolder();
  const database = folder.database(book);
  const orders = new DatabaseSync(database);
  orders.exec(
    "INSERT INTO OrderItem (ID, OrderID, ProductID, Qty) SELECT -ID, OrderID, ProductID, NULL FROM OrderItem",
  );
  orders.close();
  server = await sqlServer(database);
  writeFileSync(folder.path("orders.csv"), csvOf(book));
  writeFileSync(folder.path("orders.csv.gz"), gzipSync(csvOf(book)));
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

const SOURCES: [name: string, settings: () => SourceSettings][] = [
  ["SQL Server", () => ({ kind: "mssql", ...server.settings })],
  ["SQLite", () => ({ kind: "sqlite", file: folder.path("orders.sqlite") })],
  ["CSV", () => ({ kind: "csv", file: folder.path("orders.csv"), columns: {}, skipBadRows: false })],
  ["CSV, compressed", () => ({ kind: "csv", file: folder.path("orders.csv.gz"), columns: {}, skipBadRows: false })],
];

describe.each(SOURCES)("%s", (name, settings) => {
  let source: Source;
  beforeAll(async () => {
    source = openSource((await prepareSource(settings(), PERIOD)).handle);
  });
  afterAll(() => source.close());

  test("gives the eligible products by number of orders, then by id", async () => {
    expect(await source.eligibleProducts(ELIGIBLE)).toEqual(eligibleByHand());
  });

  test("gives exactly the order lines of the products and the period that have a quantity", async () => {
    const productIds = [...book.productIds.slice(3, 9), "9007199254740993", "no such product"];
    const expected = bookRows().filter(([product, , date]) => {
      return productIds.includes(product) && date >= "2024-01-01" && date < "2025-06-01";
    });
    const lines = await source.orderLines(productIds, PERIOD);
    expect(expected.length).toBeGreaterThan(300);
    expect(rowsOf(lines, productIds)).toEqual(expected.map((row) => row.join(" ")).sort());
  });

  test("numbers orders so that lines of one order share a number", async () => {
    const lines = await source.orderLines(book.productIds, PERIOD);
    const inPeriod = book.lines.order.filter((_, i) => {
      return book.lines.day[i]! >= PERIOD.start && book.lines.day[i]! < PERIOD.origin;
    });
    expect(new Set(lines.order).size).toBe(new Set(inPeriod).size);
  });

  test("gives no line for a product without any", async () => {
    expect((await source.orderLines(["no such product"], PERIOD)).day).toHaveLength(0);
  });

  test("takes a hostile id for an id", async () => {
    const lines = await source.orderLines(["1'); DROP TABLE OrderItem; --", "1' OR '1'='1"], PERIOD);
    expect(lines.day).toHaveLength(0);
    expect(await source.eligibleProducts(ELIGIBLE)).not.toHaveLength(0);
  });

  test("knows the names of products and customers, if it has any", async () => {
    const { products, customers } = await source.names();
    const expected = name.startsWith("CSV") ? { products: new Map(), customers: new Map() } : book.names;
    expect(Object.fromEntries(products)).toEqual(Object.fromEntries(expected.products));
    expect(Object.fromEntries(customers)).toEqual(Object.fromEntries(expected.customers));
  });
});

function bookRows(): [product: string, customer: string, date: string, quantity: number][] {
  const { lines, productIds } = book;
  return Array.from(lines.day, (day, i) => {
    const customer = lines.customers[lines.customer[i]!]!;
    return [productIds[lines.product[i]!]!, customer, formatDay(day), lines.quantity[i]!];
  });
}

function rowsOf(lines: OrderLines, productIds: readonly string[]): string[] {
  return Array.from(lines.day, (day, i) => {
    const customer = lines.customers[lines.customer[i]!]!;
    return [productIds[lines.product[i]!]!, customer, formatDay(day), lines.quantity[i]!].join(" ");
  }).sort();
}

function eligibleByHand(): EligibleProduct[] {
  const orders = new Map<string, Set<number>>();
  const customers = new Map<string, Set<string>>();
  for (const [i, [product, customer, date]] of bookRows().entries()) {
    if (date < "2024-01-01" || date >= "2025-06-01") continue;
    orders.set(product, (orders.get(product) ?? new Set()).add(book.lines.order[i]!));
    customers.set(product, (customers.get(product) ?? new Set()).add(customer));
  }
  return [...orders]
    .filter(([product, { size }]) => size >= 3 && customers.get(product)!.size >= 2)
    .sort(([a, ordersOfA], [b, ordersOfB]) => ordersOfB.size - ordersOfA.size || Number(BigInt(a) - BigInt(b)))
    .map(([id, { size }]) => ({ id, orders: size }));
}
