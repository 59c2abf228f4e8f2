import { type ChartOptions, chart } from "../../../src/show/terminal/chart.ts";
import type { ForecastWeek, PastWeek } from "../../../src/show/weeks.ts";

export const ORIGIN = Temporal.PlainDate.from("2025-11-11");
const UNICODE_BARS = " ▁▂▃▄▅▆▇█";

function pastOf(quantities: readonly number[]): PastWeek[] {
  return quantities.map((quantity, i) => ({
    date: ORIGIN.subtract({ weeks: quantities.length - i }).toString(),
    quantity,
  }));
}

function forecastOf(quantity: number, lower: number, upper: number, weeks = 12): ForecastWeek[] {
  return Array.from({ length: weeks }, (_, week) => ({
    date: ORIGIN.add({ weeks: week }).toString(),
    quantity,
    lower,
    upper,
  }));
}

/** A chart of past weeks, and of weeks to come that are all alike: mean and bounds. */
export function drawn(
  quantities: readonly number[],
  week: [number, number, number],
  options: Partial<ChartOptions> = {},
  weeks = 12,
): string[] {
  return chart(pastOf(quantities), forecastOf(...week, weeks), { width: 80, ascii: false, level: 0.8, ...options });
}

export const rowsOf = (lines: readonly string[]) =>
  lines.filter((line) => line.includes("┊") && !line.includes("origin"));
/** Columns left of the weeks. */
export const PLOT = "1,000,0┤".length;

/** Columns left and right of the origin, cells from the lowest row up, the top of the axis, and rows. */
export function readBack(lines: readonly string[]) {
  const rows = rowsOf(lines);
  const origin = rows[0]!.indexOf("┊");
  const width = Math.max(...rows.map(({ length }) => length));
  const column = (at: number) => rows.map((row) => row[at] ?? " ").reverse();
  const columns = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => column(from + i));
  const top = Number(rows[0]!.slice(0, PLOT - 1).replaceAll(",", ""));
  return { past: columns(PLOT, origin), forecast: columns(origin + 1, width), top, rows: rows.length };
}

/** Eighths of a row that a column is filled. */
export function eighths(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell === "▓" ? 8 : Math.max(0, UNICODE_BARS.indexOf(cell))), 0);
}
