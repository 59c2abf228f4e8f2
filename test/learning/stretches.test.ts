import { describe, expect, test } from "vitest";
import { bestStretch, neededStretches, quantileStretch } from "../../src/learning/calibration.ts";
import { type Prediction, stretched } from "../../src/learning/predict.ts";

describe("the stretch of bounds of weeks", () => {
  /** Stretches that are tried are a tenth apart. */
  const expectAbout = (stretch: number, expected: number) =>
    expect(Math.abs(Math.log(stretch / expected))).toBeLessThan(Math.log(1.1));
  const weeksOf = (units: readonly number[], change = {}) =>
    units.map((of) => ({ ...{ weight: 1, units: of, from: 0, reach: 1, isWhole: false }, ...change }));

  test("has the least pinball loss, from a tenth to six times what is said", () => {
    const tenths = Array.from({ length: 99 }, (_, i) => (i + 1) / 25);
    for (const probability of [0.1, 0.5, 0.9]) expectAbout(bestStretch(weeksOf(tenths), probability), 4 * probability);
    expect(bestStretch(weeksOf([0]), 0.5)).toBeCloseTo(0.1, 9);
    expect(Math.abs(bestStretch(weeksOf([40]), 0.5) - 6)).toBeLessThan(0.6);
  });

  test("heeds them by their weight", () => {
    const bounds = [...weeksOf([1, 1, 1]), ...weeksOf([2], { weight: 4 })];
    expectAbout(bestStretch(bounds, 0.5), 2);
    expectAbout(bestStretch(bounds.slice(0, 3), 0.5), 1);
  });

  test("is tried at the nearest whole unit of what is sold by the piece", () => {
    // From 0.5 on the bound is one piece.
    expectAbout(bestStretch(weeksOf([1], { isWhole: true }), 0.5), 0.5);
    expectAbout(bestStretch(weeksOf([1]), 0.5), 1);
  });
});

describe("what a total needs of its bounds", () => {
  const twelve = (units: number) => new Float64Array(12).fill(units);
  const saying = (mean: number, meanWeekLower: number, meanWeekUpper: number): Prediction => {
    return { ...{ mean, lower: 0, median: 0, upper: 0, accuracy: 0 }, ...{ meanWeekLower, meanWeekUpper } };
  };

  test("is that they just hold it, at the next whole unit of what is sold by the piece, and four in a hundred beside the mean", () => {
    const prediction = saying(10, 5, 20);
    for (const [isWhole, rounding] of [
      [false, 0],
      [true, 1],
    ] as const) {
      for (const total of [4, 12].map((units) => 12 * units)) {
        const { lower, upper } = neededStretches(twelve(total / 12), prediction, 1, isWhole);
        const bounds = stretched(prediction, { lower: 1, upper: 1, totalLower: lower, totalUpper: upper }, 0.04);
        expect(12 * bounds.meanWeekLower).toBeCloseTo(Math.min(0.96 * 120, total + rounding), 9);
        expect(12 * bounds.meanWeekUpper).toBeCloseTo(Math.max(1.04 * 120, total - rounding), 9);
      }
    }
  });

  test("is any stretch of a lower bound of nothing, which holds whatever came and stays nothing", () => {
    for (const [mean, lower] of [
      [10, 0],
      [0, 0],
      [0, 2],
    ] as const) {
      for (const units of [0, 7]) {
        for (const isWhole of [false, true]) {
          expect(neededStretches(twelve(units), saying(mean, lower, 20), 1, isWhole).lower).toBe(Infinity);
        }
      }
      const most = { lower: 6, upper: 6, totalLower: 6, totalUpper: 6 };
      expect(stretched(saying(mean, lower, 20), most, 0.04).meanWeekLower).toBe(0);
    }
  });

  test("is any stretch of a lower bound of less than a piece of what is sold by the piece", () => {
    const lowerOf = (total: number, isWhole: boolean) =>
      neededStretches(twelve(0), saying(1, total / 12, 2), 1, isWhole).lower;
    expect(lowerOf(0.99, true)).toBe(Infinity);
    expect(lowerOf(1.01, true)).toBeCloseTo(1 / 1.01, 9);
    expect(lowerOf(0.99, false)).toBe(0);
  });

  test("is nothing above what is said, and more than any stretch where the upper bound is the mean itself", () => {
    expect(neededStretches(twelve(9), saying(10, 5, 20), 1, false).upper).toBe(0);
    expect(neededStretches(twelve(9), saying(10, 5, 10), 1, false).upper).toBe(0);
    expect(neededStretches(twelve(11), saying(10, 5, 10), 1, false).upper).toBe(Infinity);
    expect(neededStretches(twelve(-9), saying(10, 5, 20), 1, false).lower).toBe(0);
  });

  test("is met by so many rows on one side, each of which a row more could be beyond", () => {
    const nine = [9, 3, 7, 1, 5, 2, 8, 6, 4].map((tenths) => tenths / 10);
    expect([0.1, 0.25, 0.5, 0.9].map((probability) => quantileStretch(nine, probability))).toEqual([
      0.1, 0.3, 0.5, 0.9,
    ]);
    expect([0.001, 0.999].map((probability) => quantileStretch(nine, probability))).toEqual([0.1, 0.9]);
    expect(quantileStretch([7, 8], 0.1)).toBe(6);
  });

  test("is not asked of rows that hold anyway, and is one where all do", () => {
    const some = [Infinity, 0.3, Infinity, 0.1, 0.2, Infinity];
    for (const probability of [0.1, 0.5, 0.9]) {
      expect(quantileStretch(some, probability)).toBe(quantileStretch([0.1, 0.2, 0.3], probability));
    }
    expect(quantileStretch([Infinity, Infinity], 0.1)).toBe(1);
  });
});
