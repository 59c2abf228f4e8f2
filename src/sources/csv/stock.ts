import { parse } from "csv-parse/sync";
import { brief, quoted } from "../../values/printable.ts";
import { STOCK_COLUMNS, type StockColumn } from "./column-names.ts";
import { TextReader } from "./encoding.ts";
import { type Header, headerIn, separatorIn, WAY_TO_PARSE } from "./header.ts";
import { partsOf } from "./parts.ts";
import { QuantityReader } from "./quantities.ts";
import type { Cell } from "./rows.ts";

/** Units of a product in stock, and on their way there. */
export interface Stock {
  readonly onHand: number;
  readonly onOrder: number;
}

export interface ReadStock {
  /** By product id; several rows of a product, of several places, are added up. */
  readonly stock: ReadonlyMap<string, Stock>;
  /** How the file was read, a line each. */
  readonly said: readonly string[];
}

/**
 * Reads a file of what is in stock like one of orders: text with any separator, encoding and decimal sign, or Excel, with a
 * column of product ids, one of what is on hand and, if it has that, one of what is on order. An empty quantity is none.
 *
 * @throws Error naming the file, and the row where one cannot be read.
 */
export async function readStock(file: string): Promise<ReadStock> {
  const stock = new Map<string, Stock>();
  const said: string[] = [];
  try {
    for await (const part of partsOf(file)) {
      const { rows, header, separator } = "text" in part ? await textRows(part.text) : await sheetRows(part.workbook);
      if (!header) throw new Error("the file is empty");
      if (header.match.problem !== undefined) throw new Error(header.match.problem);
      addUp(rows, header, new QuantityReader(undefined, separator), stock);
      said.push(...header.match.said);
    }
  } catch (error) {
    throw new Error(`stock file ${file}: ${(error as Error).message}`, { cause: error });
  }
  return { stock, said };
}

interface Rows {
  readonly rows: readonly (readonly Cell[])[];
  readonly header: Header<StockColumn> | undefined;
  readonly separator?: string;
}

async function textRows(bytes: AsyncIterable<Buffer>): Promise<Rows> {
  const reader = new TextReader(undefined);
  let text = "";
  for await (const chunk of bytes) text += reader.read(chunk);
  text += reader.end();
  const { separator, header } = separatorIn(text, undefined, {}, STOCK_COLUMNS);
  return { rows: parse(text, { ...WAY_TO_PARSE, delimiter: separator }), header, separator };
}

async function sheetRows(workbook: Buffer): Promise<Rows> {
  const { sheetsOf } = await import("./excel.ts");
  const sheets = (await sheetsOf(workbook)).map(({ rows }) => ({ rows, header: headerIn(rows, {}, STOCK_COLUMNS) }));
  const found = ({ header }: Rows) => header?.match.found ?? 0;
  return sheets.reduce((best, next) => (found(next) > found(best) ? next : best));
}

function addUp(
  rows: Rows["rows"],
  { above, names, match }: Header<StockColumn>,
  reader: QuantityReader,
  stock: Map<string, Stock>,
): void {
  const { positions: at } = match;
  const textIn = (cells: readonly Cell[], column: StockColumn) => String(cells[at[column]] ?? "").trim();
  const below = [...rows.entries()].slice(above + 1);
  for (const [, cells] of below) for (const column of QUANTITIES) reader.vote(textIn(cells, column));
  reader.decide();
  for (const [index, cells] of below) {
    const quantity = (column: (typeof QUANTITIES)[number]) => {
      const text = textIn(cells, column);
      const units = text === "" ? 0 : typeof cells[at[column]] === "number" ? Number(text) : reader.read(text);
      if (typeof units === "number") return units;
      const what = units === undefined ? "is not a number" : "may be two numbers: write it without thousands";
      throw new Error(`row ${index + 1}: ${brief(names[at[column]]!)} ${quoted(text)} ${what}`);
    };
    const product = textIn(cells, "product_id");
    if (product === "") continue;
    const before = stock.get(product) ?? { onHand: 0, onOrder: 0 };
    stock.set(product, {
      onHand: before.onHand + quantity("on_hand"),
      onOrder: before.onOrder + quantity("on_order"),
    });
  }
}

const QUANTITIES = ["on_hand", "on_order"] as const;
