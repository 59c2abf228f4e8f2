import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ownSeasonRatio, pooledSeasonRatio, seasonSums } from "../../src/demand/season.ts";
import { weekPattern } from "../../src/demand/week-pattern.ts";

const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => quantity(i));

describe("the season ahead", () => {
  test("is what past years sold in the weeks of the horizon, and in those before them", () => {
    // Two years and 13 weeks: the years before begin after 13 and 65 weeks.
    const quantities = weeks(117, (i) => i);
    expect(seasonSums(quantities, 117, 4)).toEqual({
      years: 2,
      ahead: (13 + 16) / 2 + (65 + 68) / 2,
      before: 12 / 2 + (52 + 64) / 2,
      lastYear: (65 + 68) / 2,
    });
  });

  test("is seen from what was known, and returns are no demand", () => {
    const quantities = weeks(117, (i) => (i < 60 ? (i % 2 === 0 ? 10 : -30) : 1e6));
    expect(seasonSums(quantities, 60, 4)).toEqual({ years: 1, ahead: 5, before: 5, lastYear: 5 });
  });

  test("is not known before there were a year and four weeks", () => {
    expect(
      seasonSums(
        weeks(200, () => 1),
        55,
        12,
      ).years,
    ).toBe(0);
    expect(
      seasonSums(
        weeks(200, () => 1),
        56,
        12,
      ).years,
    ).toBe(1);
    expect(
      pooledSeasonRatio(
        weeks(55, () => 1),
        55,
        12,
      ),
    ).toBeUndefined();
    expect(
      pooledSeasonRatio(
        weeks(100, (i) => (i < 48 ? 0 : 1)),
        100,
        12,
      ),
    ).toBeUndefined();
  });

  test("of a product is drawn towards the market's by one year at its mean", () => {
    const market = pooledSeasonRatio(
      weeks(104, (i) => (i >= 52 && i < 64 ? 30 : 10)),
      104,
      12,
    )!;
    expect(market).toBe(3);
    expect(ownSeasonRatio({ years: 1, ahead: 8, before: 4, lastYear: 8 }, 4, market)).toBe((8 + 4 * 3) / (4 + 4));
    expect(ownSeasonRatio({ years: 0, ahead: 0, before: 0, lastYear: 0 }, 4, market)).toBe(3);
    expect(ownSeasonRatio({ years: 2, ahead: 0, before: 0, lastYear: 0 }, 0, market)).toBe(3);
  });
});

describe("the pattern of the weeks", () => {
  const flat = weeks(156, () => 100);
  /** Open all year but for one week, three weeks after the origin a year later. */
  const closed = weeks(156, (i) => (i % 52 === 3 ? 0 : 100));

  test("has a mean of one, no week at or below zero, whatever the history", () => {
    const quantity = fc.oneof(fc.constant(0), fc.double({ min: -50, max: 1e6, noNaN: true }));
    const history = fc.array(quantity, { minLength: 1, maxLength: 160 });
    fc.assert(
      fc.property(history, history, fc.integer({ min: 4, max: 26 }), (own, market, horizon) => {
        const pattern = weekPattern(Float64Array.from(own), Float64Array.from(market), horizon);
        expect(pattern).toHaveLength(horizon);
        expect(pattern.reduce((sum, factor) => sum + factor, 0) / horizon).toBeCloseTo(1, 9);
        for (const factor of pattern) expect(factor).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("is flat where no past year is known, nor the market's", () => {
    expect([
      ...weekPattern(
        weeks(51, (i) => i),
        weeks(51, (i) => i),
        12,
      ),
    ]).toEqual(Array(12).fill(1));
    expect([
      ...weekPattern(
        weeks(3, () => 5),
        flat,
        12,
      ),
    ]).toEqual(Array(12).fill(1));
  });

  test("rests in the weeks in which the market did, also for a product without a past year", () => {
    const pattern = weekPattern(
      weeks(3, () => 5),
      closed,
      12,
    );
    expect(pattern[3]! / pattern[4]!).toBeCloseTo(0.1, 12);
    const open = pattern.filter((_, k) => k !== 3);
    for (const factor of open) expect(factor).toBeCloseTo(12 / 11.1, 12);
  });

  test("does not follow a market that sells less in some weeks, but does not rest", () => {
    expect([
      ...weekPattern(
        weeks(3, () => 5),
        weeks(156, (i) => (i % 52 === 3 ? 60 : 100)),
        12,
      ),
    ]).toEqual(Array(12).fill(1));
  });

  test("follows a season of the product the more the more years it was seen", () => {
    const autumn = (i: number) => (i % 52 < 26 ? 10 + (i % 52) : 10);
    const rise = (years: number) => {
      const pattern = weekPattern(weeks(52 * years, autumn), flat, 26);
      return pattern[20]! / pattern[0]!;
    };
    expect(rise(1)).toBeGreaterThan(1);
    expect(rise(3)).toBeGreaterThan(rise(1));
    expect(rise(7)).toBeGreaterThan(rise(3));
    // A year counts one in one plus four.
    const once = weekPattern(
      weeks(60, (i) => (i < 8 ? 1 : i < 30 ? 3 : 1)),
      flat,
      12,
    );
    for (const factor of once) expect(factor).toBeLessThanOrEqual((1 / 5) * 1.6 + 4 / 5);
  });
});
