import { describe, expect, test } from "vitest";
import { quantile } from "../../src/numeric/quantile.ts";
import { generator } from "../../src/numeric/random.ts";
import { binned } from "../../src/trees/bins.ts";
import {
  type BoostingOptions,
  boost,
  NO_TREES,
  treeSum,
  treeSums,
  weightedSum,
} from "../../src/trees/boosted-trees.ts";
import { type Objective, pseudoHuber, roundedPinball, squaredError } from "../../src/trees/objectives.ts";

const OPTIONS: BoostingOptions = {
  ...{ trees: 120, leaves: 8, learningRate: 0.1, leastRows: 20, l2: 1 },
  ...{ featureFraction: 1, subsample: 0.7, seed: 1 },
};
const ROWS = 1000;
const FEATURES = 2;
const random = generator(3);
const VALUES = Float64Array.from({ length: ROWS * FEATURES }, () => random());
const TABLE = binned(VALUES, FEATURES);
const targetsOf = (f: (x: number, y: number) => number) =>
  Float64Array.from({ length: ROWS }, (_, row) => f(VALUES[2 * row]!, VALUES[2 * row + 1]!));
const ONES = new Float64Array(ROWS).fill(1);
const ZEROS = new Float64Array(ROWS);
/** One feature that tells nothing. */
const BLIND = binned(new Float64Array(ROWS), 1);

describe("squared error", () => {
  test("fits a step", () => {
    const trees = boost(TABLE, squaredError(targetsOf((x) => (x > 0.5 ? 10 : 2))), ZEROS, OPTIONS);
    const error = (x: number, y: number) => Math.abs(treeSum(trees, Float64Array.of(x, y)) - (x > 0.5 ? 10 : 2));
    for (const x of [0.05, 0.3, 0.45, 0.55, 0.7, 0.99]) expect(error(x, 0.9)).toBeLessThan(0.2);
  });

  test("fits a sum of functions of either feature", () => {
    const f = (x: number, y: number) => 8 * x + 5 * (y - 0.5) ** 2;
    const trees = boost(TABLE, squaredError(targetsOf(f)), ZEROS, OPTIONS);
    for (const x of [0.2, 0.5, 0.8]) {
      for (const y of [0.1, 0.5, 0.9]) {
        expect(Math.abs(treeSum(trees, Float64Array.of(x, y)) - f(x, y))).toBeLessThan(0.5);
      }
    }
  });

  test("comes to the mean of its targets where features tell nothing", () => {
    const targets = targetsOf((x, y) => x + y);
    const trees = boost(BLIND, squaredError(targets), ZEROS, { ...OPTIONS, subsample: 1 });
    expect(treeSum(trees, Float64Array.of(0))).toBeCloseTo(targets.reduce((sum, y) => sum + y, 0) / ROWS, 3);
  });
});

test("pseudo-Huber takes little notice of one giant target, which squared error follows", () => {
  const targets = new Float64Array(ROWS).fill(1);
  targets[17] = 10_000;
  const fitted = (objective: Parameters<typeof boost>[1]) =>
    1 + treeSum(boost(BLIND, objective, ONES, { ...OPTIONS, subsample: 1 }), Float64Array.of(0));
  expect(fitted(squaredError(targets))).toBeGreaterThan(10);
  expect(fitted(pseudoHuber(targets, ONES, 0.5))).toBeCloseTo(1, 2);
});

test("pseudo-Huber follows the rows that weigh more", () => {
  const targets = Float64Array.from({ length: ROWS }, (_, row) => row % 2);
  const weights = targets.map((target) => (target === 1 ? 9 : 1));
  const trees = boost(BLIND, pseudoHuber(targets, weights, 100), ZEROS, { ...OPTIONS, subsample: 1 });
  expect(treeSum(trees, Float64Array.of(0))).toBeCloseTo(0.9, 2);
});

