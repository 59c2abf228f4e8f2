import { describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../src/forecast/document.ts";
import { leadTimeQuantity } from "../../src/forecast/lead-time.ts";
import { PRIOR_LEVELS, PRIOR_WEEKS, type PriorStretches } from "../../src/learning/prior.ts";
import { documentOf } from "../show/documents.ts";

/** Of totals the stretch is that of the level, of weeks ten times that; each class has the next multiple. */
const STRETCHES = [1, 2, 3, 4].map((multiple): PriorStretches => {
  const levels = PRIOR_LEVELS.map((level) => multiple / (1 - level));
  return {
    ...{ lower: levels, upper: levels.map((stretch) => stretch ** 2) },
    ...{ totalLower: PRIOR_WEEKS.map(() => levels), totalUpper: PRIOR_WEEKS.map(() => levels) },
  };
});
const STEADY = documentOf(Array(52).fill(100.5), [100, 80, 120]);
const enough = (weeks: number, serviceLevel?: number, document: ForecastDocument = STEADY) =>
  leadTimeQuantity(document, weeks, serviceLevel, STRETCHES);

describe("what is enough for a lead time", () => {
  test("is the upper bound of the demand up to its end, unless another service level is asked for", () => {
    expect([1, 5, 12].map((weeks) => enough(weeks))).toEqual([120, 550, 1320]);
    expect([1, 5, 12].map((weeks) => enough(weeks, 0.9))).toEqual([120, 550, 1320]);
  });

  test("is as many times as far above the mean for another service level as stretches are larger", () => {
    // 0.95 is what an interval of 0.9 leaves below its upper bound, with 1 / 0.1 instead of 1 / 0.2.
    expect(enough(5, 0.95)).toBe(500 + 2 * 50);
    expect(enough(5, 0.75)).toBe(500 + 0.4 * 50);
    expect(enough(1, 0.95)).toBe(100 + 4 * 20);
  });

  test("is whole where the product is sold whole, and has the product's decimals elsewhere", () => {
    const whole = documentOf(Array(52).fill(100), [100, 80, 120]);
    expect(enough(5, 0.94, whole)).toBe(Math.ceil(enough(5, 0.94)!));
    expect(Number.isInteger(enough(5, 0.94))).toBe(false);
  });

  test("is not known beyond the forecast, nor of a document that does not say", () => {
    const { cumulative_upper: _, ...week } = STEADY.predictions[0]!;
    const old = { ...STEADY, predictions: [week] } as ForecastDocument;
    expect([enough(13), enough(1, 0.95, old)]).toEqual([undefined, undefined]);
  });
});
