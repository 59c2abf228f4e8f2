import { describe, expect, test } from "vitest";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import type { ProductAsOf } from "../../src/learning/as-of.ts";
import { FEATURE_NAMES, OWN_FEATURE_NAMES } from "../../src/learning/features.ts";
import { type GlobalModel, predict, predictRow } from "../../src/learning/predict.ts";
import { SPREAD_FEATURES } from "../../src/learning/train.ts";
import { NO_SEASONS, pooledOf } from "../parts/pooled.ts";
import { priorOf } from "../parts/prior.ts";
import { usualFeatures } from "../parts/table.ts";
import { always, divided, treesSaying } from "../parts/trees.ts";

const ONE = treesSaying({
  ...{ mean: 1, lower: 0.2, median: 0.9, upper: 2 },
  ...{ meanWeekLower: 0.5, meanWeekUpper: 1.5, accuracy: 0.5 },
});
const OTHER = treesSaying({
  ...{ mean: 3, lower: 0.4, median: 1.3, upper: 3 },
  ...{ meanWeekLower: 0.7, meanWeekUpper: 1.7, accuracy: 0.7 },
});
const NOWHERE = priorOf();
const row = () => usualFeatures(SPREAD_FEATURES);
/** Ten units a week are expected of it, and five are sold in a week with demand. */
const KNOWN = { demandClass: 0, size: 5, expectedByLevel: 10, expected: 10, clearness: 0 };

/** What both say together of a product of which ten units a week are expected: a mean of 20, which is the unit of the rest. */
const BOTH = {
  ...{ mean: 20, lower: 6, median: 22, upper: 50, meanWeekLower: 12, meanWeekUpper: 32 },
  accuracy: 0.97 * 0.6,
};
const closeTo = (numbers: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, expect.closeTo(value, 9)]));

describe("before calibration", () => {
  test("is predicted the mean of what the folds say, in units a week", () => {
    expect(predictRow(row(), KNOWN, NOWHERE, [ONE, OTHER])).toEqual(closeTo(BOTH));
    expect(predictRow(row(), KNOWN, NOWHERE, [OTHER]).mean).toBeCloseTo(30, 9);
  });

  test("is added up what was taught elsewhere and what each fold has taught beyond it", () => {
    const nothing = treesSaying({
      ...{ mean: 0, lower: 0, median: 0, upper: 0 },
      ...{ meanWeekLower: 0, meanWeekUpper: 0, accuracy: 0 },
    });
    expect(predictRow(row(), KNOWN, priorOf({ trees: ONE }), [nothing])).toEqual(
      predictRow(row(), KNOWN, NOWHERE, [ONE]),
    );
    const less = { ...nothing, mean: always(-0.5) };
    const { mean, lower, upper } = predictRow(row(), KNOWN, priorOf({ trees: ONE }), [nothing, less]);
    expect([mean, lower, upper]).toEqual([7.5, 1.5, 15].map((value) => expect.closeTo(value, 9)));
  });

  test("is multiplied the mean by the factor of its class, and measured by it what is about the mean", () => {
    const prior = priorOf({ meanFactors: [1, 1, 0.5, 1] });
    const { accuracy, ...quantities } = BOTH;
    const halved = Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, value / 2]));
    expect(predictRow(row(), { ...KNOWN, demandClass: 2 }, prior, [ONE, OTHER])).toEqual(
      closeTo({ ...halved, accuracy }),
    );
    expect(predictRow(row(), { ...KNOWN, demandClass: 3 }, prior, [ONE, OTHER])).toEqual(closeTo(BOTH));
  });

  test("is heard of the mean only as far as what was taught elsewhere may be", () => {
    const prior = priorOf({ meanFactors: [2, 1, 1, 1], meanShare: 0.25 });
    expect(predictRow(row(), KNOWN, prior, [ONE, OTHER]).mean).toBeCloseTo(17.5, 9);
  });

  test("is corrected the less what the base expects, the further its season stands alone", () => {
    const prior = priorOf({ meanFactors: [2, 1, 1, 1] });
    // Of ten units forty are said: the folds say twice as much, and the factor of the class is two.
    const meanAt = (clearness: number) => predictRow(row(), { ...KNOWN, clearness }, prior, [ONE, OTHER]).mean;
    expect([0, 0.5, 1].map(meanAt)).toEqual([40, 25, 10].map((units) => expect.closeTo(units, 9)));
    // The rest is measured by what is predicted then.
    const { lower, upper } = predictRow(row(), { ...KNOWN, clearness: 1 }, prior, [ONE, OTHER]);
    expect([lower, upper]).toEqual([3, 25].map((units) => expect.closeTo(units, 9)));
  });

  test("nothing is below zero, of either fold, and no accuracy above one", () => {
    const negative = treesSaying({
      ...{ mean: -5, lower: -1, median: -1, upper: -1, meanWeekLower: -1, meanWeekUpper: -1, accuracy: -1 },
    });
    expect(predictRow(row(), KNOWN, NOWHERE, [ONE, negative]).mean).toBeCloseTo(5, 9);
    for (const value of Object.values(predictRow(row(), KNOWN, NOWHERE, [negative]))) expect(value).toBe(0);
    const sure = { ...ONE, spread: { ...ONE.spread, accuracy: always(1.2) } };
    expect(predictRow(row(), KNOWN, NOWHERE, [sure]).accuracy).toBe(1);
  });

  test("what was taught elsewhere is not below zero before anything is added", () => {
    expect(predictRow(row(), KNOWN, priorOf({ trees: { ...ONE, mean: always(-5) } }), [ONE]).mean).toBeCloseTo(10, 9);
  });

  test("the spread about a mean near zero is measured by a fifth of what is expected", () => {
    const nothing = { ...ONE, mean: always(0) };
    const { mean, lower, upper, meanWeekUpper } = predictRow(row(), KNOWN, NOWHERE, [nothing]);
    expect([mean, lower, upper, meanWeekUpper]).toEqual([0, 0.4, 4, 3]);
  });

  test("trees of the spread see the logarithm of the unit in weeks with demand, and the unit in what is expected", () => {
    const seen = (column: number, cut: number) => {
      const upper = divided(FEATURE_NAMES.length + column, cut, 2, 3);
      return predictRow(row(), KNOWN, NOWHERE, [{ ...OTHER, spread: { ...OTHER.spread, upper } }]).upper / 30;
    };
    // The unit is 30 units a week, six weeks with demand.
    expect([seen(0, 1.8), seen(0, 1.79)]).toEqual([2, 3].map((value) => expect.closeTo(value, 9)));
    expect([seen(1, 3.01), seen(1, 2.99)]).toEqual([2, 3].map((value) => expect.closeTo(value, 9)));
  });
});

