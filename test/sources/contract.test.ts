import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import type { OrderLines } from "../../src/history/order-lines.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";
import { readCsvSettings } from "../../src/sources/csv/settings.ts";
import { openSource, prepareSource, type SOURCES, type SourceSettings } from "../../src/sources/registry.ts";
import { type EligibleProduct, type Source, SourceError } from "../../src/sources/source.ts";
import { Given } from "../../src/values/given.ts";
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
const UNKNOWN = "9007199254740991";

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

interface Case {
  readonly settings: () => SourceSettings;
  /** What the source holds; only what is before the origin of what is simulated. */
  readonly book: OrderBook;
  readonly hasNames: boolean;
}

/** One of each kind, and more where a kind has forms. */
const EACH: { [Kind in keyof typeof SOURCES]: Case } = {
  mssql: { settings: () => ({ kind: "mssql", ...server.settings }), book, hasNames: true },
  sqlite: { settings: () => ({ kind: "sqlite", file: folder.path("orders.sqlite") }), book, hasNames: true },
  csv: { settings: () => csv("orders.csv"), book, hasNames: false },
  demo: { settings: () => ({ kind: "demo" }), book: demoBook(), hasNames: true },
};
const COMPRESSED: Case = { settings: () => csv("orders.csv.gz"), book, hasNames: false };

function csv(name: string): SourceSettings {
  return { kind: "csv", ...readCsvSettings(new Given({}, {}), folder.path(name)) };
}

function demoBook(): OrderBook {
  return simulateOrders({ seed: 1, products: 500, customers: 300, start: parseDay("2019-01-01"), end: PERIOD.origin });
}

describe.each([...Object.entries(EACH), ["csv, compressed", COMPRESSED] as const])("%s", (_name, of) => {
  const { settings, book, hasNames } = of;
  let source: Source;
  beforeAll(async () => {
    source = await openSource((await prepareSource(settings(), PERIOD)).handle);
  });
  afterAll(() => source.close());

  test("gives the eligible products by number of orders, then by id", async () => {
    expect(await source.eligibleProducts(ELIGIBLE)).toEqual(eligibleByHand(book));
  });

  test("gives exactly the order lines of the products and the period that have a quantity", async () => {
    const productIds = [...book.productIds.slice(3, 9), "9007199254740993", UNKNOWN];
    const expected = bookRows(book).filter(([product, , date]) => {
      return productIds.includes(product) && date >= "2024-01-01" && date < "2025-06-01";
    });
    const lines = await source.orderLines(productIds, PERIOD);
    expect(expected.length).toBeGreaterThan(100);
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
    expect((await source.orderLines([UNKNOWN], PERIOD)).day).toHaveLength(0);
  });

  test("takes a hostile id for an id, of which there are no lines, or which cannot be one", async () => {
    const reading = source.orderLines(["1'); DROP TABLE OrderItem; --", "1' OR '1'='1"], PERIOD);
    const lines = await reading.catch((error: unknown) => error);
    expect(lines instanceof SourceError ? lines.unavailable : (lines as OrderLines).day.length > 0).toBe(false);
    expect(await source.eligibleProducts(ELIGIBLE)).not.toHaveLength(0);
  });

  test("knows the names of the products and customers that are asked for, and of no others, if it has any", async () => {
    const productIds = [...book.productIds.slice(3, 9), "9007199254740993", UNKNOWN];
    const inPeriod = bookRows(book).filter(([, , date]) => date >= "2024-01-01" && date < "2025-06-01");
    const customerIds = [...new Set(inPeriod.map(([, customer]) => customer)), UNKNOWN].slice(-20);
    const { products, customers } = await source.names(productIds, customerIds);
    const named = (ids: readonly string[], names: ReadonlyMap<string, string>) =>
      Object.fromEntries(hasNames ? ids.flatMap((id) => (names.has(id) ? [[id, names.get(id)]] : [])) : []);
    expect(Object.fromEntries(products)).toEqual(named(productIds, book.names.products));
    expect(Object.fromEntries(customers)).toEqual(named(customerIds, book.names.customers));
    if (hasNames) expect(Math.min(products.size, customers.size)).toBeGreaterThan(5);
  });
});

function bookRows({
  lines,
  productIds,
}: OrderBook): [product: string, customer: string, date: string, quantity: number][] {
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

function eligibleByHand(book: OrderBook): EligibleProduct[] {
  const orders = new Map<string, Set<number>>();
  const customers = new Map<string, Set<string>>();
  const [oldest, newest] = [new Map<string, string>(), new Map<string, string>()];
  for (const [i, [product, customer, date]] of bookRows(book).entries()) {
    if (date < "2024-01-01" || date >= "2025-06-01") continue;
    orders.set(product, (orders.get(product) ?? new Set()).add(book.lines.order[i]!));
    customers.set(product, (customers.get(product) ?? new Set()).add(customer));
    if (date < (oldest.get(product) ?? "9999")) oldest.set(product, date);
    if (date > (newest.get(product) ?? "")) newest.set(product, date);
  }
  return [...orders]
    .filter(([product, { size }]) => size >= 3 && customers.get(product)!.size >= 2)
    .sort(([a, ordersOfA], [b, ordersOfB]) => ordersOfB.size - ordersOfA.size || Number(BigInt(a) - BigInt(b)))
    .map(([id, { size }]) => {
      return { id, orders: size, oldest: parseDay(oldest.get(id)!), newest: parseDay(newest.get(id)!) };
    });
}
