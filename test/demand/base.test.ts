import { describe, expect, test } from "vitest";
import { baseOf, type Pooled } from "../../src/demand/base.ts";
import { equalLosses } from "../../src/demand/combination.ts";
import { PastDemand } from "../../src/demand/level.ts";

const HORIZON = 12;
const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => quantity(i));
const pooledOf = (series: Float64Array, change: Partial<Pooled> = {}): Pooled => ({
  ...{
    series,
    classLosses: [0, 1, 2, 3].map(equalLosses),
    seasonExponent: 1,
    ownSeasonExponent: 1,
    momentum: new Map(),
  },
  ...change,
});
const basisOf = (quantities: Float64Array) => new PastDemand(quantities, HORIZON).basisAt(quantities.length);

describe("what is expected of a product", () => {
  const flat = weeks(156, () => 100);

  test("is its level, where nothing is known of seasons", () => {
    const base = baseOf(basisOf(weeks(30, () => 7)), pooledOf(weeks(50, () => 100)), 0, HORIZON);
    expect(base).toMatchObject({ pooledSeason: undefined, ownSeason: 0 });
    expect(base.expected).toBeCloseTo(7, 9);
  });

  test("follows the season of all products as far as past years are trusted", () => {
    const summer = weeks(156, (i) => (i % 52 < 12 ? 200 : 100));
    const young = basisOf(weeks(20, () => 7));
    const at = (seasonExponent: number) => baseOf(young, pooledOf(summer, { seasonExponent }), 0, HORIZON);
    expect(at(0).expected).toBeCloseTo(7, 9);
    expect(at(0.5).expected).toBeCloseTo(7 * Math.SQRT2, 9);
    expect(at(1).expected).toBeCloseTo(14, 9);
    expect(at(1).pooledSeason).toBeCloseTo(Math.LN2, 9);
    // 40 weeks before, the season is just over, in the year before that and in the one before, of which 12 weeks are known.
    const over = baseOf(young, pooledOf(summer), 40, HORIZON).pooledSeason;
    expect(over).toBeCloseTo(Math.log((100 + 100) / ((100 + 12 * 200) / 13 + 200)), 9);
  });

  test("follows its own season as far as past years of products are trusted", () => {
    const summer = weeks(156, (i) => (i % 52 < 12 ? 200 : 100));
    // Drawn towards the ratio of all by one more year at the mean: (40 + 10 · 2) / (10 + 10).
    const season = { years: 1, ahead: 40, before: 10, lastYear: 40 };
    const product = { ...basisOf(weeks(20, () => 10)), season };
    const at = (change: Partial<Pooled>) => baseOf(product, pooledOf(summer, change), 0, HORIZON).expected;
    expect(at({})).toBeCloseTo(10 * 3, 9);
    expect(at({ ownSeasonExponent: 0 })).toBeCloseTo(10 * 2, 9);
    expect(at({ ownSeasonExponent: 0.5 })).toBeCloseTo(10 * Math.sqrt(6), 9);
    expect(at({ seasonExponent: 0 })).toBeCloseTo(10 * 1.5, 9);
  });

  test("follows the momentum of all products in part", () => {
    const pooled = pooledOf(flat, { momentum: new Map([[0, Math.log(2)]]) });
    expect(baseOf(basisOf(weeks(20, () => 7)), pooled, 0, HORIZON).expected).toBeCloseTo(7 * 2 ** 0.7, 9);
    expect(baseOf(basisOf(weeks(20, () => 7)), pooled, 12, HORIZON).expected).toBeCloseTo(7, 9);
    const then = pooledOf(
      weeks(30, () => 100),
      {
        momentum: new Map([
          [0, Math.log(2)],
          [12, Math.log(3)],
        ]),
      },
    );
    expect(baseOf(basisOf(weeks(20, () => 7)), then, 12, HORIZON).expected).toBeCloseTo(7 * 3 ** 0.7, 9);
  });

  test("is finite where past years of all products or of this one sold nothing in the weeks of the horizon", () => {
    const never = weeks(156, (i) => (i % 52 < 12 ? 0 : 100));
    const { pooledSeason, ownSeason, expected } = baseOf(basisOf(never), pooledOf(never), 0, HORIZON);
    expect(pooledSeason).toBeCloseTo(Math.log(0.05), 9);
    expect(ownSeason).toBeCloseTo(Math.log(0.05), 9);
    expect(expected).toBeGreaterThan(0);
  });
});
