import type { Given } from "../../values/given.ts";
import { noValue } from "../../values/kinds.ts";
import type { Setting } from "../../values/setting.ts";

export const CSV_COLUMNS = ["order_id", "product_id", "customer_id", "created", "quantity"] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

export interface CsvSettings {
  readonly file: string;
  /** Names of the columns in the file where they differ from ours. */
  readonly columns: Partial<Record<CsvColumn, string>>;
  /** Leave rows out that cannot be read, instead of failing. */
  readonly skipBadRows: boolean;
}

const COLUMN_NAMES = {
  flag: "csv-columns",
  placeholder: "NAME=COLUMN[,...]",
  description: "columns of the CSV file that are named otherwise, such as product_id=sku",
  allowed: `pairs such as product_id=sku with commas between, of ${CSV_COLUMNS.join(", ")}`,
  parse: parseColumns,
} satisfies Setting<Partial<Record<CsvColumn, string>>>;
const SKIP_BAD_ROWS = {
  flag: "skip-bad-rows",
  description: "leave rows of the CSV file out that cannot be read",
  ...noValue(),
} satisfies Setting<true>;

export const CSV_SETTINGS = [COLUMN_NAMES, SKIP_BAD_ROWS];

export function readCsvSettings(given: Given, file: string): CsvSettings {
  return { file, columns: given.value(COLUMN_NAMES) ?? {}, skipBadRows: given.value(SKIP_BAD_ROWS) ?? false };
}

function parseColumns(pairs: string): Partial<Record<CsvColumn, string>> | undefined {
  const columns: Partial<Record<CsvColumn, string>> = {};
  for (const pair of pairs.split(",")) {
    const [, ours, theirs] = /^(\w+)=(.+)$/.exec(pair) ?? [];
    const column = CSV_COLUMNS.find((name) => name === ours);
    if (!column || !theirs) return undefined;
    columns[column] = theirs;
  }
  return columns;
}
