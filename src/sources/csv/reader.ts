import { createReadStream } from "node:fs";
import { access } from "node:fs/promises";
import { Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { parse } from "csv-parse";
import { type Day, parseDay } from "../../history/calendar.ts";
import type { OrderBook } from "../../history/order-book.ts";
import { OrderLinesBuilder } from "../../history/order-lines.ts";
import { brief, quoted } from "../../values/printable.ts";
import { SourceError } from "../source.ts";
import { CSV_COLUMNS, type CsvColumn, type CsvSettings } from "./settings.ts";

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Reads a CSV file of order lines (UTF-8, one header row; gzip where the name ends in `.gz`). An empty `customer_id` is
 * an order line of an unknown customer.
 *
 * @throws SourceError for a missing or damaged file, a missing column and, unless they are skipped, for a bad row.
 */
export async function readCsv(settings: CsvSettings): Promise<{ book: OrderBook; skippedRows: number }> {
  const { file } = settings;
  const reader = new CsvReader(settings);
  const fail = (message: string, cause: unknown) => new SourceError(`CSV file ${file}: ${message}`, { cause });
  await access(file).catch((cause) => {
    throw fail("there is no such file, or it cannot be read", cause);
  });
  const rows = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true });
  rows.on("data", ({ record, info }: { record: string[]; info: { lines: number } }) => {
    try {
      reader.add(record, info.lines);
    } catch (error) {
      rows.destroy(error as Error);
    }
  });
  const read = createReadStream(file, { highWaterMark: 1 << 20 });
  try {
    await (file.endsWith(".gz") ? pipeline(read, createGunzip(), utf8Only(), rows) : pipeline(read, utf8Only(), rows));
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "Z_DATA_ERROR" || code === "Z_BUF_ERROR") throw fail(`damaged gzip data (${message})`, error);
    throw fail(message, error);
  }
  return reader.result();
}

class CsvReader {
  readonly #settings: CsvSettings;
  readonly #lines = new OrderLinesBuilder();
  readonly #products = new Map<string, number>();
  readonly #days = new Map<string, Day>();
  #width = 0;
  #at: Record<CsvColumn, number> | undefined;
  #skippedRows = 0;

  constructor(settings: CsvSettings) {
    this.#settings = settings;
  }

  add(record: string[], row: number): void {
    if (!this.#at) {
      this.#at = this.#header(record);
      this.#width = record.length;
      return;
    }
    const fault = this.#addLine(record, this.#at);
    if (fault === undefined) return;
    if (!this.#settings.skipBadRows) {
      throw this.#error(`row ${row}: ${fault} (--skip-bad-rows leaves such rows out)`);
    }
    this.#skippedRows++;
  }

  result(): { book: OrderBook; skippedRows: number } {
    if (!this.#at) throw this.#error("the file is empty");
    const names = { products: new Map<string, string>(), customers: new Map<string, string>() };
    return {
      book: { productIds: [...this.#products.keys()], lines: this.#lines.build(), names },
      skippedRows: this.#skippedRows,
    };
  }

  #header(record: string[]): Record<CsvColumn, number> {
    const wanted = CSV_COLUMNS.map((column) => this.#settings.columns[column] ?? column);
    const missing = wanted.filter((name) => !record.includes(name));
    if (missing.length > 0) {
      throw this.#error(
        `no column ${brief(missing.join(", "))}; the file has ${brief(record.join(", "))} (--csv-columns maps other names)`,
      );
    }
    return Object.fromEntries(CSV_COLUMNS.map((column, i) => [column, record.indexOf(wanted[i]!)])) as Record<
      CsvColumn,
      number
    >;
  }

  /** @returns what is wrong with the row, or nothing. */
  #addLine(record: string[], at: Record<CsvColumn, number>): string | undefined {
    if (record.length !== this.#width) return `${record.length} fields instead of ${this.#width}`;
    const order = record[at.order_id]!;
    const productId = record[at.product_id]!;
    const customer = record[at.customer_id]!;
    const created = record[at.created]!;
    const quantity = record[at.quantity]!;
    if (order === "") return "order_id is empty";
    if (productId === "") return "product_id is empty";
    const day = this.#day(created);
    if (day === undefined) return `created ${quoted(created)} is not a date YYYY-MM-DD, with or without a time`;
    const units = Number(quantity);
    if (!DECIMAL.test(quantity) || !Number.isFinite(units)) return `quantity ${quoted(quantity)} is not a number`;
    let product = this.#products.get(productId);
    if (product === undefined) {
      product = this.#products.size;
      this.#products.set(productId, product);
    }
    this.#lines.add(product, customer === "" ? null : customer, day, units, order);
    return undefined;
  }

  #day(created: string): Day | undefined {
    if (!"T ".includes(created.charAt(10))) return undefined;
    const date = created.slice(0, 10);
    let day = this.#days.get(date);
    if (day === undefined) {
      try {
        day = parseDay(date);
      } catch {
        return undefined;
      }
      this.#days.set(date, day);
    }
    return day;
  }

  #error(message: string): SourceError {
    return new SourceError(`CSV file ${this.#settings.file}: ${message}`);
  }
}

/** Lets text pass that is UTF-8 and fails at anything else, so that no id is changed in silence. */
function utf8Only(): Transform {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const decode = (done: TransformCallback, chunk?: Buffer) => {
    try {
      done(null, decoder.decode(chunk, { stream: chunk !== undefined }));
    } catch (cause) {
      done(new Error("not UTF-8 text; convert it first, for example with iconv", { cause }));
    }
  };
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => decode(done, chunk),
    flush: (done) => decode(done),
  });
}
