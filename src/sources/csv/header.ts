import { parse } from "csv-parse/sync";
import type { Column, ColumnTable } from "./column-names.ts";
import { type Match, matchColumns } from "./columns.ts";
import type { Cell } from "./rows.ts";

/** Above the names of columns there may be a title, a day, or what Excel says of separators. */
const MOST_ABOVE = 20;
const SEPARATORS = [",", ";", "\t", "|"];

export interface Header<Name extends string = Column> {
  /** How many rows come before it, empty ones left out. */
  readonly above: number;
  readonly names: readonly string[];
  readonly match: Match<Name>;
}

/** The row in which the most of the columns that are needed are found, the first of them; nothing where there is no row. */
export function headerIn<Name extends string>(
  rows: readonly (readonly Cell[])[],
  chosen: Partial<Record<Name, string>>,
  table: ColumnTable<Name>,
): Header<Name> | undefined {
  return rows
    .slice(0, MOST_ABOVE)
    .map((cells, above) => {
      const names = cells.map((cell) => (cell === null ? "" : String(cell)));
      return { above, names, match: matchColumns(names, chosen, table) };
    })
    .reduce<Header<Name> | undefined>(
      (best, row) => (best && best.match.found >= row.match.found ? best : row),
      undefined,
    );
}

/**
 * What separates the columns of a text: that by which most of the columns that are needed are found, or there are most.
 *
 * @param beginning some rows at least.
 * @param delimiter where the user has chosen one.
 */
export function separatorIn<Name extends string>(
  beginning: string,
  delimiter: string | undefined,
  chosen: Partial<Record<Name, string>>,
  table: ColumnTable<Name>,
): { separator: string; header: Header<Name> | undefined } {
  const separators = delimiter === undefined ? SEPARATORS : [delimiter];
  return separators
    .map((separator) => ({ separator, header: headerIn(firstRows(beginning, separator), chosen, table) }))
    .reduce((best, next) => (isBetter(next.header, best.header) ? next : best));
}

function isBetter<Name extends string>(header: Header<Name> | undefined, than: Header<Name> | undefined): boolean {
  if (!header || !than) return header !== undefined;
  const [found, before] = [header.match.found, than.match.found];
  return found > before || (found === before && header.names.length > than.names.length);
}

function firstRows(text: string, delimiter: string): string[][] {
  const options = { ...WAY_TO_PARSE, delimiter, to: MOST_ABOVE };
  try {
    return parse(text, options);
  } catch {
    // Whoever reads all of it tells where a quotation mark is not closed.
    return parse(text, { ...options, quote: null });
  }
}

/** Rows of any length; a quotation mark within a value that does not begin with one is part of it. */
export const WAY_TO_PARSE = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  skip_records_with_empty_values: true,
} as const;
