import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { OrderBook } from "../../src/history/order-book.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { readCsv } from "../../src/sources/csv/reader.ts";
import { readCsvSettings } from "../../src/sources/csv/settings.ts";
import { Given } from "../../src/values/given.ts";
import { writeOrdersDatabase } from "../orders-database.ts";
import type { DataSet } from "./experiments.ts";

export const FOLDER = resolve("dist/tuning");

/** @returns the SQLite file with the order lines of the set's products, made where there is none. */
export async function databaseOf(set: DataSet, folder: string): Promise<string> {
  const database = join(FOLDER, `${set.data}-${set.origin}-${set.products}.sqlite`);
  if (existsSync(database)) return database;
  mkdirSync(FOLDER, { recursive: true });
  const kept = new Set(everySo(sampleOf(set.data, set.sampledAt ?? set.origin, folder), set.products));
  writeOrdersDatabase(database, onlyProducts(await bookOf(set.data, folder), kept));
  return database;
}

/** @returns ids of the products that were drawn of a data set at an origin. */
export function sampleOf(data: string, origin: string, folder: string): string[] {
  const sample = readFileSync(join(folder, `sample-${data}-${origin}.txt`), "utf8");
  return sample.split("\n").filter((id) => id !== "");
}

export async function bookOf(data: string, folder: string): Promise<OrderBook> {
  const settings = readCsvSettings(new Given({}, {}), join(folder, `${data}-orders.csv.gz`));
  return (await readCsv(settings)).book;
}

function everySo(ids: readonly string[], most: number): string[] {
  const count = Math.min(most, ids.length);
  return Array.from({ length: count }, (_, i) => ids[Math.floor((i * ids.length) / count)]!);
}

/** @returns the lines of these products. Orders of several days or customers, which tables cannot hold, become several. */
export function onlyProducts({ productIds, lines, names }: OrderBook, kept: ReadonlySet<string>): OrderBook {
  const builder = new OrderLinesBuilder();
  const products = new Map<string, number>();
  for (let i = 0; i < lines.day.length; i++) {
    const id = productIds[lines.product[i]!]!;
    if (!kept.has(id)) continue;
    const product = products.get(id) ?? products.size;
    products.set(id, product);
    const [day, customer] = [lines.day[i]!, lines.customer[i]!];
    const order = `${lines.order[i]} ${customer} ${day}`;
    builder.add(product, lines.customers[customer] ?? null, day, lines.quantity[i]!, order);
  }
  return { productIds: [...products.keys()], lines: builder.build(), names };
}
