import { writeFileSync } from "node:fs";
import { formatDay } from "../../../src/history/calendar.ts";
import { readCsv } from "../../../src/sources/csv/reader.ts";
import { readCsvSettings } from "../../../src/sources/csv/settings.ts";
import { Given } from "../../../src/values/given.ts";

export const HEADER = "order_id,product_id,customer_id,created,quantity\n";

/** What a file gives: product, customer, date and quantity of each line, and what is said of it. */
export async function readFrom(file: string, flags: Record<string, unknown> = {}) {
  const { book, said, warnings } = await readCsv(readCsvSettings(new Given(flags, {}), file));
  const { lines, productIds } = book;
  const rows = Array.from(lines.day, (day, i) => [
    productIds[lines.product[i]!],
    lines.customers[lines.customer[i]!] ?? null,
    formatDay(day),
    lines.quantity[i],
  ]);
  return { rows, said, warnings, names: book.names };
}

/** The same of a file that is written first. */
export async function readText(file: string, text: string | Uint8Array, flags: Record<string, unknown> = {}) {
  writeFileSync(file, text);
  return readFrom(file, flags);
}
