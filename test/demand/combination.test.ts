import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { combinationWeights, equalLosses, lossesOfOne, ownLosses } from "../../src/demand/combination.ts";
import { RUNNING_METHODS, runningLevels } from "../../src/demand/running-levels.ts";

const METHODS = RUNNING_METHODS.length;
const methodAt = (wanted: string) => RUNNING_METHODS.findIndex(({ name }) => name === wanted);
const losses = (loss: (m: number) => number) => Float64Array.from({ length: METHODS }, (_, m) => loss(m));
const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

describe("losses at past origins", () => {
  const lossesOf = (quantities: readonly number[], horizon = 4) => {
    const history = Float64Array.from(quantities);
    return ownLosses(history, runningLevels(history), history.length, horizon);
  };

  test("are errors of the mean week relative to the mean actual, from what was known then", () => {
    // Origins after 12 and 8 weeks of 10, with 5 and 10 a week after them.
    const { losses, originCount } = lossesOf([...Array(12).fill(10), ...Array(4).fill(5)]);
    expect(originCount).toBe(2);
    expect(losses[methodAt("mean8")]).toBeCloseTo((5 + 0) / 7.5, 12);
  });

  test("are nothing where no origin is old enough, or nothing was sold after any", () => {
    expect(lossesOf(Array(11).fill(3)).originCount).toBe(0);
    expect(lossesOf(Array(12).fill(3)).originCount).toBe(1);
    const silent = lossesOf([...Array(10).fill(3), ...Array(40).fill(0)]);
    expect(silent).toEqual({ losses: new Float64Array(METHODS), originCount: 0 });
  });

  test("look at eight origins at most", () => {
    expect(lossesOf(Array(300).fill(3)).originCount).toBe(8);
  });
});

describe("weights", () => {
  test("add up to one, whatever the losses", () => {
    const loss = fc.double({ min: 0, max: 1e6, noNaN: true });
    const anyLosses = fc.array(loss, { minLength: METHODS, maxLength: METHODS });
    fc.assert(
      fc.property(anyLosses, anyLosses, fc.integer({ min: 0, max: 8 }), (own, ofClass, originCount) => {
        const weights = combinationWeights({ losses: Float64Array.from(own), originCount }, Float64Array.from(ofClass));
        expect(sumOf(weights)).toBeCloseTo(1, 9);
        for (const weight of weights) expect(weight).toBeGreaterThanOrEqual(0);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("also add up to one after losses as large as numbers get", () => {
    const weights = combinationWeights({ losses: losses((m) => 1e300 * (m + 1)), originCount: 8 }, equalLosses());
    expect(sumOf(weights)).toBeCloseTo(1, 9);
    expect(weights[0]).toBeGreaterThan(0.9);
  });

  test("are those of the class where the product has no past origin", () => {
    const ofClass = losses((m) => (m === 2 ? 0.5 : 1));
    const weights = combinationWeights({ losses: losses(() => 0), originCount: 0 }, ofClass);
    expect(weights[2]! / weights[0]!).toBeCloseTo(2 ** 8, 6);
    for (const weight of combinationWeights({ losses: losses(() => 0), originCount: 0 }, equalLosses())) {
      expect(weight).toBeCloseTo(1 / METHODS, 12);
    }
  });

  test("are greater for the method that did better, the more so the more often it was seen", () => {
    const weightOf = (originCount: number) => {
      const own = { losses: losses((m) => originCount * (m === 4 ? 0.5 : 1)), originCount };
      return combinationWeights(own, equalLosses())[4]!;
    };
    expect(weightOf(1)).toBeGreaterThan(1 / METHODS);
    expect(weightOf(8)).toBeGreaterThan(weightOf(1));
    // After eight origins the method's loss is (8 · 0.5 + 16) / 24 of the others'.
    const ratio = (24 / 20) ** 8;
    expect(weightOf(8)).toBeCloseTo(ratio / (ratio + METHODS - 1), 9);
  });

  test("are all of one method where that is asked for, whatever the product's own losses", () => {
    const own = { losses: losses((m) => (m === 1 ? 800 : 0)), originCount: 8 };
    for (const ofClass of lossesOfOne("mean13")) {
      expect(combinationWeights(own, ofClass)[methodAt("mean13")]).toBeCloseTo(1, 9);
    }
  });
});
