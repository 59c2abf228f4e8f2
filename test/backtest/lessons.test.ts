import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type LessonsOfVariants, learnVariants, type Variant } from "../../src/backtest/lessons.ts";
import { methodNamed } from "../../src/backtest/methods.ts";
import { lossesOfOne } from "../../src/demand/combination.ts";
import { historyOf, learnableSource, ORIGIN, planOf, runnerOn } from "../parts/lessons.ts";

const SETTINGS: readonly { horizon: number; level: number; variants: readonly Variant[] }[] = [
  { horizon: 4, level: 0.5, variants: ["auto", "no-customers"] },
  { horizon: 12, level: 0.8, variants: ["auto"] },
  { horizon: 26, level: 0.99, variants: ["auto", "no-learning", "no-combination"] },
];

describe.each(SETTINGS)("$variants over $horizon weeks at $level", ({ horizon, level, variants }) => {
  let lessons: LessonsOfVariants;
  beforeAll(async () => {
    const source = learnableSource();
    const plan = await planOf(source, { horizon, level });
    lessons = await learnVariants(variants, plan, runnerOn(source));
  });

  test("learn what their name says, and nothing that is not measured", () => {
    expect(Object.keys(lessons).toSorted()).toEqual(variants.toSorted());
    for (const variant of variants) {
      const { demand, isLearned } = lessons[variant]!;
      expect(isLearned).toBe(variant !== "no-learning");
      expect([demand.horizon, demand.withCustomers]).toEqual([horizon, variant !== "no-customers"]);
      const ofMean = isDeepStrictEqual(demand.pooled.classLosses, lossesOfOne("mean13"));
      expect(ofMean).toBe(variant === "no-combination");
    }
  });

  function expectSound(weeks: readonly number[]) {
    for (const variant of variants) {
      const found = methodNamed(variant)!.forecast(historyOf(weeks), { origin: ORIGIN, horizon, level, lessons });
      if (!found) {
        expect(weeks.some((quantity) => quantity >= 1e-6)).toBe(false);
        continue;
      }
      const { mean, interval, total, accuracyEstimate } = found;
      const { lower, median, upper } = interval!;
      for (const array of [mean, lower, median!, upper]) expect(array).toHaveLength(horizon);
      let sum = 0;
      for (let k = 0; k < horizon; k++) {
        const inOrder = 0 <= lower[k]! && lower[k]! <= mean[k]! && mean[k]! <= upper[k]! && lower[k]! <= median![k]!;
        expect(inOrder && median![k]! <= upper[k]! && upper[k]! < Number.POSITIVE_INFINITY).toBe(true);
        sum += mean[k]!;
      }
      expect(0 <= total!.lower && total!.lower <= sum && sum <= total!.upper).toBe(true);
      expect(accuracyEstimate === null || (accuracyEstimate! >= 0 && accuracyEstimate! <= 1)).toBe(true);
    }
  }

  test("forecast any history soundly", () => {
    const quantity = fc.oneof(
      { weight: 4, arbitrary: fc.constant(0) },
      { weight: 4, arbitrary: fc.integer({ min: -20, max: 1000 }) },
      fc.double({ min: -100, max: 1e9, noNaN: true }),
    );
    fc.assert(fc.property(fc.array(quantity, { minLength: 1, maxLength: 160 }), expectSound), {
      seed: 1,
      numRuns: 200,
    });
  });

  test.each([
    ["nothing but zeros", Array(60).fill(0)],
    ["one week", [3]],
    ["one week of 400", [3, ...Array(399).fill(0)]],
    ["one sale last week", [...Array(99).fill(0), 3]],
    ["a constant", Array(100).fill(7)],
    ["a huge spike", Array.from({ length: 100 }, (_, week) => (week === 60 ? 1e9 : week % 3))],
    ["a huge spike last week", Array.from({ length: 100 }, (_, week) => (week === 99 ? 1e9 : week % 3))],
    ["weeks of more returned than sold", Array.from({ length: 60 }, (_, week) => (week % 4 === 0 ? 2 : -9))],
    ["500 weeks", Array.from({ length: 500 }, (_, week) => week % 5)],
    ["crumbs", Array.from({ length: 80 }, (_, week) => (week % 7 === 0 ? 1e-6 : 0))],
  ])("forecast %s soundly", (_what, weeks) => expectSound(weeks));
});