describe.each([0.05, 0.1, 0.5, 0.9, 0.99])("rounded pinball loss at %d", (probability) => {
  const START = new Float64Array(ROWS).fill(3);

  test("reaches the empirical quantile", () => {
    const targets = targetsOf((x) => 10 * x * x);
    const objective = roundedPinball(targets, 1, ONES, { delta: 0.1, probability });
    const trees = boost(BLIND, objective, START, { ...OPTIONS, trees: 300, subsample: 1 });
    expect(Math.abs(3 + treeSum(trees, Float64Array.of(0)) - quantile(targets, probability))).toBeLessThan(0.15);
  });

  test("of several targets a row is that of all of them together", () => {
    const targets = Float64Array.from({ length: 4 * ROWS }, (_, i) => (i % 400) / 40);
    const objective = roundedPinball(targets, 4, ONES, { delta: 0.1, probability });
    const trees = boost(BLIND, objective, START, { ...OPTIONS, trees: 300, subsample: 1 });
    expect(Math.abs(3 + treeSum(trees, Float64Array.of(0)) - quantile(targets, probability))).toBeLessThan(0.15);
  });
});

test("gradients are the derivatives of the losses", () => {
  const scores = Float64Array.of(-3, 0.95, 1, 1.04, 6);
  const targets = new Float64Array(5).fill(1);
  const weights = Float64Array.of(1, 2, 3, 4, 5);
  const gradientsOf = (objective: Parameters<typeof boost>[1]) => {
    const gradient = new Float64Array(5);
    objective.gradients(scores, gradient, new Float64Array(5));
    return [...gradient];
  };
  const pinball = roundedPinball(targets, 1, weights, { delta: 0.1, probability: 0.9 });
  const expected = [-0.9, 2 * (-0.05 * 5 - 0.4), 3 * -0.4, 4 * (0.04 * 5 - 0.4), 5 * 0.1];
  for (const [i, slope] of gradientsOf(pinball).entries()) expect(slope).toBeCloseTo(expected[i]!, 12);
  const huber = pseudoHuber(targets, weights, 3);
  for (const [i, slope] of gradientsOf(huber).entries()) {
    const loss = (score: number) => weights[i]! * 9 * (Math.sqrt(1 + ((score - 1) / 3) ** 2) - 1);
    expect(slope).toBeCloseTo((loss(scores[i]! + 1e-5) - loss(scores[i]! - 1e-5)) / 2e-5, 6);
  }
});

describe("trees", () => {
  const objective = squaredError(targetsOf((x, y) => x * y));
  const options = { ...OPTIONS, featureFraction: 0.5 };
  const trees = boost(TABLE, objective, ZEROS, options);

  test("are the same for the same seed, and others for another", () => {
    expect(boost(TABLE, objective, ZEROS, options)).toEqual(trees);
    expect(boost(TABLE, objective, ZEROS, { ...options, seed: 2 })).not.toEqual(trees);
  });

  test("lie in memory that threads share, and add up to the same there", () => {
    for (const array of Object.values(trees)) expect(array.buffer).toBeInstanceOf(SharedArrayBuffer);
    const sent = structuredClone(trees);
    for (let row = 0; row < ROWS; row++) expect(treeSum(sent, VALUES, 2 * row)).toBe(treeSum(trees, VALUES, 2 * row));
    trees.threshold[0]! += 1;
    expect(sent.threshold[0]).toBe(trees.threshold[0]);
    trees.threshold[0]! -= 1;
  });

  test("are asked about a row of a table by where it begins", () => {
    for (const row of [0, 1, 7, ROWS - 1]) {
      expect(treeSum(trees, VALUES, 2 * row)).toBe(treeSum(trees, VALUES.slice(2 * row, 2 * row + 2)));
    }
    expect(treeSum(trees, VALUES, 2)).not.toBe(treeSum(trees, VALUES, 0));
  });

  test("without a row to learn from add nothing", () => {
    const nothing = new Float64Array();
    const none = boost(binned(nothing, 2), squaredError(nothing), nothing, OPTIONS);
    expect(treeSum(none, Float64Array.of(1, 2))).toBeCloseTo(0, 12);
    expect(treeSum(NO_TREES, Float64Array.of(1, 2))).toBe(0);
  });

  test("add what is missing to what is said of each row before, and nothing where that is right", () => {
    const f = (x: number, y: number) => 8 * x + 5 * y;
    const targets = targetsOf(f);
    const before = targetsOf((x) => 8 * x);
    const added = boost(TABLE, squaredError(targets), before, OPTIONS);
    for (const y of [0.1, 0.5, 0.9])
      expect(Math.abs(treeSum(added, Float64Array.of(0.4, y)) - 5 * y)).toBeLessThan(0.3);
    expect(before).toEqual(targetsOf((x) => 8 * x));
    const right = boost(TABLE, squaredError(targets), targets, OPTIONS);
    for (let row = 0; row < ROWS; row++) expect(treeSum(right, VALUES, 2 * row)).toBeCloseTo(0, 12);
  });
});

