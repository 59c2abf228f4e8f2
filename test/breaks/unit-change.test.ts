import { describe, expect, test } from "vitest";
import type { UnitChange } from "../../src/breaks/finding.ts";
import { unitChange } from "../../src/breaks/unit-change.ts";
import { sum } from "../../src/numeric/sum.ts";
import { historyOf, inUnits, type Line, ORIGIN, ordinary } from "./histories.ts";

const BOXES = ordinary(110, 5);
/** The same orders, in pieces until so many days ago. */
const inPieces = (until: number, pieces = 12) =>
  BOXES.map(
    ([daysAgo, customer, quantity]): Line => [daysAgo, customer, daysAgo > until ? pieces * quantity : quantity],
  );
const find = (lines: readonly Line[]) => unitChange(historyOf(lines), ORIGIN);

describe("pieces that become boxes", () => {
  test.each([30, 45, 200, 600])("are found %d days after, and all is counted in boxes", (until) => {
    const found = find(inPieces(until))!;
    expect(found.breaks).toEqual([{ kind: "unit-change", from: expect.any(Number), factor: 1 / 12 }]);
    const { from } = found.breaks[0] as UnitChange;
    expect(Math.abs(from - (ORIGIN - until))).toBeLessThanOrEqual(2);
    const { quantities, customers } = historyOf(BOXES);
    expect(found.history.quantities.length).toBe(quantities.length);
    for (const [week, units] of quantities.entries()) expect(found.history.quantities[week]).toBeCloseTo(units, 9);
    for (const [i, { id, orderQuantities }] of found.history.customers.entries()) {
      expect(id).toBe(customers[i]!.id);
      expect(sum(orderQuantities)).toBeCloseTo(sum(customers[i]!.orderQuantities), 9);
    }
  });

  test("are found as soon as most customers have ordered some", () => {
    const { factor } = find(inPieces(10))!.breaks[0] as UnitChange;
    expect(factor).toBeCloseTo(1 / 12, 1);
  });

  test("are found by three orders of a size that none was of before, and by no three of another", () => {
    const inTurns = (week: number) => `${week % 3}`;
    const pieces = (smallest: number) =>
      Array.from({ length: 100 }, (_, week): Line => [7 * (week + 4), inTurns(week), week % 9 === 0 ? smallest : 12]);
    const boxes = [1, 8, 15].map((daysAgo, week): Line => [daysAgo, inTurns(week), 1]);
    expect(find([...pieces(6), ...boxes])!.breaks).toMatchObject([{ factor: 1 / 12 }]);
    expect(find([...pieces(1), ...boxes])).toBeUndefined();
    expect(find([...pieces(6), ...boxes.slice(1)])).toBeUndefined();
  });

  test("take returns along", () => {
    const found = find([...inPieces(200), [300, "1", -24]])!;
    expect(Math.max(...found.history.returnsPerWeek)).toBeCloseTo(2, 9);
  });

  test("are found in any unit", () => {
    for (const unit of [1e-3, 1e3])
      expect(find(inUnits(inPieces(100), unit))!.breaks).toMatchObject([{ factor: 1 / 12 }]);
  });
});

test("boxes that become pieces are found, too", () => {
  expect(find(inPieces(100, 1 / 6))!.breaks).toMatchObject([{ factor: 6 }]);
});

test.each<[string, readonly Line[]]>([
  ["where nothing changed", BOXES],
  ["where orders became three times as large", inPieces(100, 1 / 3)],
  ["where one customer orders more", BOXES.map(([d, c, q]): Line => [d, c, c === "1" && d < 100 ? 40 * q : q])],
  [
    "where there are more orders as well",
    [...inPieces(100, 1 / 12), ...[0, 1, 2].flatMap(() => BOXES.filter(([d]) => d < 100))].map(
      ([d, c, q], i): Line => [d, i < BOXES.length ? c : `${c}-${i % 3}`, q],
    ),
  ],
  [
    "where other customers order much",
    BOXES.map(([d, c, q]): Line => (d < 100 ? [d, `${c} again`, 12 * q] : [d, c, q])),
  ],
  ["of three orders", inPieces(2)],
])("no other unit is found %s", (_what, lines) => {
  expect(find(lines)).toBeUndefined();
});

test("orders that grow with the season of each year are no change of units", () => {
  const inSummer = (daysAgo: number) => {
    const fromMiddle = ((daysAgo + 60) % 365) - 182;
    return Math.round(40 * Math.exp(-((fromMiddle / 45) ** 2)));
  };
  const lines = ordinary(104, 5).flatMap(([daysAgo, customer]): Line[] => {
    const quantity = inSummer(daysAgo);
    return quantity > 0 ? [[daysAgo, customer, quantity]] : [];
  });
  for (let weeks = 0; weeks < 20; weeks += 2) {
    const until = 7 * weeks;
    const known = lines.filter(([daysAgo]) => daysAgo > until).map((line): Line => [line[0] - until, line[1], line[2]]);
    expect(find(known)).toBeUndefined();
  }
});
