import fc from "fast-check";
import { expect, test } from "vitest";
import { type BinnedTable, binned, MOST_BINS } from "../../src/trees/bins.ts";

const column = ({ bins, rows }: BinnedTable, feature: number) => [
  ...bins.subarray(feature * rows, (feature + 1) * rows),
];

test("a column is cut halfway between neighbouring values, whatever their order", () => {
  const table = binned(Float64Array.of(8, 1, 2, 4), 1);
  expect([...table.cuts[0]!]).toEqual([1.5, 3, 6]);
  expect(column(table, 0)).toEqual([3, 0, 1, 2]);
});

test("rows become columns", () => {
  const table = binned(Float64Array.of(1, 30, 2, 20, 3, 10), 2);
  expect(table).toMatchObject({ rows: 3, features: 2 });
  expect(table.cuts.map((cuts) => [...cuts])).toEqual([
    [1.5, 2.5],
    [15, 25],
  ]);
  expect(column(table, 0)).toEqual([0, 1, 2]);
  expect(column(table, 1)).toEqual([2, 1, 0]);
});

test("a constant column is not cut, nor is one without rows", () => {
  const constant = binned(new Float64Array(1000).fill(7), 1);
  expect(constant.cuts[0]).toHaveLength(0);
  expect(new Set(column(constant, 0))).toEqual(new Set([0]));
  expect(binned(new Float64Array(0), 1).cuts[0]).toHaveLength(0);
});

test("the same values share a bin, and what is rarer than a bin has none of its own", () => {
  const table = binned(
    Float64Array.from({ length: 1000 }, (_, i) => (i < 970 ? 0 : i < 995 ? 5 : 6)),
    1,
  );
  expect([...table.cuts[0]!]).toEqual([2.5]);
  const halves = binned(
    Float64Array.from({ length: 1000 }, (_, i) => (i < 500 ? -1e9 : i)),
    1,
  );
  expect(halves.cuts[0]![0]).toBe(-1e9 + (500 + 1e9) / 2);
  expect(column(halves, 0).slice(0, 500)).toEqual(Array(500).fill(0));
});

test("many values are cut at their quantiles", () => {
  const { cuts } = binned(
    Float64Array.from({ length: 6400 }, (_, i) => (i * 4567) % 6400),
    1,
  );
  expect([...cuts[0]!]).toEqual(Array.from({ length: MOST_BINS - 1 }, (_, i) => 100 * (i + 1) - 0.5));
});

test("bin b holds the values above cut b − 1 up to cut b", () => {
  const value = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
      const table = binned(Float64Array.from(values), 1);
      const cuts = table.cuts[0]!;
      expect(cuts.length).toBeLessThan(MOST_BINS);
      for (const [row, bin] of column(table, 0).entries()) {
        expect(bin === 0 || values[row]! > cuts[bin - 1]!).toBe(true);
        expect(bin === cuts.length || values[row]! <= cuts[bin]!).toBe(true);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("a value at a cut is below it, as trees take it when they are asked: numbers with none between them are divided", () => {
  // Halfway rounds to the smaller one.
  const { bins, cuts } = binned(Float64Array.of(1, 1 + Number.EPSILON), 1);
  expect([...cuts[0]!]).toEqual([1]);
  expect([...bins]).toEqual([0, 1]);
});
