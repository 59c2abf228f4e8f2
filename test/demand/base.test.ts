import { describe, expect, test } from "vitest";
import { baseOf } from "../../src/demand/base.ts";
import { equalLosses } from "../../src/demand/combination.ts";
import { type LevelBasis, PastDemand } from "../../src/demand/level.ts";
import type { PastSeasons } from "../../src/demand/season.ts";

const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => quantity(i));
/** Seven units a week, too young for a past year. */
const YOUNG = basisOf(weeks(20, () => 7));

function basisOf(quantities: Float64Array): LevelBasis {
  return new PastDemand(quantities, 12).basisAt(quantities.length);
}

function at(basis: LevelBasis, { seasons = {}, seasonWeeks = 8, lasting = {}, weeksAgo = 0 } = {}) {
  const byWeeksAgo = (logarithms: Record<number, number>) =>
    new Map(Object.entries(logarithms).map(([ago, logarithm]) => [Number(ago), logarithm]));
  const classLosses = [0, 1, 2, 3].map(equalLosses);
  const known = { seasons: byWeeksAgo(seasons), lasting: byWeeksAgo(lasting) };
  const pooled = { classLosses, seasonWeeks, clearErrors: 0.5, ...known };
  return baseOf(basis, pooled, weeksAgo);
}

const withSeason = (season: Partial<PastSeasons>): LevelBasis => ({
  ...YOUNG,
  season: { ...YOUNG.season, ...season },
});

describe("what is expected of a product", () => {
  test("is its level, where nothing is known of seasons", () => {
    const base = at(YOUNG);
    expect(base).toMatchObject({ pooledSeason: undefined, ownSeason: 0 });
    expect(base.expected).toBeCloseTo(7, 9);
  });

  test("follows the season of all products as of the origin", () => {
    const seasons = { 0: Math.log(2), 40: Math.log(0.5) };
    expect(at(YOUNG, { seasons }).expected).toBeCloseTo(14, 9);
    expect(at(YOUNG, { seasons })).toMatchObject({ pooledSeason: Math.log(2), ownSeason: 0 });
    expect(at(YOUNG, { seasons, weeksAgo: 40 }).expected).toBeCloseTo(3.5, 9);
    expect(at(YOUNG, { seasons, weeksAgo: 30 }).pooledSeason).toBeUndefined();
  });

  test("follows its own season the less, the more weeks that of all products counts", () => {
    // Three quarters of the demand of 24 weeks were in the weeks of the horizon: three times as much a week.
    const product = withSeason({ years: 1, weeks: 24, sharedWeeks: 18 });
    expect(at(product, { seasonWeeks: 0 }).expected).toBeCloseTo(7 * 3, 9);
    expect(at(product, { seasonWeeks: 8 }).expected).toBeCloseTo((7 * (18 + 4)) / (6 + 4), 9);
    expect(at(product, { seasonWeeks: 1e9 }).expected).toBeCloseTo(7, 5);
    expect(at(product, { seasonWeeks: 0, seasons: { 0: Math.log(2) } }).expected).toBeCloseTo(7 * 3 * 2, 9);
    expect(at(product, { seasonWeeks: 0 }).ownSeason).toBeCloseTo(Math.log(3), 9);
  });

  test("is what is usual in the weeks of the horizon as far as its season is clear", () => {
    const clear = (usualError: number) =>
      at(withSeason({ years: 3, usual: 100, triedYears: 2, usualError, levelError: 40 })).expected;
    expect(clear(0)).toBeCloseTo(100, 9);
    expect(clear(10)).toBeCloseTo(100, 9);
    expect(clear(15)).toBeCloseTo((7 + 100) / 2, 9);
    expect(clear(20)).toBeCloseTo(7, 9);
  });

  test("follows what lasts of what happened to all products, a clear season too", () => {
    const lasting = { 0: Math.log(2), 12: Math.log(3) };
    expect(at(YOUNG, { lasting }).expected).toBeCloseTo(14, 9);
    expect(at(YOUNG, { lasting, weeksAgo: 12 }).expected).toBeCloseTo(21, 9);
    expect(at(YOUNG, { lasting, weeksAgo: 8 }).expected).toBeCloseTo(7, 9);
    const clear = withSeason({ usual: 100, triedYears: 2, usualError: 0, levelError: 40 });
    expect(at(clear, { lasting }).expected).toBeCloseTo(200, 9);
  });

  test("is never nothing, so that it can stand below a ratio", () => {
    const over = withSeason({ usual: 0, triedYears: 2, usualError: 0, levelError: 40 });
    expect(at(over).expected).toBeCloseTo(7e-6, 12);
    const never = basisOf(weeks(156, (i) => (i % 52 < 12 ? 0 : 100)));
    expect(at(never).ownSeason).toBeLessThan(Math.log(0.2));
    expect(at(never).expected).toBeGreaterThan(0);
  });
});
