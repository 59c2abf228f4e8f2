import stringWidth from "fast-string-width";
import { printable } from "../../values/printable.ts";
import { cut, pad } from "./text.ts";

export interface TableOptions {
  /** The side at which the cells of each column stand. */
  readonly align: readonly ("left" | "right")[];
  readonly header?: readonly string[];
  /** Columns of the terminal that the table is to fit in, as far as cutting the cells of `shrink` goes. */
  readonly width?: number;
  /** Indexes of the columns whose cells may be cut, down to twelve terminal columns, the first one first. */
  readonly shrink?: readonly number[];
  /** Stands where a cell was cut. */
  readonly ellipsis?: string;
  /** Spaces between two columns. */
  readonly gap?: number;
}

const FEWEST_COLUMNS = 12;

/**
 * Rows as lines of aligned columns, under a header if there is one. Ends with a line break unless there is no line.
 * Control characters in cells become spaces.
 *
 * @param rows one array of cells a row; a missing cell is empty.
 */
export function table(rows: readonly (readonly string[])[], options: TableOptions): string {
  const { align, header, width = Number.POSITIVE_INFINITY, shrink = [], ellipsis, gap = 2 } = options;
  const cells = (header ? [header, ...rows] : rows).map((row) =>
    align.map((_, column) => printable(row[column] ?? "")),
  );
  const natural = align.map((_, column) => cells.reduce((most, row) => Math.max(most, stringWidth(row[column]!)), 0));
  const widths = shrunk(natural, shrink, width - gap * (align.length - 1));
  return cells
    .map((row) => row.map((cell, column) => pad(cut(cell, widths[column]!, ellipsis), widths[column]!, align[column]!)))
    .map((row) => `${row.join(" ".repeat(gap)).trimEnd()}\n`)
    .join("");
}

function shrunk(widths: readonly number[], shrink: readonly number[], width: number): number[] {
  const result = [...widths];
  let over = result.reduce((sum, columns) => sum + columns, 0) - width;
  for (const column of shrink) {
    const taken = Math.max(0, Math.min(over, result[column]! - FEWEST_COLUMNS));
    result[column]! -= taken;
    over -= taken;
  }
  return result;
}