describe("a product", () => {
  const product = (demandClass: number): ProductAsOf => ({
    features: Float64Array.from(OWN_FEATURE_NAMES, (_, i) => i),
    levels: new Float64Array(RUNNING_METHODS.length).fill(10),
    own: { losses: new Float64Array(RUNNING_METHODS.length), originCount: 0 },
    ...{ demandClass, season: NO_SEASONS, mean: 10, mean52: 10, size: 5 },
  });
  const stretches = (lower: number, upper: number, totalLower: number, totalUpper: number) => {
    return { lower, upper, totalLower, totalUpper };
  };
  const model: GlobalModel = {
    ...{ horizon: 12, withCustomers: true, prior: NOWHERE, folds: [ONE, OTHER] },
    ...{ pooled: pooledOf(), pooledOnMonday: pooledOf() },
    past: { origins: [], minCustomers: 2, minOrders: 3 },
    calibration: {
      stretches: [stretches(1, 0.5, 0.5, 0.5), stretches(1, 1, 1, 1), stretches(0.5, 2, 1.5, 2), stretches(0, 0, 0, 3)],
      cumulative: [0.5, 1, 1.5, 0].map((totalLower) => [{ totalLower, totalUpper: 2 }]),
      leastWidth: 0.04,
      coverage: 0.8,
    },
  };

  test.each([
    [0, { upper: 35, meanWeekLower: 6, meanWeekUpper: 26 }],
    [1, {}],
    [2, { lower: 3, upper: 80, meanWeekLower: 18, meanWeekUpper: 44 }],
    [3, { lower: 0, upper: 20, meanWeekLower: 0, meanWeekUpper: 56 }],
  ])("of class %i has each bound stretched as its class needs", (demandClass, bounds) => {
    const { cumulative, base: _, reasons, ...prediction } = predict(model, product(demandClass));
    expect(prediction).toEqual(closeTo({ ...BOTH, ...bounds }));
    expect(reasons).toBeUndefined();
    const { mean, meanWeekLower, meanWeekUpper } = BOTH;
    const lower = Math.min(0.96 * mean, [0.5, 1, 1.5, 0][demandClass]! * meanWeekLower);
    expect(cumulative).toEqual([closeTo({ meanWeekLower: lower, meanWeekUpper: mean + 2 * (meanWeekUpper - mean) })]);
  });

  test("of which nothing may come keeps a lower bound of nothing, however far that is stretched", () => {
    const spread = { ...ONE.spread, lower: always(0), meanWeekLower: always(-1) };
    const { lower, meanWeekLower } = predict({ ...model, folds: [{ ...ONE, spread }] }, product(2));
    expect([lower, meanWeekLower]).toEqual([0, 0]);
  });

  test("has bounds of a week that do not cross its mean, and of the total that keep away from it, whatever trees say", () => {
    const odd = treesSaying({
      ...{ mean: 1, lower: 2, median: 1, upper: 0.5, meanWeekLower: 1.5, meanWeekUpper: 0.5, accuracy: 0.5 },
    });
    const { mean, ...bounds } = predict({ ...model, folds: [odd, odd] }, product(1));
    expect([bounds.lower, bounds.upper]).toEqual([mean, mean]);
    expect(bounds.meanWeekLower / mean).toBeCloseTo(0.96, 12);
    expect(bounds.meanWeekUpper / mean).toBeCloseTo(1.04, 12);
  });

  test("whose season stood alone in past years is predicted what is usual in it", () => {
    // Errors of the usual season are none, and those of the level are.
    const season = { ...NO_SEASONS, usual: 30, usualError: 0, levelError: 5, triedYears: 3 };
    expect(predict(model, { ...product(1), season }).mean).toBeCloseTo(30, 9);
  });

  test("is asked about with its features, and what is expected of it at the origin", () => {
    const level = FEATURE_NAMES.indexOf("level");
    // The logarithm of its level in weeks with demand, of five units each.
    const fold = { ...ONE, mean: divided(level, Math.log(11 / 5), 1, 2) };
    const asked = (levels: number) => {
      const { levels: all, ...rest } = product(0);
      return predict({ ...model, folds: [fold, fold] }, { ...rest, levels: all.fill(levels) }).mean;
    };
    expect([asked(10), asked(12)]).toEqual([10, 24].map((value) => expect.closeTo(value, 9)));
    const lasting = new Map([
      [0, 0.7],
      [12, 5],
    ]);
    expect(predict({ ...model, pooled: pooledOf({ lasting }) }, product(0)).mean).toBeCloseTo(20 * Math.exp(0.7), 9);
  });
});
