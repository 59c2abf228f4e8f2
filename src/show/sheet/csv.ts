import { isIntegerId } from "../../history/ids.ts";
import { printable } from "../../values/printable.ts";
import type { Column } from "./columns.ts";

const BYTE_ORDER_MARK = "\ufeff";
/** What a spreadsheet takes for a formula (OWASP, CSV Injection), in its wide forms, too. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/**
 * Rows as lines of a CSV file, a header first. Texts that a spreadsheet would take for a formula have an apostrophe before
 * them.
 *
 * @param locale of a reader whose Excel shall open it: its decimal sign and separator, headers in words, and the mark by
 *   which Excel knows UTF-8. Without one the file is for programs: commas, points, and the names of documents.
 */
export async function* csvLines<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  locale: string | undefined,
): AsyncGenerator<string> {
  const decimal = locale !== undefined && new Intl.NumberFormat(locale).format(1.5).includes(",") ? "," : ".";
  const separator = decimal === "," ? ";" : ",";
  const end = locale === undefined ? "\n" : "\r\n";
  const line = (cells: readonly string[]) => `${cells.map((cell) => quoted(cell, separator)).join(separator)}${end}`;
  const cellOf = (value: ReturnType<Column<Row>["value"]>) =>
    typeof value === "number" ? String(value).replace(".", decimal) : harmless(value ?? "");
  yield (locale === undefined ? "" : BYTE_ORDER_MARK) +
    line(columns.map(({ key, header }) => (locale === undefined ? key : header)));
  for await (const row of rows) yield line(columns.map(({ value }) => cellOf(value(row))));
}

function harmless(text: string): string {
  const shown = printable(text);
  return FORMULA.test(shown) && !isIntegerId(shown) ? `'${shown}` : shown;
}

function quoted(cell: string, separator: string): string {
  return cell.includes(separator) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
