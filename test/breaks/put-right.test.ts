import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { putRight } from "../../src/breaks/put-right.ts";
import { compareIds } from "../../src/history/ids.ts";
import { every, historyOf, inUnits, type Line, ORIGIN, ordinary } from "./histories.ts";

const HORIZON = 12;
const NO_INDEX = new Float64Array();
const kindsOf = (lines: readonly Line[], index = NO_INDEX) =>
  putRight(historyOf(lines), ORIGIN, HORIZON, index).breaks.map(({ kind }) => kind);

test("where nothing is found the history is the very same", () => {
  const history = historyOf(ordinary(110));
  const put = putRight(history, ORIGIN, HORIZON, NO_INDEX);
  expect(put).toEqual({ history, breaks: [], due: new Float64Array(HORIZON), isOpen: false });
  expect(put.history).toBe(history);
});

describe("of several breaks each is found for what it is:", () => {
  const gone = every(7, "large", 100, 43 + 7 * 100, 43);

  test("a customer who is gone is no shift of the level", () => {
    expect(kindsOf([...ordinary(110), ...gone])).toEqual(["customer-lost"]);
  });

  test("another unit is no shift of the level, and hides no customer who is gone", () => {
    const lines = [...ordinary(110, 6), ...gone].map(([day, customer, quantity]): Line => {
      return [day, customer, day > 300 ? 12 * quantity : quantity];
    });
    expect(kindsOf(lines)).toEqual(["unit-change", "customer-lost"]);
  });

  test("a yearly order is no outlier of the level", () => {
    const school = [340, 705, 1070].map((daysAgo): Line => [daysAgo, "school", 3000]);
    const tripled = ordinary(180).map(([day, customer, quantity]): Line => {
      return [day, customer, day > 42 ? quantity : 3 * quantity];
    });
    expect(kindsOf([...tripled, ...school])).toEqual(["yearly-order", "level-shift"]);
  });
});

test("what happened to all products is no break of one", () => {
  const tripled = ordinary(120).map(([day, customer, quantity]): Line => {
    return [day, customer, day > 42 ? quantity : 3 * quantity];
  });
  const market = Float64Array.from({ length: 120 }, (_, week) => (week < 114 ? 1 : 3));
  expect(kindsOf(tripled)).toEqual(["level-shift"]);
  expect(kindsOf(tripled, market)).toEqual([]);
});

const anyLines = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 1200 }),
    fc.option(fc.constantFrom("1", "2", "3", "b")),
    fc.oneof(fc.integer({ min: -20, max: 60 }), fc.constantFrom(500, 2000)),
  ),
  { maxLength: 120 },
);

test("any history stays one", () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      const raw = historyOf(lines);
      const { history, due } = putRight(raw, ORIGIN, HORIZON, NO_INDEX);
      const weeks = history.quantities.length;
      expect(weeks).toBeLessThanOrEqual(raw.quantities.length);
      expect([history.customersPerWeek, history.ordersPerWeek, history.returnsPerWeek].map((c) => c.length)).toEqual(
        Array(3).fill(weeks),
      );
      expect(history.quantities.every(Number.isFinite)).toBe(true);
      expect(due.every((units) => units >= 0 && Number.isFinite(units))).toBe(true);
      for (const { orderDays, orderQuantities } of history.customers) {
        expect(orderDays.length).toBeGreaterThan(0);
        expect(orderDays).toEqual(orderDays.toSorted());
        expect(orderDays[0]).toBeGreaterThanOrEqual(ORIGIN - 7 * weeks);
        expect(orderQuantities.length).toBe(orderDays.length);
      }
      const inOrder = history.customers.toSorted((a, b) => a.orderDays[0]! - b.orderDays[0]! || compareIds(a.id, b.id));
      expect(history.customers).toEqual(inOrder);
    }),
  );
});

test("what is found does not depend on the unit", () => {
  fc.assert(
    fc.property(anyLines, fc.constantFrom(0.5, 8, 1024), (lines, unit) => {
      expect(kindsOf(inUnits(lines, unit))).toEqual(kindsOf(lines));
    }),
  );
});