describe("a tree", () => {
  test("sees its share of the rows, and others than the tree before", () => {
    const rows = 50;
    /** One leaf a tree, whose value has a bit for each row that it learned from. */
    const bits: Objective = {
      gradients(_, gradient, hessian) {
        for (let row = 0; row < rows; row++) gradient[row] = -(2 ** row);
        hessian.fill(0);
      },
    };
    const samplesOf = (subsample: number) => [
      ...boost(binned(new Float64Array(rows), 1), bits, new Float64Array(rows), {
        ...OPTIONS,
        learningRate: 1,
        subsample,
      }).threshold,
    ];
    const samples = samplesOf(0.7);
    expect(new Set(samples).size).toBe(OPTIONS.trees);
    const seen = samples.reduce((sum, sample) => sum + sample.toString(2).replaceAll("0", "").length, 0);
    expect(Math.abs(seen / (rows * OPTIONS.trees) - 0.7)).toBeLessThan(0.03);
    expect(new Set(samplesOf(1))).toEqual(new Set([2 ** rows - 1]));
  });

  test("splits on its share of the features, and on others than the tree before", () => {
    const features = 8;
    const rows = 400;
    const table = binned(
      Float64Array.from({ length: rows * features }, () => random()),
      features,
    );
    const noise = Float64Array.from({ length: rows }, () => random());
    const featuresOf = (featureFraction: number) => {
      const options = { ...OPTIONS, trees: 30, leaves: 64, leastRows: 1, featureFraction };
      const { roots, feature } = boost(table, squaredError(noise), new Float64Array(rows).fill(0.5), options);
      return [...roots].map((root, i) => new Set(feature.subarray(root, roots[i + 1]).filter((column) => column >= 0)));
    };
    const drawn = featuresOf(0.45);
    for (const columns of drawn) expect(columns.size).toBe(4);
    expect(new Set(drawn.flatMap((columns) => [...columns])).size).toBe(features);
    expect(new Set(drawn.map((columns) => [...columns].sort().join())).size).toBeGreaterThan(15);
    for (const columns of featuresOf(0.01)) expect(columns.size).toBe(1);
  });
});

test("the sums of many rows are those of each, to the last bit", () => {
  const random = generator(3);
  const values = Float64Array.from({ length: 3 * 150 }, () => random());
  const targets = Float64Array.from({ length: 150 }, (_, row) => values[3 * row]! * values[3 * row + 1]!);
  const objective = squaredError(targets);
  const trees = boost(binned(values, 3), objective, new Float64Array(150), { ...OPTIONS, leastRows: 5 });
  expect(treeSums(trees, values, 3)).toEqual(Float64Array.from(targets, (_, row) => treeSum(trees, values, 3 * row)));
  expect(treeSums(trees, new Float64Array(0), 3)).toHaveLength(0);
});

describe("a weighted sum of models", () => {
  const models = [1, 2, 3].map((seed) =>
    boost(TABLE, squaredError(targetsOf((x, y) => x * y)), ZEROS, { ...OPTIONS, seed }),
  );

  test("says what they say, each times its weight", () => {
    const sum = weightedSum(models, [0.5, 0.25, 2]);
    for (const row of [Float64Array.of(0.1, 0.9), Float64Array.of(0.7, 0.4)]) {
      const [first, second, third] = models.map((model) => treeSum(model, row));
      expect(treeSum(sum, row)).toBeCloseTo(0.5 * first! + 0.25 * second! + 2 * third!, 12);
    }
  });

  test("of one model is that one", () => {
    expect(weightedSum([models[0]!], [1])).toEqual(models[0]);
  });
});
