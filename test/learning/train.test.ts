import { describe, expect, test } from "vitest";
import type { SpreadName } from "../../src/learning/demand-trees.ts";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import { SPREAD_FEATURES, spreadRows, trainMean, trainSpread } from "../../src/learning/train.ts";
import { type BoostingOptions, treeSum } from "../../src/trees/boosted-trees.ts";
import { type TableRow, tableOf } from "../parts/table.ts";

/** So few that no tree can be divided, and each says the same of all. */
const ROWS = 100;
const OPTIONS: BoostingOptions = {
  ...{ trees: 250, leaves: 16, learningRate: 0.1, leastRows: 200, l2: 1 },
  ...{ featureFraction: 0.25, subsample: 0.5, seed: 1 },
};
/** Every other row of a table: products that are learned from stand between others that sell nothing. */
const LEARNED = Array.from({ length: ROWS }, (_, row) => 2 * row);

/** @param of each of the rows that are learned from, by number from zero on. */
function tableWith(of: (row: number) => TableRow) {
  return tableOf(LEARNED.flatMap((_, row) => [of(row), { ...of(row), came: [0] }]));
}

describe("trees of the mean", () => {
  const mean = (of: (row: number) => TableRow, start = 0) => {
    const trees = trainMean(tableWith(of), LEARNED, new Float64Array(ROWS).fill(start), OPTIONS);
    return start + treeSum(trees, new Float64Array(FEATURE_NAMES.length));
  };

  test("learn what came in what was expected with what happened to all products, from the rows that are given", () => {
    expect(mean(() => ({ expected: 10, shocked: 20, came: [30, 40, 50] }))).toBeCloseTo(2, 2);
  });

  test("learn what is missing to what is predicted before", () => {
    for (const start of [0.5, 2, 3]) expect(mean(() => ({ expected: 10, came: [20] }), start)).toBeCloseTo(2, 2);
  });

  test("learn no more from what was far beyond, and nothing below zero from returns", () => {
    expect(mean(() => ({ expected: 1, came: [5000] }), 15)).toBeCloseTo(20, 1);
    expect(mean(() => ({ expected: 10, came: [5, -50] }))).toBeCloseTo(0, 2);
  });

  test("heed rows by their orders a week to the power of 0.7, whatever the units", () => {
    // Orders of 10 to the power of 10/7 a week count ten times: 1 of rows that count 1, 1.1 of those that count 10.
    const both = (row: number): TableRow => {
      return row % 2 === 0 ? { expected: 1000, came: [1000] } : { expected: 1, came: [1.1], orderRate: 10 ** (10 / 7) };
    };
    expect(mean(both)).toBeCloseTo(1 + 0.1 * (10 / 11), 2);
  });

  test("are the same whatever other rows of no bearing there are: rows are drawn by their own keys", () => {
    const of = (row: number): TableRow => ({ expected: 10, came: [row] });
    const start = new Float64Array(ROWS);
    const table = tableWith(of);
    const trees = trainMean(table, LEARNED, start, OPTIONS);
    const alone = tableOf(LEARNED.map((_, row) => of(row)));
    const keys = Uint32Array.from(LEARNED, (i) => table.key[i]!);
    expect(trainMean({ ...alone, key: keys }, [...alone.fold.keys()], start, OPTIONS)).toEqual(trees);
    expect(trainMean({ ...table, key: table.key.map((key) => key + 1) }, LEARNED, start, OPTIONS)).not.toEqual(trees);
  });

  test("of products of which nothing was sold for a year say nothing more than was known", () => {
    expect(mean(() => ({ expected: 10, came: [0], orderRate: 0 }), 0.7)).toBeCloseTo(0.7, 12);
  });
});

