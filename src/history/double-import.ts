import type { Day } from "./calendar.ts";
import { copiesAmong } from "./doubled-days.ts";
import { endOfDay, type OrderLines } from "./order-lines.ts";

/** Order lines of a product that were read twice. */
export interface DoubleImport {
  /** The first day of such lines, and the last. */
  readonly from: Day;
  readonly until: Day;
  /** Net units of the second copies. */
  readonly quantity: number;
}

/** What a habit of the product, such as pairs on an order, is supposed to be at least: a line in so many. */
const LINES_A_PAIR = 100;
/** Days on which all lines are doubled are no import if they are to be expected so often by that habit. */
const EXPECTED_BY_HABIT = 0.01;
/** Lines that are not doubled, as a share of those that are, at least: otherwise nothing tells that they should not be. */
const LEAST_SINGLE = 0.5;

/** The lines of the product on a day. */
interface DayOfLines {
  readonly day: Day;
  rows: number;
  /** Rows that repeat another one: half of those that come an even number of times. */
  readonly copies: number[];
  /** How many different lines are repeated so. */
  repeated: number;
}

/**
 * Leaves out second copies of what was imported twice: on days of which all products together say so, and on days, one after the
 * other, on which every line of this product comes exactly twice (the same order, customer and quantity), as its habit would not have
 * it.
 *
 * @param rows of a product, by customer, then by day.
 * @returns the rows without second copies, and what was left out; the very same rows where nothing was. Where no line is repeated,
 *   as of nearly all products, none was at any time before.
 */
export function withoutDoubles(
  lines: OrderLines,
  rows: Int32Array,
  doubledDays: ReadonlySet<Day>,
): { rows: Int32Array; isRepeated: boolean; found?: DoubleImport } {
  const copies = copiesOn(lines, rows, doubledDays);
  const days = daysOf(lines, without(rows, copies));
  const repeated = repeatedOn(days);
  const isRepeated = repeated > 0 || copies.size > 0;
  if (!isRepeated) return { rows, isRepeated };
  for (const row of copiesByHabit(days, repeated, rows.length - copies.size)) copies.add(row);
  if (copies.size === 0) return { rows, isRepeated };
  const found = { from: Number.POSITIVE_INFINITY, until: Number.NEGATIVE_INFINITY, quantity: 0 };
  for (const row of copies) {
    found.from = Math.min(found.from, lines.day[row]!);
    found.until = Math.max(found.until, lines.day[row]!);
    found.quantity += lines.quantity[row]!;
  }
  return { rows: without(rows, copies), isRepeated, found };
}

function without(rows: Int32Array, copies: ReadonlySet<number>): Int32Array {
  return copies.size === 0 ? rows : rows.filter((row) => !copies.has(row));
}

function copiesOn(lines: OrderLines, rows: Int32Array, doubledDays: ReadonlySet<Day>): Set<number> {
  const copies = new Set<number>();
  if (doubledDays.size === 0) return copies;
  for (let begin = 0, end = 0; begin < rows.length; begin = end) {
    end = endOfDay(lines, rows, begin);
    if (!doubledDays.has(lines.day[rows[begin]!]!)) continue;
    for (const row of copiesAmong(lines, rows.subarray(begin, end))) copies.add(row);
  }
  return copies;
}

/** @param lines how many there are, and `repeated` how many of them are repeated. */
function copiesByHabit(days: readonly DayOfLines[], repeated: number, lines: number): readonly number[] {
  const once = lines - days.reduce((count, { copies }) => count + copies.length, 0);
  const copies = runsOfDoubledDays(days)
    .filter((run) => {
      const habit = (repeated - repeatedOn(run) + 1) / (once + LINES_A_PAIR);
      let expected = once;
      for (let line = 0; line < repeatedOn(run); line++) expected *= habit;
      return expected < EXPECTED_BY_HABIT;
    })
    .flatMap((run) => run.flatMap((day) => day.copies));
  return once - copies.length < LEAST_SINGLE * copies.length ? [] : copies;
}

function repeatedOn(days: readonly DayOfLines[]): number {
  return days.reduce((count, { repeated }) => count + repeated, 0);
}

/** @returns the days in order, or none where no line is repeated, as of nearly all products. */
function daysOf(lines: OrderLines, rows: Int32Array): DayOfLines[] {
  const repeats = repeatsAmong(lines, rows);
  if (repeats.length === 0) return [];
  const days = new Map<Day, DayOfLines>();
  for (const row of rows) {
    const day = lines.day[row]!;
    const known = days.get(day);
    if (known) known.rows++;
    else days.set(day, { day, rows: 1, copies: [], repeated: 0 });
  }
  for (const copies of repeats) {
    const day = days.get(lines.day[copies[0]!]!)!;
    day.copies.push(...copies);
    day.repeated++;
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

/** @returns of each line that comes an even number of times half of its rows. */
function repeatsAmong(lines: OrderLines, rows: Int32Array): Int32Array[] {
  const { order, quantity } = lines;
  const repeats: Int32Array[] = [];
  const same = (a: number, b: number) => order[a] === order[b] && quantity[a] === quantity[b];
  for (let begin = 0, end = 0; begin < rows.length; begin = end) {
    end = endOfDay(lines, rows, begin);
    if (end - begin === 1) continue;
    const group = rows.slice(begin, end).sort((a, b) => order[a]! - order[b]! || quantity[a]! - quantity[b]!);
    for (let from = 0, to = 0; from < group.length; from = to) {
      while (to < group.length && same(group[to]!, group[from]!)) to++;
      if ((to - from) % 2 === 0) repeats.push(group.subarray(from + (to - from) / 2, to));
    }
  }
  return repeats;
}

/** Days with lines that follow each other, on all of which each line is repeated. */
function runsOfDoubledDays(days: readonly DayOfLines[]): DayOfLines[][] {
  const runs: DayOfLines[][] = [];
  for (const [i, day] of days.entries()) {
    const isDoubled = ({ rows, copies }: DayOfLines) => rows === 2 * copies.length;
    if (!isDoubled(day)) continue;
    if (i > 0 && isDoubled(days[i - 1]!)) runs.at(-1)!.push(day);
    else runs.push([day]);
  }
  return runs;
}
