import { describe, expect, test } from "vitest";
import { filledStockOut } from "../../src/breaks/stock-out.ts";
import { every, historyOf, type Line, ORIGIN } from "./histories.ts";

const NO_INDEX = new Float64Array();
const WEEKS = 110;
/** Ten units a week, but for those between two numbers of weeks ago. */
const soldBut = (from: number, until: number): Line[] =>
  every(7, "one", 10, 7 * WEEKS).filter(([daysAgo]) => daysAgo > 7 * from || daysAgo <= 7 * until);
const find = (lines: readonly Line[], index = NO_INDEX) => filledStockOut(historyOf(lines), ORIGIN, 12, index);

describe("weeks of a possible stock-out", () => {
  test("are filled with what the weeks before sold, and are no break of their own", () => {
    const found = find(soldBut(12, 6))!;
    expect(Array.from(found.history.quantities)).toEqual(Array(WEEKS).fill(10));
    expect([found.breaks, found.isOpen]).toEqual([[], false]);
  });

  test("leave open whether the product still sells while they go on", () => {
    const found = find(soldBut(6, 0))!;
    expect(Array.from(found.history.quantities.subarray(-7))).toEqual(Array(7).fill(10));
    expect(found.isOpen).toBe(true);
  });

  test("are filled on the level of all products", () => {
    const index = new Float64Array(WEEKS).fill(1).fill(0.5, WEEKS - 10);
    const { quantities } = find(soldBut(12, 6), index)!.history;
    expect(Array.from(quantities.subarray(-12, -6))).toEqual([10, 10, 5, 5, 5, 5]);
  });

  test("are none where all products rest, and stay empty where they rest in between", () => {
    const resting = (from: number, until: number) =>
      new Float64Array(WEEKS).fill(1).fill(0, WEEKS - from, WEEKS - until);
    expect(find(soldBut(12, 6), resting(12, 6))).toBeUndefined();
    const { quantities } = find(soldBut(14, 6), resting(10, 8))!.history;
    expect(Array.from(quantities.subarray(-14, -6))).toEqual([10, 10, 10, 10, 0, 0, 10, 10]);
  });
});

test("a product that sells every other week has no stock-out", () => {
  expect(find(every(14, "one", 10, 7 * WEEKS).filter(([daysAgo]) => daysAgo > 80))).toBeUndefined();
});
