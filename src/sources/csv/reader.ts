import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parse } from "csv-parse";
import type { OrderBook } from "../../history/order-book.ts";
import { COUNT } from "../../values/count.ts";
import { quoted } from "../../values/printable.ts";
import { SourceError } from "../source.ts";
import { OrderCollector } from "./collector.ts";
import { ORDER_COLUMNS } from "./column-names.ts";
import { TextReader } from "./encoding.ts";
import { type Header, headerIn, separatorIn, WAY_TO_PARSE } from "./header.ts";
import { filesNamed, partsOf } from "./parts.ts";
import { RowReader } from "./rows.ts";
import type { CsvSettings } from "./settings.ts";

/** Characters at the beginning of a text that tell what separates its columns. */
const BEGINNING = 65_536;
const SEPARATORS: Readonly<Record<string, string>> = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" };

export interface ReadOrders {
  readonly book: OrderBook;
  /** How the files were read, and what was left out though nothing is wrong with it, a line each. */
  readonly said: readonly string[];
  /** What may be wrong, bad rows that were left out among it, a line each. */
  readonly warnings: readonly string[];
}

/**
 * Reads files of order lines: text with a row of names and a separator, or Excel workbooks, alone or in archives. An empty
 * `customer_id` is an order line of an unknown customer.
 *
 * @throws SourceError for a missing or damaged file, a missing column, what can be read in several ways and, unless they are
 *   few and to be left out, for bad rows.
 */
export async function readCsv(settings: CsvSettings): Promise<ReadOrders> {
  const orders = new OrderCollector();
  const ways = new Map<string, string[]>();
  let name = settings.file;
  let parts = 0;
  try {
    const files = await filesNamed(settings.file);
    for (const file of files) {
      name = file;
      for await (const part of partsOf(file)) {
        name = part.name;
        parts++;
        const where = files.length > 1 || name !== file ? `${name}, ` : "";
        const lines =
          "text" in part
            ? readText(part.text, where, settings, orders)
            : readExcel(part.workbook, where, settings, orders);
        for (const line of await lines) ways.set(line, [...(ways.get(line) ?? []), name]);
      }
    }
  } catch (error) {
    throw failure(name, error);
  }
  checkBadRows(orders, settings);
  const said = Array.from(ways, ([line, [first, ...more]]) => {
    if (1 + more.length === parts) return line;
    return `${first}${more.length === 0 ? "" : ` and ${COUNT.format(more.length)} more`}: ${line}`;
  });
  return {
    book: orders.build(),
    said: [...said, ...orders.said],
    warnings: [...leftOutRows(orders), ...orders.warnings],
  };
}

/** @returns how it was read, a line each. */
async function readText(
  bytes: AsyncIterable<Buffer>,
  where: string,
  settings: CsvSettings,
  orders: OrderCollector,
): Promise<string[]> {
  const reader = new TextReader(settings.encoding);
  const chunks = textOf(bytes, reader);
  let beginning = "";
  while (beginning.length < BEGINNING) {
    const { done, value } = await chunks.next();
    if (done) break;
    beginning += value;
  }
  const { separator, header } = separatorIn(beginning, settings.delimiter, settings.columns, ORDER_COLUMNS);
  const { above, names, match } = known(header);
  const rows = new RowReader(match, names, { ...settings, where, separator }, orders);
  const parser = parse({ ...WAY_TO_PARSE, info: true, delimiter: separator });
  let toSkip = above + 1;
  parser.on("data", ({ record, info }: { record: string[]; info: { lines: number } }) => {
    if (toSkip > 0) {
      toSkip--;
      return;
    }
    try {
      rows.add({ cells: record, number: info.lines });
    } catch (error) {
      parser.destroy(error as Error);
    }
  });
  await pipeline(Readable.from(continued(beginning, chunks)), parser);
  rows.end();
  const separators = SEPARATORS[separator] ?? quoted(separator);
  return [`read as: ${separators}, ${reader.encoding}, ${rows.format}`, ...match.said];
}

async function readExcel(
  workbook: Buffer,
  where: string,
  settings: CsvSettings,
  orders: OrderCollector,
): Promise<string[]> {
  const { sheetsOf } = await import("./excel.ts");
  const sheets = (await sheetsOf(workbook)).map((sheet) => ({
    ...sheet,
    header: headerIn(sheet.rows, settings.columns, ORDER_COLUMNS),
  }));
  const found = ({ header }: (typeof sheets)[number]) => header?.match.found ?? 0;
  const sheet = sheets.reduce((best, next) => (found(next) > found(best) ? next : best));
  const { above, names, match } = known(sheet.header);
  const rows = new RowReader(match, names, { ...settings, where }, orders);
  for (const [index, cells] of sheet.rows.entries()) {
    if (index > above && cells.some((cell) => cell !== null)) rows.add({ cells, number: index + 1 });
  }
  rows.end();
  return [`read as: Excel, sheet ${quoted(sheet.name)}`, ...match.said];
}

/** @throws Error where the columns that are needed are not there. */
function known(header: Header | undefined): Header {
  if (!header) throw new Error("the file is empty");
  if (header.match.problem !== undefined) throw new Error(header.match.problem);
  return header;
}

async function* textOf(bytes: AsyncIterable<Buffer>, reader: TextReader): AsyncGenerator<string> {
  for await (const chunk of bytes) yield reader.read(chunk);
  yield reader.end();
}

async function* continued(beginning: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield beginning;
  yield* rest;
}

/** @throws SourceError where rows are bad, unless they are few and to be left out. */
function checkBadRows({ bad, rows }: OrderCollector, { file, skipBadRows, maxBadRows }: CsvSettings): void {
  const most = "count" in maxBadRows ? maxBadRows.count : maxBadRows.share * rows;
  if (bad.count === 0 || (skipBadRows && bad.count <= most)) return;
  const advice = skipBadRows ? "more than --max-bad-rows lets be left out" : "--skip-bad-rows leaves such rows out";
  const [first, ...more] = bad.first;
  if (more.length === 0) throw new SourceError(`CSV file ${file}: ${first} (${advice})`);
  const count = `${COUNT.format(bad.count)} of ${COUNT.format(rows)} rows`;
  throw new SourceError(`CSV file ${file}: ${count} cannot be read: ${bad.kinds} (${advice})`, { details: bad.first });
}

function leftOutRows({ bad }: OrderCollector): string[] {
  if (bad.count === 0) return [];
  const what = bad.count === 1 ? "bad row of the source is" : "bad rows of the source are";
  return [`${COUNT.format(bad.count)} ${what} left out: ${bad.kinds}`, ...bad.first];
}

function failure(name: string, error: unknown): SourceError {
  if (error instanceof SourceError) return error;
  const { code, message } = error as NodeJS.ErrnoException;
  const isDamaged = code === "Z_DATA_ERROR" || code === "Z_BUF_ERROR";
  const told = isDamaged ? `damaged gzip data (${message})` : code === "EISDIR" ? "it is a folder" : message;
  return new SourceError(`CSV file ${name}: ${told}`, { cause: error });
}
