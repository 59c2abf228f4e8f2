import { describe, expect, test } from "vitest";
import { netMean } from "../../src/demand/level.ts";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import type { TrainingTable } from "../../src/learning/table.ts";
import { SPREAD_FEATURES, type SpreadTrees, trainMean, trainSpread } from "../../src/learning/train.ts";
import { mixed } from "../../src/numeric/random.ts";
import { treeSum } from "../../src/trees/boosted-trees.ts";
import { always } from "../parts/trees.ts";

/** So few that no tree can be divided, and each says the same of all. */
const ROWS_OF_FOLD = 100;

interface Row {
  readonly expected: number;
  readonly shocked?: number;
  readonly orderRate?: number;
  /** Units of each week that came. */
  readonly actual: readonly number[];
}

/** @param of by fold, the rows in turns: each of a fold's row numbers from zero on has its row. */
function tableOf(of: readonly [(row: number) => Row, (row: number) => Row]): TrainingTable {
  const rows = Array.from({ length: 2 * ROWS_OF_FOLD }, (_, i) => of[i % 2]!(i >> 1));
  return {
    horizon: rows[0]!.actual.length,
    features: new Float64Array(rows.length * FEATURE_NAMES.length),
    expected: Float64Array.from(rows, ({ expected }) => expected),
    shockedExpected: Float64Array.from(rows, ({ expected, shocked = expected }) => shocked),
    meanWeek: Float64Array.from(rows, ({ actual }) => netMean(Float64Array.from(actual))),
    actual: Float64Array.from(rows.flatMap(({ actual }) => actual)),
    stretch: new Float64Array(rows.length).fill(1),
    key: Uint32Array.from(rows, (_, i) => mixed(i)),
    orderRate: Float64Array.from(rows, ({ orderRate = 1 }) => orderRate),
    demandClass: new Uint8Array(rows.length),
    fold: Uint8Array.from(rows, (_, i) => i % 2),
  };
}

/** A fold of products that sell nothing, for as many weeks. */
const nothing = (row: (row: number) => Row) => (): Row => ({ expected: 10, actual: row(0).actual.map(() => 0) });
const mean = (row: (row: number) => Row, fold: 0 | 1 = 0) => {
  const other = nothing(row);
  const table = tableOf(fold === 0 ? [row, other] : [other, row]);
  return treeSum(trainMean(table, fold), new Float64Array(FEATURE_NAMES.length));
};

describe("trees of the mean", () => {
  test("learn what came in what was expected with what happened to all products, from the rows of their fold", () => {
    const row = () => ({ expected: 10, shocked: 20, actual: [30, 40, 50] });
    expect(mean(row, 0)).toBeCloseTo(2, 1);
    expect(mean(row, 1)).toBeCloseTo(2, 1);
  });

  test("learn no more from what was far beyond, and nothing below zero from returns", () => {
    expect(mean(() => ({ expected: 1, actual: [5000, 5000] }))).toBeCloseTo(20, -1);
    expect(mean(() => ({ expected: 10, actual: [5, -50] }))).toBeCloseTo(0, 1);
  });

  test("heed rows by their orders a week to the power of 0.7, whatever the units", () => {
    // Orders of 10 to the power of 10/7 a week count ten times: 1 of rows that count 1, 1.1 of those that count 10.
    const both = (row: number): Row => {
      return row % 2 === 0
        ? { expected: 1000, actual: [1000] }
        : { expected: 1, actual: [1.1], orderRate: 10 ** (10 / 7) };
    };
    expect(mean(both)).toBeCloseTo(1 + 0.1 * (10 / 11), 2);
  });

  test("are the same whatever other rows of no bearing there are: rows are drawn by their own keys", () => {
    const row = (row: number): Row => ({ expected: 10, actual: [row] });
    const table = tableOf([row, nothing(row)]);
    const other = tableOf([row, (i) => ({ expected: 10, actual: [7 * i] })]);
    expect(trainMean(other, 0)).toEqual(trainMean(table, 0));
    expect(trainMean({ ...table, key: table.key.map((key) => mixed(key)) }, 0)).not.toEqual(trainMean(table, 0));
  });

  test("are others in the other fold, though the rows be the same: they draw other features and rows", () => {
    const row = (row: number): Row => ({ expected: 10, actual: [row] });
    const table = tableOf([row, row]);
    expect(trainMean(table, 1).threshold).not.toEqual(trainMean(table, 0).threshold);
  });
});

