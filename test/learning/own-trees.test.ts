import { describe, expect, test } from "vitest";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import { ownMean, ownSpread } from "../../src/learning/own-trees.ts";
import type { TrainingTable } from "../../src/learning/table.ts";
import { SPREAD_FEATURES } from "../../src/learning/train.ts";
import { type BoostedTrees, NO_TREES, treeSum } from "../../src/trees/boosted-trees.ts";
import { priorOf } from "../parts/prior.ts";
import { type TableRow, tableOf, usualFeatures } from "../parts/table.ts";
import { always, divided, treesSaying } from "../parts/trees.ts";

const ELSEWHERE = priorOf({
  trees: treesSaying({
    ...{ mean: 1, lower: 1, median: 1, upper: 1 },
    ...{ meanWeekLower: 1, meanWeekUpper: 1, accuracy: 1 },
  }),
});

/** So many rows of either fold, which sell so many times the ten units that are expected; elsewhere once that was taught. */
function soldOf(rows: number, first: number, second: number, change: Partial<TableRow> = {}): TrainingTable {
  return tableOf(
    Array.from({ length: 2 * rows }, (_, i) => ({
      ...{ expected: 10, priorMean: 1, came: [10 * (i % 2 === 0 ? first : second)] },
      ...change,
    })),
  );
}

const added = (trees: BoostedTrees) => treeSum(trees, new Float64Array(SPREAD_FEATURES));

describe("the mean", () => {
  test("is moved as far as the rows of the fold say, where these are many", () => {
    const table = soldOf(4000, 2, 0.5);
    expect(added(ownMean(table, 0))).toBeCloseTo(1, 1);
    expect(added(ownMean(table, 1))).toBeCloseTo(-0.5, 1);
  });

  test("is moved little by few rows, the less the fewer they are, and not at all by none", () => {
    // A product has fifteen rows at most.
    const [none, one, five, thirty] = [0, 15, 75, 450].map((rows) => added(ownMean(soldOf(rows, 2, 2), 0)));
    expect(Math.abs(none!)).toBe(0);
    expect(one).toBeGreaterThan(0);
    expect(one).toBeLessThan(0.1);
    expect(five).toBeGreaterThan(2 * one!);
    expect(five).toBeLessThan(0.6);
    expect(thirty).toBeGreaterThan(1.2 * five!);
    expect(thirty).toBeLessThan(1);
  });

  test("is not moved where what was taught elsewhere is right", () => {
    expect(added(ownMean(soldOf(4000, 1, 7), 0))).toBeCloseTo(0, 12);
  });

  test("is learned by other trees in the other fold, though the rows be the same: they draw other rows", () => {
    const table = tableOf(Array.from({ length: 400 }, (_, i) => ({ expected: 10, came: [i >> 1] })));
    const same = { ...table, key: table.key.map((_, i) => table.key[i - (i % 2)]!) };
    expect(ownMean(same, 1).threshold).not.toEqual(ownMean(same, 0).threshold);
  });
});

describe("the spread", () => {
  const spread = (table: TrainingTable, fold: 0 | 1 = 0, otherMean = NO_TREES, prior = ELSEWHERE) =>
    ownSpread(table, fold, prior, otherMean).trees;

  test("is moved as far as the rows of the fold say, where these are many, beginning with what was taught elsewhere", () => {
    const { median, meanWeekLower, accuracy } = spread(soldOf(4000, 1.4, 0.6));
    expect(added(median)).toBeCloseTo(0.4, 1);
    expect(Math.abs(added(meanWeekLower) - 0.4)).toBeLessThan(0.2);
    expect(added(accuracy)).toBeCloseTo(10 / 14 - 1, 1);
    expect(added(spread(soldOf(4000, 1.4, 0.6), 1).median)).toBeCloseTo(-0.4, 1);
  });

  test("is moved little by few rows, and not at all by none", () => {
    for (const trees of Object.values(spread(soldOf(0, 1, 1)))) expect(Math.abs(added(trees))).toBe(0);
    for (const trees of Object.values(spread(soldOf(15, 3, 3)))) expect(Math.abs(added(trees))).toBeLessThan(0.1);
  });

  test("is learned about what was taught elsewhere and what the other fold has taught, with the factor of the class", () => {
    // Of ten units twenty are predicted, and as many come.
    const table = soldOf(4000, 2, 0);
    expect(added(spread(table, 0, always(1)).median)).toBeCloseTo(0, 9);
    const doubling = { ...ELSEWHERE, meanFactors: [2, 1, 1, 1] };
    expect(added(spread(table, 0, NO_TREES, doubling).median)).toBeCloseTo(0, 9);
    expect(added(spread(table).median)).toBeGreaterThan(0.8);
    // Below zero it is nothing, and a fifth of what is expected is the unit: ten of these come.
    expect(added(spread(soldOf(4000, 0.2, 0), 0, always(-5)).median)).toBeCloseTo(0, 9);
  });

  test("is learned about the base, the further the season stands alone, which trees correct the less", () => {
    // Of ten units trees predict twenty.
    for (const [clearness, share] of [
      [0, 2],
      [0.5, 1.5],
      [1, 1],
    ] as const) {
      expect(added(spread(soldOf(4000, share, 0, { clearness }), 0, always(1)).median)).toBeCloseTo(0, 9);
    }
  });

  test("is learned about what the other fold's trees say of the row itself", () => {
    const table = soldOf(4000, 1, 1);
    const features = table.features.map((of, i) => (i % FEATURE_NAMES.length === 3 ? (i >> 1) % 2 : of));
    const came = table.actual.map((_, at) => {
      const row = Math.floor(at / table.weeks);
      return features[row * FEATURE_NAMES.length + 3] === 0 ? 10 : 20;
    });
    const knowing = divided(3, 0.5, 0, 1);
    const twofold = usualFeatures(SPREAD_FEATURES).with(3, 1);
    const { lower, upper } = spread({ ...table, features, actual: came }, 0, knowing);
    for (const trees of [lower, upper]) {
      for (const sum of [added(trees), treeSum(trees, twofold)]) expect(Math.abs(sum)).toBeLessThan(0.35);
    }
    expect(treeSum(spread({ ...table, features, actual: came }).upper, twofold)).toBeGreaterThan(0.8);
  });
});
