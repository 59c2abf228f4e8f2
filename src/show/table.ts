import { stripVTControlCharacters } from "node:util";
import stringWidth from "string-width";

export interface TableOptions {
  readonly header: readonly string[];
  readonly align: readonly ("left" | "right")[];
  /** Columns of the terminal; longer cells of left-aligned columns are cut to fit. */
  readonly width?: number;
}

const GAP = "  ";

/** Rows as lines of aligned columns under a header; ends with a line break. */
export function table(rows: readonly (readonly string[])[], { header, align, width }: TableOptions): string {
  const cells = [header, ...rows].map((row) => row.map(printable));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => stringWidth(row[column] ?? ""))));
  if (width !== undefined) shrink(widths, align, width - GAP.length * (header.length - 1));
  const lines = cells.map((row) =>
    widths
      .map((columnWidth, column) => aligned(row[column] ?? "", columnWidth, align[column]!))
      .join(GAP)
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

/** Text that may go to a terminal: without control characters. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, " ");
}

/** The beginning of the text, with an ellipsis where it is longer than `width` columns of the terminal. */
export function cut(text: string, width: number, ellipsis = "…"): string {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - ellipsis.length) break;
    kept += segment;
  }
  return kept + ellipsis;
}

/** Takes from the widest of the left-aligned columns until all fit. */
function shrink(widths: number[], align: TableOptions["align"], width: number): void {
  const fewest = 4;
  for (let over = widths.reduce((sum, w) => sum + w, 0) - width; over > 0; over--) {
    const left = widths.map((w, column) => (align[column] === "left" ? w : 0));
    const widest = left.indexOf(Math.max(...left));
    if (widths[widest]! <= fewest) return;
    widths[widest]!--;
  }
}

function aligned(text: string, width: number, align: "left" | "right"): string {
  const fitting = cut(text, width);
  const padding = " ".repeat(Math.max(0, width - stringWidth(fitting)));
  return align === "left" ? fitting + padding : padding + fitting;
}
