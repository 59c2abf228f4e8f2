import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeOrdersDatabase } from "../../build/orders-database.ts";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";

/** An order line as a test writes it: order, product, customer, date, quantity. */
export type Line = readonly [order: string, product: string, customer: string, date: string, quantity: number];

export function orderBook(lines: readonly Line[], names: Partial<OrderBook["names"]> = {}): OrderBook {
  const productIds = [...new Set(lines.map(([, product]) => product))];
  const builder = new OrderLinesBuilder();
  for (const [order, product, customer, date, quantity] of lines) {
    builder.add(productIds.indexOf(product), customer, parseDay(date), quantity, order);
  }
  return { productIds, lines: builder.build(), names: { products: new Map(), customers: new Map(), ...names } };
}

/** Weekly orders of two customers over `weeks` weeks before `origin`, for each product. */
export function steadyOrders(productIds: readonly string[], origin = "2025-11-11", weeks = 60): Line[] {
  const end = parseDay(origin);
  return productIds.flatMap((product, p) =>
    Array.from({ length: weeks }, (_, week): Line => {
      const customer = `${1 + (week % 2)}`;
      return [`${p * weeks + week + 1}`, product, customer, formatDay(end - 7 * (week + 1)), 10 + (week % 5)];
    }),
  );
}

/** Products 1, 2, … with eight weeks of orders: for tests of how a run goes, whatever it forecasts. */
export function briefOrders(products: number): Line[] {
  const ids = Array.from({ length: products }, (_, i) => `${i + 1}`);
  return steadyOrders(ids, "2025-11-11", 8);
}

export function simulatedBook(products = 40): OrderBook {
  const [start, end] = [parseDay("2023-01-01"), parseDay("2025-11-11")];
  return simulateOrders({ seed: 7, products, customers: 30, start, end });
}

/** A CSV file with the columns of `csv:`; order ids are made of the order's number. */
export function csvOf({ productIds, lines }: OrderBook): string {
  const rows = Array.from(lines.day, (day, i) =>
    [
      lines.order[i],
      productIds[lines.product[i]!],
      lines.customers[lines.customer[i]!],
      `${formatDay(day)}T10:30:00`,
      lines.quantity[i],
    ].join(","),
  );
  return `order_id,product_id,customer_id,created,quantity\n${rows.join("\n")}\n`;
}

export interface Folder {
  path(name: string): string;
  /** Writes an order database and gives its path. */
  database(book: OrderBook): string;
  remove(): void;
}

export function temporaryFolder(): Folder {
  const folder = mkdtempSync(join(tmpdir(), "forecast-test-"));
  const path = (name: string) => join(folder, name);
  return {
    path,
    database: (book) => {
      writeOrdersDatabase(path("orders.sqlite"), book);
      return path("orders.sqlite");
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