describe("trees of the spread", () => {
  /** @param mean units a week that are predicted of each row, of which ten are expected. */
  const spread = (of: (row: number) => TableRow, { mean = 20, start = 1 } = {}) => {
    const table = tableWith(of);
    const rows = spreadRows(table, LEARNED, () => mean);
    const trees = trainSpread(table, rows, () => new Float64Array(rows.rows.length).fill(start), OPTIONS);
    const said = Object.entries(trees).map(([name, added]) => [
      name,
      start + treeSum(added, new Float64Array(SPREAD_FEATURES)),
    ]);
    return Object.fromEntries(said) as Record<SpreadName, number>;
  };
  /** Twelve weeks of 0.5, 1 … 6 times twenty units. */
  const WEEKS: TableRow = { expected: 10, came: Array.from({ length: 12 }, (_, k) => 10 * (k + 1)) };

  test.each([0.2, 1, 3])("learn quantiles of a week in units of what is predicted, whatever was known: %d", (start) => {
    const { lower, median, upper } = spread(() => WEEKS, { start });
    // Of twelve weeks 1.2 are to lie below and 1.2 above: in the second and the eleventh.
    for (const [quantile, value] of [
      [lower, 1],
      [median, 3.25],
      [upper, 5.5],
    ] as const) {
      expect(Math.abs(quantile - value)).toBeLessThan(0.3);
    }
  });

  test("learn quantiles of the mean week, which vary less than weeks", () => {
    // Mean weeks from nothing to four times twenty units; weeks are twice as much or nothing.
    const { meanWeekLower, meanWeekUpper } = spread((row) => ({ expected: 10, came: [0, 1.6 * row] }));
    expect(Math.abs(meanWeekLower - 0.1 * 4)).toBeLessThan(0.2);
    expect(Math.abs(meanWeekUpper - 0.9 * 4)).toBeLessThan(0.2);
  });

  test("learn the accuracy of what is predicted, which is none where that is twice what came", () => {
    const came = (units: number) => spread(() => ({ expected: 10, came: [units] })).accuracy;
    expect(came(20)).toBeCloseTo(1, 2);
    expect(came(25)).toBeCloseTo(0.8, 2);
    expect(came(10)).toBeCloseTo(0, 2);
    expect(came(0)).toBeCloseTo(0, 2);
  });

  test("measure by a fifth of what is expected where less is predicted", () => {
    const { median, meanWeekUpper } = spread(() => ({ expected: 10, came: [4] }), { mean: 0 });
    expect(Math.abs(median - 2)).toBeLessThan(0.1);
    expect(Math.abs(meanWeekUpper - 2)).toBeLessThan(0.25);
  });

  test("learn nothing from rows after whose origin something extraordinary happened", () => {
    const of = (row: number): TableRow => ({ expected: 10, came: row % 2 === 0 ? [14] : [Number.NaN] });
    const { median, meanWeekLower } = spread(of);
    expect(Math.abs(median - 0.7)).toBeLessThan(0.1);
    expect(Math.abs(meanWeekLower - 0.7)).toBeLessThan(0.25);
  });

  test("learn from the first twelve weeks, whatever the horizon", () => {
    const spreadOver = (horizon: number, later: number) => {
      const came = Array.from({ length: 26 }, (_, week) => (week < 12 ? 10 + week : later));
      const table = tableOf(Array<TableRow>(ROWS).fill({ expected: 10, came }), horizon);
      const rows = spreadRows(table, [...table.fold.keys()], () => 20);
      return trainSpread(table, rows, () => new Float64Array(ROWS), OPTIONS);
    };
    expect(spreadOver(26, 1000)).toEqual(spreadOver(4, 0));
  });

  test("heed a week by its orders a week to the power of 0.7, and a mean week by 0.3", () => {
    // A fiftieth of the rows sells four units, the others one: it counts for a sixth of the weeks, and for a twentieth of
    // the mean weeks.
    const of = (row: number): TableRow => {
      return row % 50 === 0 ? { expected: 1, came: [4], orderRate: 10 ** (10 / 7) } : { expected: 1, came: [1] };
    };
    const { upper, meanWeekUpper } = spread(of, { mean: 1 });
    expect(upper).toBeGreaterThan(3.5);
    expect(meanWeekUpper).toBeLessThan(2.5);
  });

  test("see the features of a row, and what is predicted of it in weeks with demand and in what is expected", () => {
    const table = tableOf([{ expected: 10, came: [1] }]);
    const features = table.features.map((_, i) => i);
    const size = Float64Array.of(5);
    const { values, units, means } = spreadRows({ ...table, features, size }, [0], () => 40);
    expect([...values]).toEqual([...features, expect.closeTo(Math.log(8), 12), 4]);
    expect([units[0], means[0]]).toEqual([40, 40]);
  });
});
