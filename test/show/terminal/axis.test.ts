import fc from "fast-check";
import { expect, test } from "vitest";
import { datesThatFit, verticalAxis } from "../../../src/show/terminal/axis.ts";

const ticks = (top: number) => verticalAxis(top).labels.filter((label) => label !== "");

test("ticks are round numbers up to the first that is not below the largest value", () => {
  expect(ticks(97)).toEqual(["100", "80", "60", "40", "20"]);
  expect(ticks(100)).toEqual(["100", "80", "60", "40", "20"]);
  expect(ticks(101)).toEqual(["150", "100", "50"]);
  expect(ticks(3)).toEqual(["3", "2", "1"]);
  expect(ticks(0.6)).toEqual(["0.6", "0.4", "0.2"]);
  expect(ticks(0.0025)).toEqual(["0.003", "0.002", "0.001"]);
  expect(ticks(0.000001)).toEqual(["0.000001", "0.0000008", "0.0000006", "0.0000004", "0.0000002"]);
  expect(ticks(0.17)).toEqual(["0.2", "0.15", "0.1", "0.05"]);
  expect(ticks(1620)).toEqual(["2,000", "1,500", "1,000", "500"]);
  expect(ticks(720_000)).toEqual(["800,000", "600,000", "400,000", "200,000"]);
  expect(ticks(2.4e6)).toEqual(["3M", "2M", "1M"]);
  expect(ticks(0)).toEqual(["1"]);
});

test("whatever the largest value, it is within the axis and fills more than half of it", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-6, max: 1e300, noNaN: true }), (top) => {
      const { height, rows, labels } = verticalAxis(top);
      expect(height).toBeGreaterThanOrEqual(top);
      expect(top / height).toBeGreaterThan(0.6);
      expect(labels).toHaveLength(rows);
      expect(rows).toBeGreaterThanOrEqual(10);
      expect(rows).toBeLessThanOrEqual(12);
    }),
  );
});

test("dates stand side by side, the important ones first", () => {
  const mark = (column: number) => ({ column, date: "2025-11-11" });
  expect(datesThatFit([mark(20), mark(11), mark(8), mark(32), mark(41)], 50)).toEqual([mark(8), mark(20), mark(32)]);
});
