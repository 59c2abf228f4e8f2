import { describe, expect, test } from "vitest";
import { clearnessOf, type PastSeasons, pastSeasons, ratioOfShare } from "../../src/demand/season.ts";
import { weeksOfYears } from "../../src/history/calendar.ts";
import { generator } from "../../src/numeric/random.ts";
import { mean } from "../../src/numeric/sum.ts";

const HORIZON = 12;
const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => quantity(i));
const seasonsOf = (quantities: Float64Array) => pastSeasons(quantities, quantities.length, HORIZON);

/**
 * A product that is sold in four weeks a year, which come again five weeks after the origin.
 *
 * @param years units a week in each past year, the last one first.
 */
function inSeason(...years: number[]): Float64Array {
  const quantities = new Float64Array(weeksOfYears(years.length) + 4);
  for (const [i, quantity] of years.entries()) {
    const begin = quantities.length - weeksOfYears(i + 1) + 5;
    quantities.fill(quantity, begin, begin + 4);
  }
  return quantities;
}

describe("the season ahead", () => {
  test("is what past years sold in the weeks of the horizon, and in those before them", () => {
    // Two years and 13 weeks: the years before begin after 13 and 65 weeks.
    const first = { before: 6, ahead: (13 + 16) / 2, weeks: 16, lastOfBefore: (9 + 12) / 2 };
    const second = { before: (52 + 64) / 2, ahead: (65 + 68) / 2, weeks: 17, lastOfBefore: (61 + 64) / 2 };
    const shareOf = ({ before, ahead }: { before: number; ahead: number }) => ahead / (before + ahead);
    expect(
      pastSeasons(
        weeks(117, (i) => i),
        117,
        4,
      ),
    ).toEqual({
      years: 2,
      weeks: 16 + 17,
      sharedWeeks: expect.closeTo(16 * shareOf(first) + 17 * shareOf(second), 9),
      lastYear: second.ahead,
      usual: (first.ahead + second.ahead) / 2,
      // Either year from the other, and the last weeks from those before both years; all weeks, and the only part of them.
      usualError: 4 * (second.ahead - first.ahead) + 113 + 116 - (first.lastOfBefore + second.lastOfBefore),
      levelError: 2 * (second.ahead - second.before + first.ahead - first.before),
      triedYears: 2,
    });
  });

  test("is seen from what was known, and returns are no demand", () => {
    const quantities = weeks(117, (i) => (i < 60 ? (i % 2 === 0 ? 10 : -30) : 1e6));
    const known = pastSeasons(quantities, 60, 4);
    expect(known).toMatchObject({ years: 1, weeks: 6, sharedWeeks: 3, lastYear: 5, usual: 0, triedYears: 0 });
    expect(known).toMatchObject({ usualError: 0, levelError: 0 });
  });

  test("is not known before there was a year, nor how it compares before there were four weeks more", () => {
    const nothing = { years: 0, weeks: 0, sharedWeeks: 0, lastYear: 0, usual: 0 };
    const untried = { usualError: 0, levelError: 0, triedYears: 0 };
    const quantities = weeks(200, () => 1);
    expect(pastSeasons(quantities, 51, HORIZON)).toEqual({ ...nothing, ...untried });
    expect(pastSeasons(quantities, 55, HORIZON)).toMatchObject({ years: 0, usual: 1, weeks: 0, ...untried });
    expect(pastSeasons(quantities, 56, HORIZON)).toMatchObject({ years: 1, weeks: 16, ...untried });
  });

  test("is aligned by date: the third year is 157 weeks ago", () => {
    const quantities = weeks(165, (i) => (i >= 165 - 157 && i < 165 - 157 + 4 ? 30 : 0));
    expect(pastSeasons(quantities, 165, 4)).toMatchObject({ years: 3, weeks: 4, sharedWeeks: 4, usual: 0 });
  });

  test("is usual by the middle one of the last five years", () => {
    expect(seasonsOf(inSeason(600, 90, 120, 60, 30, 900, 900, 900)).usual).toBeCloseTo((90 * 4) / HORIZON, 9);
  });
});

describe("the ratio of a share", () => {
  test("is drawn towards what was expected by as many weeks as that counts", () => {
    expect(ratioOfShare(18, 24, 0.5, 0)).toBeCloseTo(3, 12);
    expect(ratioOfShare(18, 24, 0.5, 8)).toBeCloseTo(22 / 10, 12);
    expect(ratioOfShare(0, 0, 0.5, 8)).toBe(1);
    expect(ratioOfShare(0, 10, 0.8, 10)).toBeCloseTo(2 / 3, 12);
  });

  test("is finite where all was sold in the weeks of the horizon", () => {
    expect(ratioOfShare(1000, 1000, 0.5, 1)).toBeCloseTo(49, 9);
  });
});

