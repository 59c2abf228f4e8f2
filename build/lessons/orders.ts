import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type Day, parseDay } from "../../src/history/calendar.ts";
import { type OrderLines, OrderLinesBuilder } from "../../src/history/order-lines.ts";

/** Order lines of a file (order, product, customer, created, quantity; no quotes) up to but not including a day. */
export function readOrders(file: string, end: Day): { readonly lines: OrderLines; readonly products: number } {
  const products = new Map<string, number>();
  const lines = new OrderLinesBuilder();
  for (const row of gunzipSync(readFileSync(file)).toString().split("\n").slice(1)) {
    if (row === "") continue;
    const [order, product, customer, created, quantity] = row.split(",");
    const day = parseDay(created!.slice(0, 10));
    if (day >= end) continue;
    if (!products.has(product!)) products.set(product!, products.size);
    lines.add(products.get(product!)!, customer!, day, Number(quantity), order!);
  }
  return { lines: lines.build(), products: products.size };
}
