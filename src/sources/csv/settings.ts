import type { Given } from "../../values/given.ts";
import { noValue, oneOf, shareOrCount } from "../../values/kinds.ts";
import { listed } from "../../values/list.ts";
import type { Setting } from "../../values/setting.ts";
import { COLUMNS, type Column } from "./column-names.ts";
import { DATE_ORDERS, type DateOrder } from "./dates.ts";
import { decoderOf } from "./encoding.ts";
import type { DecimalSign } from "./quantities.ts";

export interface CsvSettings {
  /** A file, a pattern with `*` or `?` for several, or `-` for standard input. */
  readonly file: string;
  /** Names of the columns in the file, or `#` and their number, where they are not to be found by usual names. */
  readonly columns: Partial<Record<Column, string>>;
  /** What the file does not tell of itself, or tells wrongly; nothing where it is to be found. */
  readonly delimiter: string | undefined;
  /** As TextDecoder names it. */
  readonly encoding: string | undefined;
  readonly dateOrder: DateOrder | undefined;
  readonly decimalSign: DecimalSign | undefined;
  /** Leave rows out that cannot be read, instead of failing. */
  readonly skipBadRows: boolean;
  /** So many of them at most, as a share of all rows or as their number. */
  readonly maxBadRows: { readonly share: number } | { readonly count: number };
}

const DELIMITERS: Readonly<Record<string, string>> = { comma: ",", semicolon: ";", tab: "\t", pipe: "|" };
const DECIMAL_SIGNS: Readonly<Record<string, DecimalSign>> = { comma: ",", point: ".", ",": ",", ".": "." };

const COLUMN_NAMES = {
  flag: "csv-columns",
  env: "FORECAST_CSV_COLUMNS",
  placeholder: "NAME=COLUMN[,...]",
  description: "columns of the CSV file by name or number, such as product_id=sku or quantity=#7",
  allowed: `pairs such as product_id=sku with commas between, of ${COLUMNS.join(", ")}`,
  repeats: true,
  parse: parseColumns,
} satisfies Setting<Partial<Record<Column, string>>>;
const DELIMITER = {
  flag: "csv-delimiter",
  env: "FORECAST_CSV_DELIMITER",
  placeholder: Object.keys(DELIMITERS).join("|"),
  description: "what separates the CSV file's columns, where that is not found",
  allowed: `${Object.keys(DELIMITERS).join(", ")} or one character`,
  parse: (text) => DELIMITERS[text] ?? (text.length === 1 && text !== '"' ? text : undefined),
} satisfies Setting<string>;
const ENCODING = {
  flag: "csv-encoding",
  env: "FORECAST_CSV_ENCODING",
  placeholder: "NAME",
  description: "encoding of the CSV file, where that is not found",
  allowed: "an encoding such as utf-8, utf-16le, windows-1252 or iso-8859-2",
  parse: (name) => {
    try {
      return decoderOf(name).encoding;
    } catch {
      return undefined;
    }
  },
} satisfies Setting<string>;
const DATE = {
  flag: "csv-date",
  env: "FORECAST_CSV_DATE",
  description: "order of day, month and year in the CSV file, where that is not found",
  ...oneOf(DATE_ORDERS),
} satisfies Setting<DateOrder>;
const DECIMAL = {
  flag: "csv-decimal",
  env: "FORECAST_CSV_DECIMAL",
  placeholder: "comma|point",
  description: "what sets off decimals in the CSV file, where that is not found",
  allowed: "comma or point",
  parse: (text) => DECIMAL_SIGNS[text],
} satisfies Setting<DecimalSign>;
const SKIP_BAD_ROWS = {
  flag: "skip-bad-rows",
  description: "leave rows of the CSV file out that cannot be read",
  ...noValue(),
} satisfies Setting<true>;
const MAX_BAD_ROWS = {
  flag: "max-bad-rows",
  env: "FORECAST_MAX_BAD_ROWS",
  fallback: "1%",
  description: "share, or number, of bad rows that may be left out",
  ...shareOrCount(),
} satisfies Setting<CsvSettings["maxBadRows"]>;

export const CSV_SETTINGS = [COLUMN_NAMES, DELIMITER, ENCODING, DATE, DECIMAL, SKIP_BAD_ROWS, MAX_BAD_ROWS];

export function readCsvSettings(given: Given, file: string): CsvSettings {
  return {
    file,
    columns: given.value(COLUMN_NAMES) ?? {},
    delimiter: given.value(DELIMITER),
    encoding: given.value(ENCODING),
    dateOrder: given.value(DATE),
    decimalSign: given.value(DECIMAL),
    skipBadRows: given.value(SKIP_BAD_ROWS) ?? false,
    maxBadRows: given.value(MAX_BAD_ROWS)!,
  };
}

function parseColumns(pairs: string): Partial<Record<Column, string>> | undefined {
  const columns: Partial<Record<Column, string>> = {};
  for (const pair of listed(pairs) ?? [""]) {
    const [, ours, theirs] = /^(\w+)=(.+)$/s.exec(pair) ?? [];
    const column = COLUMNS.find((name) => name === ours);
    if (!column || !theirs) return undefined;
    columns[column] = theirs;
  }
  return columns;
}
