import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DEMAND_CLASSES } from "../../src/demand/demand-class.ts";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import { SPREAD_NAMES } from "../../src/learning/demand-trees.ts";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import shipped from "../../src/learning/prior.json" with { type: "json" };
import {
  decodedPrior,
  decodedTrees,
  encodedSpread,
  encodedTrees,
  PRIOR_LEVELS,
  PRIOR_WEEKS,
  shippedPrior,
  stretchesAt,
  taughtElsewhere,
} from "../../src/learning/prior.ts";
import { SPREAD_FEATURES } from "../../src/learning/train.ts";
import { generator } from "../../src/numeric/random.ts";
import { binned } from "../../src/trees/bins.ts";
import { boost, NO_TREES, treeSum } from "../../src/trees/boosted-trees.ts";
import { squaredError } from "../../src/trees/objectives.ts";
import { stretchesOf } from "../parts/prior.ts";
import { ROOT } from "../parts/root.ts";
import { always, divided, treesSaying } from "../parts/trees.ts";

/** Relative error of a number in 32 bits. */
const ROUNDING = 2 ** -24;

describe("trees in a file", () => {
  const features = 3;
  const rows = 2000;
  const random = generator(7);
  const values = Float64Array.from({ length: rows * features }, () => random());
  const targets = Float64Array.from({ length: rows }, (_, row) => 9 * values[3 * row]! + values[3 * row + 2]!);
  const options = { trees: 60, leaves: 16, learningRate: 0.1, leastRows: 5, l2: 1 };
  const trees = boost(binned(values, features), squaredError(targets), new Float64Array(rows), {
    ...options,
    ...{ featureFraction: 1, subsample: 0.7, seed: 1 },
  });

  test("come back with the same sums, but for the rounding of each leaf to 32 bits", () => {
    const back = decodedTrees(encodedTrees(trees));
    expect([back.roots, back.feature, back.left]).toEqual([trees.roots, trees.feature, trees.left]);
    for (const [node, threshold] of back.threshold.entries())
      expect(threshold).toBe(Math.fround(trees.threshold[node]!));
    let worst = 0;
    for (let row = 0; row < rows; row++) {
      worst = Math.max(worst, Math.abs(treeSum(back, values, 3 * row) - treeSum(trees, values, 3 * row)));
    }
    expect(worst).toBeLessThan(10 * options.trees * ROUNDING);
  });

  test("come back to the byte from what was read of a file", () => {
    const encoded = encodedTrees(trees);
    expect(encodedTrees(decodedTrees(encoded))).toBe(encoded);
  });

  test("are as well none, a single leaf, or of columns up to the last", () => {
    expect(decodedTrees(encodedTrees(NO_TREES))).toEqual(NO_TREES);
    const row = new Float64Array(SPREAD_FEATURES);
    expect(treeSum(decodedTrees(encodedTrees(always(0.1))), row)).toBe(Math.fround(0.1));
    const last = decodedTrees(encodedTrees(divided(SPREAD_FEATURES - 1, 0.5, 1, 2)));
    expect([0, 1].map((value) => treeSum(last, row.fill(value)))).toEqual([1, 2]);
  });

  test("lie in memory that threads share", () => {
    for (const array of Object.values(decodedTrees(encodedTrees(trees)))) {
      expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  test("of the spread are each by their name", () => {
    const said = Object.fromEntries(SPREAD_NAMES.map((name, i) => [name, i])) as Record<
      (typeof SPREAD_NAMES)[number],
      number
    >;
    const { spread, mean } = treesSaying({ mean: 7, ...said });
    const prior = decodedPrior({
      ...{ features: FEATURE_NAMES, classLosses: DEMAND_CLASSES.map(() => [1]), meanFactors: [1, 2, 3, 4] },
      ...{ mean: encodedTrees(mean), spread: encodedSpread(spread), stretches: [] },
    });
    const row = new Float64Array(SPREAD_FEATURES);
    expect(treeSum(prior.trees.mean, row)).toBe(7);
    for (const [i, name] of SPREAD_NAMES.entries()) expect(treeSum(prior.trees.spread[name], row)).toBe(i);
    expect(prior.meanFactors).toEqual([1, 2, 3, 4]);
  });
});

describe("stretches", () => {
  const LEVELS = PRIOR_LEVELS.map((level) => 10 * level);
  const known = {
    ...{ lower: LEVELS, upper: LEVELS.map((stretch) => 2 * stretch) },
    totalLower: PRIOR_WEEKS.map((weeks) => LEVELS.map((stretch) => weeks * stretch)),
    totalUpper: PRIOR_WEEKS.map((weeks) => LEVELS.map((stretch) => 3 * weeks * stretch)),
  };

  test("are those that are known, at known levels and of known weeks", () => {
    for (const level of PRIOR_LEVELS) {
      for (const weeks of PRIOR_WEEKS) {
        const { lower, upper, totalLower, totalUpper } = stretchesAt(known, level, weeks);
        expect([lower, upper]).toEqual([10 * level, 20 * level].map((stretch) => expect.closeTo(stretch, 9)));
        expect(totalLower / (10 * level * weeks)).toBeCloseTo(1, 9);
        expect(totalUpper / (30 * level * weeks)).toBeCloseTo(1, 9);
      }
    }
  });

  test("lie between those of the neighbours elsewhere: by how rare what is beyond is, and by the logarithm of the weeks", () => {
    // One in fifteen is halfway from one in ten to one in twenty as a logarithm: the root of 1/200.
    const between = stretchesAt(known, 1 - Math.sqrt(0.1 * 0.05), 12);
    expect(between.lower).toBeCloseTo((9 + 9.5) / 2, 9);
    expect(stretchesAt(known, 0.9, Math.sqrt(8 * 12)).totalLower).toBeCloseTo(9 * 10, 9);
    for (const level of [0.55, 0.65, 0.85, 0.97, 0.985]) {
      const { lower } = stretchesAt(known, level, 12);
      const above = LEVELS.findIndex((_, i) => PRIOR_LEVELS[i]! > level);
      expect(lower > LEVELS[above - 1]! && lower < LEVELS[above]!).toBe(true);
    }
  });

  test("go on beyond the last ones, and never below nothing", () => {
    expect(stretchesAt(known, 0.995, 12).lower).toBeGreaterThan(9.9);
    expect(stretchesAt(known, 0.9, 52).totalLower).toBeGreaterThan(9 * 26);
    const falling = { ...stretchesOf(1, 1), lower: PRIOR_LEVELS.map((level) => 1 - level) };
    expect(stretchesAt(falling, 0.9999, 12).lower).toBe(0);
  });
});

describe("what ships with the program", () => {
  test("was taught with the features that the program has, and of every class", async () => {
    expect(shipped.features).toEqual(FEATURE_NAMES);
    const { classLosses, meanFactors, stretches } = await shippedPrior();
    for (const ofClasses of [classLosses, meanFactors, stretches])
      expect(ofClasses).toHaveLength(DEMAND_CLASSES.length);
    for (const losses of classLosses) {
      expect(losses).toHaveLength(RUNNING_METHODS.length);
      for (const loss of losses) expect(loss > 0 && loss < 2).toBe(true);
    }
    for (const factor of meanFactors) expect(factor > 0.7 && factor < 1.5).toBe(true);
  });

  test("is read once, and takes less than a megabyte", async () => {
    expect(await shippedPrior()).toBe(await shippedPrior());
    expect(statSync(join(ROOT, "src/learning/prior.json")).size).toBeLessThan(1_000_000);
  });

  test("asks for nothing but features, and has a sum for products of which nothing is known", async () => {
    const { mean, spread } = (await shippedPrior()).trees;
    expect(Math.max(...mean.feature)).toBeLessThan(FEATURE_NAMES.length);
    for (const name of SPREAD_NAMES) {
      expect(Math.max(...spread[name].feature)).toBeLessThan(SPREAD_FEATURES);
      expect(Number.isFinite(treeSum(spread[name], new Float64Array(SPREAD_FEATURES)))).toBe(true);
    }
  });

  test("has intervals that are the wider, the more they are to hold", async () => {
    const { stretches } = await shippedPrior();
    const isMonotone = (values: readonly number[], direction: 1 | -1) =>
      values.every((value, i) => i === 0 || direction * (value - values[i - 1]!) >= 0);
    for (const { lower, upper, totalLower, totalUpper } of stretches) {
      for (const ofLevels of [lower, upper, ...totalLower, ...totalUpper]) {
        expect(ofLevels).toHaveLength(PRIOR_LEVELS.length);
        for (const stretch of ofLevels) expect(stretch).toBeGreaterThanOrEqual(0);
      }
      for (const ofLevels of [lower, ...totalLower]) expect(isMonotone(ofLevels, -1)).toBe(true);
      for (const ofLevels of [upper, ...totalUpper]) expect(isMonotone(ofLevels, 1)).toBe(true);
      for (const ofTotals of [totalLower, totalUpper]) expect(ofTotals).toHaveLength(PRIOR_WEEKS.length);
    }
  });
});

test("what trees say of the mean is heard the more, the longer the catalogue is known", async () => {
  const prior = await shippedPrior();
  const shares = [0, 8, 10, 16, 24, 300].map((weeks) => taughtElsewhere(prior, weeks).meanShare);
  expect(shares).toEqual([0, 0, 0.125, 0.5, 1, 1]);
});