describe("trees of the spread", () => {
  const spread = (row: (row: number) => Row, { otherMean = 2, tail = 0.15, fold = 0 as 0 | 1 } = {}) => {
    const other = nothing(row);
    const table = tableOf(fold === 0 ? [row, other] : [other, row]);
    const trees = trainSpread(table, fold, always(otherMean), tail);
    const said = Object.entries(trees).map(([name, of]) => [name, treeSum(of, new Float64Array(SPREAD_FEATURES))]);
    return Object.fromEntries(said) as Record<keyof SpreadTrees, number>;
  };
  /** Nine weeks of 0.7, 1.4 … 6.3 times twenty units. */
  const WEEKS: Row = { expected: 10, actual: Array.from({ length: 9 }, (_, k) => 14 * (k + 1)) };

  test.each([0, 1] as const)(
    "learn quantiles of a week in units of what the other fold's trees expect, in fold %i",
    (fold) => {
      const { lower, median, upper } = spread(() => WEEKS, { fold });
      // Of nine weeks 1.35 are to lie below and 1.35 above: in the second and the eighth.
      for (const [quantile, value] of [
        [lower, 1.4],
        [median, 3.5],
        [upper, 5.6],
      ] as const) {
        expect(Math.abs(quantile - value)).toBeLessThan(0.3);
      }
    },
  );

  test("learn quantiles of the mean week, which vary less than weeks", () => {
    // Mean weeks from nothing to four times twenty units; weeks are twice as much or nothing.
    const { meanWeekLower, meanWeekUpper } = spread((row) => ({ expected: 10, actual: [0, 1.6 * row] }));
    expect(Math.abs(meanWeekLower - 0.15 * 4)).toBeLessThan(0.2);
    expect(Math.abs(meanWeekUpper - 0.85 * 4)).toBeLessThan(0.2);
  });

  test("are narrower for a greater tail probability, for weeks and for the mean week", () => {
    const row = (row: number) => ({ expected: 10, actual: [1.6 * row] });
    const [narrow, wide] = [0.4, 0.1].map((tail) => spread(row, { tail }));
    expect(wide!.lower).toBeLessThan(narrow!.lower - 0.5);
    expect(wide!.upper).toBeGreaterThan(narrow!.upper + 0.5);
    expect(wide!.meanWeekLower).toBeLessThan(narrow!.meanWeekLower - 0.5);
    expect(wide!.meanWeekUpper).toBeGreaterThan(narrow!.meanWeekUpper + 0.5);
    expect(Math.abs(wide!.median - narrow!.median)).toBeLessThan(1e-12);
  });

  test("learn the accuracy of the other fold's trees, which is none where these expect twice what came", () => {
    const came = (units: number) => spread(() => ({ expected: 10, actual: [units, units] })).accuracy;
    expect(came(20)).toBeCloseTo(1, 1);
    expect(came(25)).toBeCloseTo(0.8, 1);
    expect(came(10)).toBeCloseTo(0, 1);
    expect(came(0)).toBeCloseTo(0, 1);
  });

  test("measure by a fifth of what is expected where the other fold's trees expect less", () => {
    const { median, meanWeekUpper } = spread(() => ({ expected: 10, actual: [4, 4, 4] }), { otherMean: -1 });
    expect(Math.abs(median - 2)).toBeLessThan(0.1);
    expect(Math.abs(meanWeekUpper - 2)).toBeLessThan(0.25);
  });

  test("learn nothing from rows after whose origin something extraordinary happened", () => {
    const row = (row: number): Row => ({ expected: 10, actual: row % 2 === 0 ? [14, 14] : [Number.NaN, Number.NaN] });
    const { median, meanWeekLower } = spread(row);
    expect(Math.abs(median - 0.7)).toBeLessThan(0.1);
    expect(Math.abs(meanWeekLower - 0.7)).toBeLessThan(0.25);
  });

  test("measure by the mean week of the horizon, as it compares with the twelve weeks that the mean is learned for", () => {
    const table = tableOf([() => WEEKS, nothing(() => WEEKS)]);
    const twice = {
      ...table,
      actual: table.actual.map((quantity) => 2 * quantity),
      stretch: table.stretch.map(() => 2),
    };
    const medians = [table, twice].map((of) =>
      treeSum(trainSpread(of, 0, always(2), 0.15).median, new Float64Array(SPREAD_FEATURES)),
    );
    expect(medians[1]).toBeCloseTo(medians[0]!, 9);
  });

  test("heed a week by its orders a week to the power of 0.7, and a mean week by 0.3", () => {
    // A quarter of the rows counts ten times in weeks, and 2.7 times in mean weeks; these sell four units, the others one.
    const large = 10 ** (10 / 7);
    const row = (row: number): Row => {
      return row % 4 === 0 ? { expected: 1, actual: [4], orderRate: large } : { expected: 1, actual: [1] };
    };
    const { median, meanWeekLower } = spread(row, { otherMean: 1, tail: 0.5 });
    expect(median).toBeGreaterThan(3);
    expect(meanWeekLower).toBeLessThan(2);
  });
});
