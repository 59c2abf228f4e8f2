import { parseDay } from "../history/calendar.ts";
import { simulateOrders } from "../simulation/wholesaler.ts";
import { type CsvSettings, readCsv } from "./csv/reader.ts";
import { type SharedOrderBook, shareOrderBook } from "./memory/order-book.ts";
import { MemorySource } from "./memory/source.ts";
import type { Period, Source } from "./source.ts";
import { readSqlite } from "./sqlite/reader.ts";
import { type SqlServerSettings, SqlServerSource } from "./sqlserver/source.ts";

export type SourceSettings =
  | ({ readonly kind: "mssql" } & SqlServerSettings)
  | { readonly kind: "sqlite"; readonly file: string }
  | ({ readonly kind: "csv" } & CsvSettings)
  | { readonly kind: "demo" };

/** What a thread needs to open the source; it can be sent to one. */
export type SourceHandle =
  | Extract<SourceSettings, { kind: "mssql" }>
  | { readonly kind: "memory"; readonly book: SharedOrderBook };

export interface PreparedSource {
  readonly handle: SourceHandle;
  /** Rows of a CSV file that were left out. */
  readonly skippedRows: number;
}

const DEMO = { seed: 1, products: 500, customers: 300, start: parseDay("2019-01-01") };

/** Does once what all threads share: a file is read into memory, a simulation is made. */
export async function prepareSource(settings: SourceSettings, period: Period): Promise<PreparedSource> {
  switch (settings.kind) {
    case "mssql":
      return { handle: settings, skippedRows: 0 };
    case "sqlite":
      return { handle: { kind: "memory", book: await readSqlite(settings.file, period) }, skippedRows: 0 };
    case "csv": {
      const { book, skippedRows } = await readCsv(settings);
      return { handle: { kind: "memory", book: shareOrderBook(book) }, skippedRows };
    }
    case "demo":
      return {
        handle: { kind: "memory", book: shareOrderBook(simulateOrders({ ...DEMO, end: period.origin })) },
        skippedRows: 0,
      };
  }
}

/** The same source for a thread that asks for no names, so that they need not be copied. */
export function withoutNames(handle: SourceHandle): SourceHandle {
  if (handle.kind !== "memory") return handle;
  return { ...handle, book: { ...handle.book, names: { products: new Map(), customers: new Map() } } };
}

export function openSource(handle: SourceHandle): Source {
  switch (handle.kind) {
    case "mssql":
      return new SqlServerSource(handle);
    case "memory":
      return new MemorySource(handle.book);
  }
}
