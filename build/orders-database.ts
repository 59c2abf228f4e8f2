import { renameSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { formatDay } from "../src/history/calendar.ts";
import { isIntegerId } from "../src/history/ids.ts";
import type { OrderBook } from "../src/history/order-book.ts";
import type { OrderLines } from "../src/history/order-lines.ts";

/** Every so many-th customer has two client agreements and orders under them in turn. */
const CUSTOMERS_PER_SECOND_AGREEMENT = 4;
const OPENING_SECOND = 8 * 3600;
const OPEN_SECONDS = 10 * 3600;

/**
 * Writes an order book as a new SQLite file with the tables OrderItem, Order, ClientAgreement, Product and Client;
 * an existing file is replaced once the new one is complete.
 *
 * Product and client ids are INTEGER, exact to 64 bits, where all of a kind are such integers, otherwise TEXT. Orders
 * are created on their lines' day, between 08:00 and 18:00; the order of a line without a customer has no agreement.
 *
 * @param options firstOrderId: the id of order 0; the others follow. An integer, 1 if not given.
 * @throws RangeError when lines of one order differ in day or customer.
 */
export function writeOrdersDatabase(file: string, book: OrderBook, { firstOrderId = 1 } = {}): void {
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  const db = new DatabaseSync(unfinished);
  let isComplete = false;
  try {
    db.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN");
    fill(db, book, BigInt(firstOrderId));
    db.exec("COMMIT");
    isComplete = true;
  } finally {
    db.close();
    if (!isComplete) rmSync(unfinished, { force: true });
  }
  for (const leftover of ["-journal", "-wal", "-shm"]) rmSync(file + leftover, { force: true });
  renameSync(unfinished, file);
}

function fill(db: DatabaseSync, { productIds, lines, names }: OrderBook, firstOrderId: bigint): void {
  const products = new Set([...productIds, ...names.products.keys()]);
  const clients = new Set([...lines.customers, ...names.customers.keys()]);
  const productId = columnOf(products);
  const clientId = columnOf(clients);
  db.exec(`
    CREATE TABLE Product (ID ${productId.type} PRIMARY KEY, Name TEXT);
    CREATE TABLE Client (ID ${clientId.type} PRIMARY KEY, Name TEXT);
    CREATE TABLE ClientAgreement (ID INTEGER PRIMARY KEY, ClientID ${clientId.type} NOT NULL);
    CREATE TABLE "Order" (ID INTEGER PRIMARY KEY, Created TEXT NOT NULL, ClientAgreementID INTEGER);
    CREATE TABLE OrderItem (ID INTEGER PRIMARY KEY, OrderID INTEGER NOT NULL, ProductID ${productId.type}, Qty NUMERIC);
  `);

  const insertProduct = db.prepare("INSERT INTO Product VALUES (?, ?)");
  for (const id of products) insertProduct.run(productId.value(id), names.products.get(id) ?? null);
  const insertClient = db.prepare("INSERT INTO Client VALUES (?, ?)");
  for (const id of clients) insertClient.run(clientId.value(id), names.customers.get(id) ?? null);

  const insertAgreement = db.prepare("INSERT INTO ClientAgreement VALUES (?, ?)");
  for (const [customer, id] of lines.customers.entries()) {
    for (const agreement of agreementsOf(customer)) insertAgreement.run(agreement, clientId.value(id));
  }

  const insertOrder = db.prepare('INSERT INTO "Order" VALUES (?, ?, ?)');
  for (const [order, line] of firstLineOfOrders(lines).entries()) {
    if (line < 0) continue;
    const agreements = agreementsOf(lines.customer[line]!);
    const agreement = agreements[order % agreements.length] ?? null;
    insertOrder.run(firstOrderId + BigInt(order), timeOf(lines.day[line]!, order), agreement);
  }

  const insertItem = db.prepare("INSERT INTO OrderItem VALUES (?, ?, ?, ?)");
  const productValues = productIds.map(productId.value);
  for (let i = 0; i < lines.day.length; i++) {
    const orderId = firstOrderId + BigInt(lines.order[i]!);
    insertItem.run(i + 1, orderId, productValues[lines.product[i]!]!, lines.quantity[i]!);
  }
  db.exec(`
    CREATE INDEX OrderItemByProduct ON OrderItem (ProductID, OrderID, Qty);
    CREATE INDEX OrderItemByOrder ON OrderItem (OrderID);
    CREATE INDEX OrderByCreated ON "Order" (Created);
    CREATE INDEX ClientAgreementByClient ON ClientAgreement (ClientID);
    ANALYZE;
  `);
}

/** The type of a column of ids, and how an id is written into it. */
function columnOf(ids: ReadonlySet<string>): { type: "INTEGER" | "TEXT"; value: (id: string) => bigint | string } {
  const isInt64 = (id: string) => isIntegerId(id) && BigInt.asIntN(64, BigInt(id)) === BigInt(id);
  return [...ids].every(isInt64) ? { type: "INTEGER", value: BigInt } : { type: "TEXT", value: String };
}

/** Ids of the client agreements of the customer with this index; none for −1. */
function agreementsOf(customer: number): number[] {
  if (customer < 0) return [];
  const first = 2 * customer + 1;
  return customer % CUSTOMERS_PER_SECOND_AGREEMENT === 0 ? [first, first + 1] : [first];
}

/** Index of a line of each order; −1 for a number that no line has. */
function firstLineOfOrders({ order, day, customer }: OrderLines): Int32Array {
  const orders = order.reduce((most, number) => Math.max(most, number + 1), 0);
  const firstLine = new Int32Array(orders).fill(-1);
  for (const [line, number] of order.entries()) {
    const first = firstLine[number]!;
    if (first < 0) firstLine[number] = line;
    else if (day[line] !== day[first] || customer[line] !== customer[first])
      throw new RangeError(`order ${number} has lines of several days or customers`);
  }
  return firstLine;
}

/** `YYYY-MM-DD HH:MM:SS` within opening hours, spread over them by the order's number. */
function timeOf(day: number, order: number): string {
  const second = OPENING_SECOND + ((Math.imul(order, 0x9e3779b1) >>> 0) % OPEN_SECONDS);
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  return `${formatDay(day)} ${parts.map((part) => String(part).padStart(2, "0")).join(":")}`;
}
