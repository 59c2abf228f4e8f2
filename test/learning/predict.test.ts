import { describe, expect, test } from "vitest";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import type { ProductAsOf } from "../../src/learning/as-of.ts";
import { FEATURE_NAMES, OWN_FEATURE_NAMES } from "../../src/learning/features.ts";
import { type GlobalModel, predict, predictRow } from "../../src/learning/predict.ts";
import { SPREAD_FEATURES } from "../../src/learning/train.ts";
import { NO_SEASONS, pooledOf } from "../parts/pooled.ts";
import { always, divided, foldSaying } from "../parts/trees.ts";

const ONE = foldSaying({
  ...{ mean: 1, lower: 0.2, median: 0.9, upper: 2 },
  ...{ meanWeekLower: 0.5, meanWeekUpper: 1.5, accuracy: 0.5 },
});
const OTHER = foldSaying({
  ...{ mean: 3, lower: 0.4, median: 1.3, upper: 3 },
  ...{ meanWeekLower: 0.7, meanWeekUpper: 1.7, accuracy: 0.7 },
});
const row = () => new Float64Array(SPREAD_FEATURES);

/** What both say together of a product of which ten units a week are expected: a mean of 20, which is the unit of the rest. */
const BOTH = {
  ...{ mean: 20, lower: 6, median: 22, upper: 50, meanWeekLower: 12, meanWeekUpper: 32 },
  accuracy: 0.97 * 0.6,
};
const closeTo = (numbers: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, expect.closeTo(value, 9)]));

describe("before calibration", () => {
  test("is predicted the mean of what the folds say, in units a week", () => {
    expect(predictRow(row(), 10, 1, [ONE, OTHER])).toEqual(closeTo(BOTH));
    expect(predictRow(row(), 10, 1, [OTHER]).mean).toBeCloseTo(30, 9);
  });

  test("is predicted the mean week of the horizon, which the spread is measured by, as it compares with twelve weeks", () => {
    const { accuracy, ...quantities } = BOTH;
    const halved = Object.fromEntries(Object.entries(quantities).map(([name, value]) => [name, value / 2]));
    expect(predictRow(row(), 10, 0.5, [ONE, OTHER])).toEqual(closeTo({ ...halved, accuracy }));
  });

  test("nothing is below zero, of either fold, and no accuracy above one", () => {
    const negative = foldSaying({
      ...{ mean: -5, lower: -1, median: -1, upper: -1, meanWeekLower: -1, meanWeekUpper: -1, accuracy: -1 },
    });
    expect(predictRow(row(), 10, 1, [ONE, negative]).mean).toBeCloseTo(5, 9);
    for (const value of Object.values(predictRow(row(), 10, 1, [negative]))) expect(value).toBe(0);
    const sure = { ...ONE, spread: { ...ONE.spread, accuracy: always(1.2) } };
    expect(predictRow(row(), 10, 1, [sure]).accuracy).toBe(1);
  });

  test("the spread about a mean near zero is measured by a fifth of what is expected", () => {
    const nothing = { ...ONE, mean: always(0) };
    expect(predictRow(row(), 10, 1, [nothing])).toMatchObject({ mean: 0, lower: 0.4, upper: 4, meanWeekUpper: 3 });
  });

  test("trees of the spread see the logarithm of the unit, and the unit in what is expected", () => {
    const seen = (column: number, cut: number) => {
      const upper = divided(FEATURE_NAMES.length + column, cut, 2, 3);
      return predictRow(row(), 10, 1, [{ ...OTHER, spread: { ...OTHER.spread, upper } }]).upper / 30;
    };
    // The unit is 30 units a week.
    expect([seen(0, 3.41), seen(0, 3.4)]).toEqual([2, 3].map((value) => expect.closeTo(value, 9)));
    expect([seen(1, 3.01), seen(1, 2.99)]).toEqual([2, 3].map((value) => expect.closeTo(value, 9)));
  });
});

describe("a product", () => {
  const product = (demandClass: number): ProductAsOf => ({
    features: Float64Array.from(OWN_FEATURE_NAMES, (_, i) => i),
    levels: new Float64Array(RUNNING_METHODS.length).fill(10),
    own: { losses: new Float64Array(RUNNING_METHODS.length), originCount: 0 },
    ...{ demandClass, season: NO_SEASONS, mean: 10, mean52: 10 },
  });
  const model: GlobalModel = {
    ...{ horizon: 12, tailProbability: 0.1, withCustomers: true, folds: [ONE, OTHER] },
    pooled: pooledOf(),
    calibration: { upperStretch: 0.5, meanWeekStretch: Float64Array.of(0.5, 1, 2, 3), coverage: 0.8 },
  };

  test.each([
    [0, 16, 26],
    [1, 12, 32],
    [2, 4, 44],
    [3, 0, 56],
  ])("of class %i has the interval of its mean week stretched as its class needs", (demandClass, lower, upper) => {
    expect(predict(model, product(demandClass), 1)).toEqual(
      closeTo({ ...BOTH, upper: 35, meanWeekLower: lower, meanWeekUpper: upper }),
    );
  });

  test("has bounds that do not cross its mean, whatever trees say", () => {
    const odd = foldSaying({
      ...{ mean: 1, lower: 2, median: 1, upper: 0.5, meanWeekLower: 1.5, meanWeekUpper: 0.5, accuracy: 0.5 },
    });
    const { mean, upper, meanWeekLower, meanWeekUpper } = predict({ ...model, folds: [odd, odd] }, product(2), 1);
    for (const bound of [upper, meanWeekLower, meanWeekUpper]) expect(bound).toBe(mean);
  });

  test("is asked about with its features, and what is expected of it at the origin", () => {
    const level = FEATURE_NAMES.indexOf("level");
    const mean = divided(level, Math.log(11), 1, 2);
    const asked = (levels: number) => {
      const { levels: all, ...rest } = product(0);
      return predict(
        {
          ...model,
          folds: [
            { ...ONE, mean },
            { ...ONE, mean },
          ],
        },
        { ...rest, levels: all.fill(levels) },
        1,
      ).mean;
    };
    expect([asked(10), asked(12)]).toEqual([10, 24].map((value) => expect.closeTo(value, 9)));
    const risen = {
      ...model,
      pooled: pooledOf({
        lasting: new Map([
          [0, 0.7],
          [12, 5],
        ]),
      }),
    };
    expect(predict(risen, product(0), 1).mean).toBeCloseTo(20 * Math.exp(0.7), 9);
  });
});
