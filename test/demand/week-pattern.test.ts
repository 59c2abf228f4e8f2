import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clearnessOf, pastSeasons } from "../../src/demand/season.ts";
import { weekPattern } from "../../src/demand/week-pattern.ts";
import { weeksOfYears } from "../../src/history/calendar.ts";

const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => quantity(i));
const flat = (horizon: number) => new Float64Array(horizon).fill(1);

function patternOf(quantities: Float64Array, ofAll: Float64Array, first = ofAll.length): Float64Array {
  return weekPattern(quantities, clearnessOf(pastSeasons(quantities, quantities.length, first), 0.5), ofAll, first);
}

describe("the pattern of the weeks", () => {
  test("has a mean of one in its first weeks, no week below zero, whatever the history", () => {
    const quantity = fc.oneof(fc.constant(0), fc.double({ min: -50, max: 1e6, noNaN: true }));
    const history = fc.array(quantity, { minLength: 1, maxLength: 330 });
    const pattern = fc.array(fc.double({ min: 0.1, max: 5, noNaN: true }), { minLength: 4, maxLength: 26 });
    fc.assert(
      fc.property(history, pattern, (own, ofAll) => {
        const first = Math.min(12, ofAll.length);
        const factors = patternOf(Float64Array.from(own), Float64Array.from(ofAll), first);
        expect(factors).toHaveLength(ofAll.length);
        expect(factors.subarray(0, first).reduce((sum, factor) => sum + factor, 0) / first).toBeCloseTo(1, 9);
        for (const factor of factors) expect(factor).toBeGreaterThanOrEqual(0);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("is flat where no past year is known, nor a pattern of all products", () => {
    const rising = weeks(51, (i) => i);
    expect(patternOf(rising, flat(12))).toEqual(flat(12));
  });

  test("is that of all products for a product without a past year", () => {
    const ofAll = Float64Array.of(1, 2, 3, 2);
    const young = weeks(3, () => 5);
    expect(patternOf(young, ofAll)).toEqual(Float64Array.of(0.5, 1, 1.5, 1));
    expect(patternOf(young, ofAll, 2)).toEqual(Float64Array.of(2 / 3, 4 / 3, 2, 4 / 3));
  });

  test("is flat where all products rest, all the time", () => {
    expect(
      patternOf(
        weeks(3, () => 5),
        new Float64Array(12),
      ),
    ).toEqual(flat(12));
  });

  test("follows a season of the product the more the more years it was seen", () => {
    const autumn = (i: number) => (i % 52 < 26 ? 10 + (i % 52) : 10);
    const rise = (years: number) => {
      const quantities = weeks(52 * years, autumn);
      // Without what is clear.
      const pattern = weekPattern(quantities, 0, flat(26), 26);
      return pattern[20]! / pattern[0]!;
    };
    expect(rise(1)).toBeGreaterThan(1);
    expect(rise(3)).toBeGreaterThan(rise(1));
    expect(rise(7)).toBeGreaterThan(rise(3));
    // A year counts one in one plus four.
    const once = patternOf(
      weeks(60, (i) => (i < 8 ? 1 : i < 30 ? 3 : 1)),
      flat(12),
    );
    for (const factor of once) expect(factor).toBeLessThanOrEqual((1 / 5) * 1.6 + 4 / 5);
  });

  test("of a clear season is that of its past years, week by week", () => {
    const quantities = new Float64Array(weeksOfYears(3) + 4);
    for (const [i, quantity] of [10, 12, 9].entries()) {
      const begin = quantities.length - weeksOfYears(i + 1);
      for (const [k, share] of [1, 2, 4, 3].entries()) quantities[begin + 5 + k] = quantity * share;
    }
    const pattern = patternOf(quantities, flat(16), 12);
    expect([...pattern]).toEqual(
      [0, 0, 0, 0, 0, 1.2, 2.4, 4.8, 3.6, 0, 0, 0, 0, 0, 0, 0].map((f) => expect.closeTo(f, 9)),
    );
  });
});