describe("a season", () => {
  const clearness = (season: Partial<PastSeasons>) => clearnessOf({ ...seasonsOf(inSeason()), ...season }, 0.5);

  test("is clear where it left a small part of the errors, the smaller the fewer years, and in part where it left more", () => {
    expect(clearness({ triedYears: 2, usualError: 2.5, levelError: 10 })).toBe(1);
    expect(clearness({ triedYears: 2, usualError: 3.75, levelError: 10 })).toBe(0.5);
    expect(clearness({ triedYears: 4, usualError: 3.75, levelError: 10 })).toBe(1);
    expect(clearness({ triedYears: 2, usualError: 5, levelError: 10 })).toBe(0);
    expect(clearness({ triedYears: 2, usualError: 99, levelError: 10 })).toBe(0);
    expect(clearness({ triedYears: 1, usualError: 0, levelError: 10 })).toBe(0);
    expect(clearness({ triedYears: 7, usualError: 0, levelError: 10 })).toBe(1);
  });

  test("is none where nothing was tried, or no error was left to it", () => {
    expect(clearness({})).toBe(0);
    expect(clearness({ usual: 1, triedYears: 5, usualError: 0, levelError: 0 })).toBe(0);
  });

  test("in which nothing was sold in three years, nor before it, is clear", () => {
    const nothing = { usual: 0, usualError: 0, levelError: 0 };
    expect(clearness({ triedYears: 3, ...nothing })).toBe(1);
    expect(clearness({ triedYears: 2, ...nothing })).toBe(0);
  });

  test("is clear although an order comes a few weeks earlier or later, as it may be in another part", () => {
    const yearly = weeks(weeksOfYears(5), () => 1);
    for (const year of [1, 2, 3, 4, 5]) yearly[yearly.length - weeksOfYears(year) + 7 + (year % 2)] = 200;
    expect(clearnessOf(seasonsOf(yearly), 0.2)).toBe(1);
  });

  test("is over after a single year in which it was, if the product was sold as in that year since", () => {
    const sold = (last: number) => Float64Array.of(...Array(4).fill(100), ...Array(48).fill(0), ...Array(4).fill(last));
    expect(clearnessOf(seasonsOf(sold(100)), 0.2)).toBe(1);
    expect(clearnessOf(seasonsOf(sold(60)), 0.2)).toBe(0);
    // Nothing says that what was sold in its first weeks comes again.
    const launched = Float64Array.of(...Array(16).fill(100), ...Array(52).fill(10));
    expect(clearnessOf(seasonsOf(launched), 0.2)).toBe(0);
  });

  test("of four weeks before each Christmas is clear, with its usual total", () => {
    const season = seasonsOf(inSeason(80, 120, 100));
    expect(clearnessOf(season, 0.5)).toBe(1);
    expect(season.usual * HORIZON).toBeCloseTo(400, 9);
  });

  test("that came twice is clear if it came alike, one that came once is not", () => {
    expect(clearnessOf(seasonsOf(inSeason(100, 90)), 0.5)).toBe(1);
    expect(clearnessOf(seasonsOf(inSeason(100, 60)), 0.5)).toBe(0);
    expect(clearnessOf(seasonsOf(inSeason(100)), 0.5)).toBe(0);
  });

  test("in which the product was launched counts with what is known of it", () => {
    const launched = (weeksAfter: number) => {
      const all = inSeason(100, 100);
      return clearnessOf(seasonsOf(all.slice(all.findIndex((quantity) => quantity > 0) + weeksAfter)), 0.5);
    };
    expect(launched(0)).toBe(1);
    expect(launched(2)).toBe(0);
  });

  test("that is over is as clear as one that lies ahead", () => {
    const over = seasonsOf(inSeason(100, 100, 100, 100).slice(0, -39));
    expect(over.usual).toBe(0);
    expect(clearnessOf(over, 0.5)).toBe(1);
  });

  test("that did not come for two years is clear no more: a product that died is not revived", () => {
    expect(clearnessOf(seasonsOf(inSeason(0, 0, 100, 100, 100)), 0.5)).toBe(0);
  });

  test("of a product that was sold all year until it died is not clear", () => {
    const summer = weeks(weeksOfYears(5) + 4, (i) => 20 + ((i + 40) % 52 < 12 ? 40 : 0));
    expect(clearnessOf(seasonsOf(summer), 0.5)).toBeGreaterThan(0.5);
    expect(clearnessOf(seasonsOf(summer.fill(0, -20)), 0.5)).toBeLessThan(0.1);
  });

  test("is not clear of a product that always sells the same", () => {
    expect(clearnessOf(seasonsOf(weeks(300, () => 100)), 0.5)).toBe(0);
  });

  test("is seldom clear in noise, and less where the level moves", () => {
    const clearnesses = (chance: number, step: number) =>
      Array.from({ length: 300 }, (_, seed) => {
        const random = generator(seed);
        let level = 10;
        const quantities = weeks(300, () => {
          level *= 1 + step * (2 * random() - 1);
          return random() < chance ? level * random() : 0;
        });
        return clearnessOf(seasonsOf(quantities), 0.5);
      });
    for (const chance of [1, 0.3, 0.05]) {
      const found = clearnesses(chance, 0);
      expect(mean(Float64Array.from(found))).toBeLessThan(0.35);
      expect(found.filter((clearness) => clearness === 1).length / found.length).toBeLessThan(0.15);
    }
    expect(mean(Float64Array.from(clearnesses(1, 0.1)))).toBeLessThan(0.1);
  });
});
