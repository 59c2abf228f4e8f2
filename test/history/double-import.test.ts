import { describe, expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";

const ORIGIN = parseDay("2025-11-11");

type Row = readonly [customer: string | null, daysAgo: number, quantity: number, order: number];

function historyOf(rows: readonly Row[]) {
  const builder = new OrderLinesBuilder();
  for (const [customer, daysAgo, quantity, order] of rows) builder.add(0, customer, ORIGIN - daysAgo, quantity, order);
  return productHistories(builder.build(), 1, ORIGIN)[0]!;
}

/** An order of one or two lines on most days of a year. */
const ROWS: Row[] = Array.from({ length: 350 }, (_, i): Row[] => {
  const row: Row = [i % 9 === 0 ? null : `${i % 7}`, 1 + i, 1 + (i % 4), i];
  return i % 5 === 0 ? [row, [row[0], row[1], 9, row[3]]] : [row];
}).flat();
const twice = (from: number, until: number) => [
  ...ROWS,
  ...ROWS.filter(([, daysAgo]) => daysAgo <= from && daysAgo >= until),
];

describe("lines that were read twice", () => {
  test.each([
    [30, 1],
    [200, 100],
    [41, 40],
  ])("from %d to %d days ago are counted once", (from, until) => {
    const { doubleImport, ...history } = historyOf(twice(from, until));
    expect(history).toEqual(historyOf(ROWS));
    const copies = ROWS.filter(([, daysAgo]) => daysAgo <= from && daysAgo >= until);
    const quantity = copies.reduce((units, row) => units + row[2], 0);
    expect(doubleImport).toEqual({ from: ORIGIN - from, until: ORIGIN - until, quantity });
  });

  test("are counted once with their returns, in any order of lines", () => {
    const returned: Row[] = [["3", 20, -5, 900]];
    const all = [...twice(30, 1), ...returned, ...returned];
    const { doubleImport, ...history } = historyOf(all.toReversed());
    expect(history).toEqual(historyOf([...ROWS, ...returned]));
    expect(doubleImport!.quantity).toBe(ROWS.reduce((units, [, d, q]) => (d <= 30 ? units + q : units), 0) - 5);
  });

  test("may be those of two imports", () => {
    const rows = [...twice(30, 20), ...ROWS.filter(([, daysAgo]) => daysAgo <= 100 && daysAgo >= 90)];
    expect(historyOf(rows)).toMatchObject({ doubleImport: { from: ORIGIN - 100, until: ORIGIN - 20 } });
  });
});

test.each<[string, Row[]]>([
  ["one line that is on an order twice", twice(44, 44)],
  ["the same line on two orders", [...ROWS, ...ROWS.map(([c, d, q, o]): Row => [c, d, q, 1000 + o])]],
  [
    "days of which only most lines come twice",
    twice(30, 1)
      .filter((_, i) => i < ROWS.length || i % 2 === 0)
      .concat(ROWS.filter(([, d]) => d % 3 === 0 && d < 30).map(([, d, q, o]): Row => ["8", d, q, 2000 + o])),
  ],
  ["a product whose lines come in pairs", [...ROWS, ...ROWS]],
  ["one whose lines often do", [...ROWS, ...ROWS.filter((_, i) => i % 3 > 0)]],
  ["lines that come three times", [...twice(30, 20), ...ROWS.filter(([, d]) => d <= 30 && d >= 20)]],
])("an import is not doubled by %s", (_what, rows) => {
  expect(historyOf(rows).doubleImport).toBeUndefined();
});
