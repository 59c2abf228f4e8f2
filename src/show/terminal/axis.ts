import { format } from "./format.ts";

/** A vertical axis from 0 in steps of 1, 2 or 5 times a power of ten, each of which ends a row of the chart. */
export interface VerticalAxis {
  /** The value at the upper edge of the top row. */
  readonly height: number;
  /** Rows of characters, 9 to 12. */
  readonly rows: number;
  /** What stands beside each row, the top row first: the value at its upper edge, or nothing. */
  readonly labels: readonly string[];
}

const ROWS_PER_TICK: Readonly<Record<number, number>> = { 1: 10, 2: 6, 3: 4, 4: 3, 5: 2 };

/** @param top largest value to be drawn, ≥ 0. */
export function verticalAxis(top: number): VerticalAxis {
  const step = tickStep(top);
  // A quotient such as 3.0000000000000004 is three ticks.
  const ticks = Math.max(1, Math.ceil(top / step - 1e-9));
  const rowsPerTick = ROWS_PER_TICK[ticks]!;
  const rows = ticks * rowsPerTick;
  const labels = Array.from({ length: rows }, (_, fromTop) => {
    const tick = (rows - fromTop) / rowsPerTick;
    return Number.isInteger(tick) ? format.tick(tick * step) : "";
  });
  return { height: Math.max(top, ticks * step), rows, labels };
}

/** A step that gives three to five ticks. */
function tickStep(top: number): number {
  if (top < 1e-9) return 1;
  const power = 10 ** Math.floor(Math.log10(top));
  const leading = top / power;
  return (leading <= 1 ? 0.2 : leading <= 2 ? 0.5 : leading <= 5 ? 1 : 2) * power;
}

/** A date below a horizontal axis, beginning at a column of it. */
export interface DateMark {
  readonly column: number;
  readonly date: string;
}

/**
 * The dates that stand side by side without touching, those first in the list before others.
 *
 * @param marks most important first.
 * @param width columns there are.
 * @returns from left to right.
 */
export function datesThatFit(marks: readonly DateMark[], width: number): DateMark[] {
  const gap = 2;
  const placed: DateMark[] = [];
  for (const mark of marks) {
    const end = mark.column + mark.date.length;
    const free = placed.every(({ column, date }) => end + gap <= column || column + date.length + gap <= mark.column);
    if (free && end <= width) placed.push(mark);
  }
  return placed.sort((a, b) => a.column - b.column);
}
