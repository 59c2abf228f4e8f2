import { type Cache, forecastKey } from "../caches/cache.ts";
import { type ForecastDocument, parseDocument } from "../forecast/document.ts";
import type { ProductIndex } from "../forecast/product-index.ts";
import type { Log } from "../observe/log.ts";
import { type ListSettings, STANDARD_OUTPUT } from "../settings/list.ts";
import { monthsOf } from "../show/months.ts";
import type { LeadTimeHead, ListedProduct } from "../show/product-list.ts";
import {
  type Column,
  monthColumns,
  type ProductMonth,
  type ProductWeek,
  productColumns,
  weekColumns,
} from "../show/sheet/columns.ts";
import { csvLines } from "../show/sheet/csv.ts";
import { safeJson } from "../values/printable.ts";
import { writeLines } from "./output-file.ts";
import { print } from "./print.ts";

const DOCUMENTS_AT_ONCE = 500;
/** Characters that are written at once. */
const BLOCK = 65_536;

type Parts = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Writes the products to all that is asked for, one after the other. @throws Error naming the file that cannot be written. */
export async function writeList(
  index: ProductIndex,
  products: readonly ListedProduct[],
  asked: ListSettings,
  leadTime: LeadTimeHead | undefined,
  cache: Cache,
  log: Log,
): Promise<void> {
  const name = `Forecast ${index.as_of_date}`;
  const documents = () => documentsOf(products, index.as_of_date, cache, log);
  const isCalendar = index.week_starts_on !== undefined;
  if (asked.byWeek) await writeTable(name, weekColumns(asked.ids, isCalendar), () => weeksOf(documents()), asked);
  else if (asked.byMonth) await writeTable(name, monthColumns(asked.ids), () => monthsOfAll(documents()), asked);
  else await writeTable(name, productColumns(index.forecast_weeks, asked.ids, leadTime), () => products, asked);
  if (asked.html !== undefined) {
    const { cataloguePage } = await import("../show/page/catalogue.ts");
    await write(asked.html, await cataloguePage(index, documents(), asked.locale));
  }
  const count = `${products.length.toLocaleString("en-US")} ${products.length === 1 ? "product" : "products"}`;
  for (const file of [asked.csv, asked.xlsx, asked.html]) {
    if (file !== undefined && file !== STANDARD_OUTPUT) log.info(`${file}: ${count}`);
  }
}

async function writeTable<Row>(
  name: string,
  columns: readonly Column<Row>[],
  rows: () => Iterable<Row> | AsyncIterable<Row>,
  { json, csv, xlsx, locale, hasLocale }: ListSettings,
): Promise<void> {
  if (json) await write(STANDARD_OUTPUT, jsonLines(columns, rows()));
  if (csv !== undefined) await write(csv, csvLines(columns, rows(), hasLocale ? locale : undefined));
  if (xlsx !== undefined) {
    const { excelFile } = await import("../show/sheet/excel.ts");
    await write(xlsx, [await excelFile(name, columns, rows())]);
  }
}

async function write(file: string, parts: Parts): Promise<void> {
  if (file !== STANDARD_OUTPUT) return writeLines(file, inBlocks(parts));
  for await (const block of inBlocks(parts)) await print(block);
}

async function* inBlocks(parts: Parts): AsyncGenerator<string | Uint8Array> {
  let block = "";
  for await (const part of parts) {
    if (typeof part === "string") block += part;
    if (typeof part === "string" && block.length < BLOCK) continue;
    if (block !== "") yield block;
    block = "";
    if (typeof part !== "string") yield part;
  }
  if (block !== "") yield block;
}

async function* jsonLines<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): AsyncGenerator<string> {
  for await (const row of rows) {
    const entries = columns.map(({ key, json, value }) => [key, (json ?? value)(row)]);
    yield `${safeJson(JSON.stringify(Object.fromEntries(entries)))}\n`;
  }
}

async function* weeksOf(documents: AsyncIterable<ForecastDocument>): AsyncGenerator<ProductWeek> {
  for await (const document of documents) for (const week of document.predictions) yield { document, week };
}

async function* monthsOfAll(documents: AsyncIterable<ForecastDocument>): AsyncGenerator<ProductMonth> {
  for await (const document of documents) yield* monthsOf(document);
}

/**
 * The documents of the products, in their order; those that are not there any more are left out. The log is told of these, and
 * of those that a run of some products has made anew as of another date than the list.
 */
export async function* documentsOf(
  products: readonly ListedProduct[],
  asOfDate: string,
  cache: Cache,
  log: Log,
): AsyncGenerator<ForecastDocument> {
  let gone = 0;
  let ofOtherDate = 0;
  for (let first = 0; first < products.length; first += DOCUMENTS_AT_ONCE) {
    const some = products.slice(first, first + DOCUMENTS_AT_ONCE);
    for (const text of await cache.readAll(some.map(({ product_id }) => forecastKey(product_id)))) {
      if (text === undefined) gone++;
      else {
        const document = parseDocument(text);
        if (document.as_of_date !== asOfDate) ofOtherDate++;
        yield document;
      }
    }
  }
  if (gone > 0)
    log.warn(`${gone} of ${products.length} products are listed, but their forecast is not in the cache any more`);
  if (ofOtherDate > 0) {
    const was = ofOtherDate === 1 ? "1 product was" : `${ofOtherDate} products were`;
    log.warn(
      `${was} forecast by a run of some products as of another date than ${asOfDate}, that of the list: ` +
        "as_of_date tells which, and forecast run makes all anew",
    );
  }
}
