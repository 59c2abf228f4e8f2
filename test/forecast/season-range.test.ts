import { describe, expect, test } from "vitest";
import { inSeasonRange } from "../../src/forecast/season-range.ts";
import { weeksOfYears } from "../../src/history/calendar.ts";
import type { ForecastPrediction } from "../../src/learning/predict.ts";

/** Twelve weeks of so many units each in every past year, the last one first, and nothing between them. */
function inSeason(...years: number[]): Float64Array {
  const quantities = new Float64Array(weeksOfYears(years.length));
  for (const [i, units] of years.entries()) {
    const start = quantities.length - weeksOfYears(i + 1);
    quantities.fill(units, start, start + 12);
  }
  return quantities;
}

function ranged(quantities: Float64Array, clearness = 1, leastWidth = 0.04) {
  const bounds = { meanWeekLower: 2, meanWeekUpper: 90 };
  const spread = { lower: 1, median: 8, upper: 95, accuracy: 0.3 };
  const base = { expected: 10, clearness };
  const said = { mean: 10, ...bounds, ...spread, cumulative: [bounds, bounds], base } as unknown as ForecastPrediction;
  return inSeasonRange(said, quantities, leastWidth);
}

const widthOf = ({ meanWeekLower, meanWeekUpper }: { meanWeekLower: number; meanWeekUpper: number }) =>
  meanWeekUpper - meanWeekLower;

describe("the range of a clear season", () => {
  test("is narrower, the more years were alike, and is that of any product where no year is known", () => {
    const widths = [2, 4, 7].map((years) => widthOf(ranged(inSeason(...Array(years).fill(10)))));
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    expect(widths[0]).toBeLessThan(9);
    expect(widths[2]).toBeLessThan(4);
    expect(widthOf(ranged(new Float64Array(30)))).toBe(88);
  });

  test("holds every past year, and more where years differ more", () => {
    const [some, more] = [ranged(inSeason(10, 12, 9, 10)), ranged(inSeason(10, 40, 6, 10))];
    expect(some.meanWeekUpper).toBeGreaterThan(12);
    expect(more.meanWeekUpper).toBeGreaterThanOrEqual(40);
    expect(more.accuracy).toBeLessThan(some.accuracy);
  });

  test("is wider of a week than of the total, where weeks came at other times, and of a higher level", () => {
    const shifted = inSeason(0, 0, 0, 0);
    for (const year of [1, 2, 3, 4]) shifted[shifted.length - weeksOfYears(year) + (year % 2)] = 120;
    const { lower, upper, cumulative, ...total } = ranged(shifted);
    expect(upper - lower).toBeGreaterThan(1.2 * widthOf(total));
    expect(widthOf(cumulative[0]!)).toBeGreaterThan(widthOf(cumulative[1]!));
    expect(cumulative[1]).toEqual({ meanWeekLower: total.meanWeekLower, meanWeekUpper: total.meanWeekUpper });
    expect(widthOf(ranged(inSeason(10, 10, 10), 1, 0.06))).toBeGreaterThan(widthOf(ranged(inSeason(10, 10, 10))));
  });

  test("is taken as far as the season stands alone", () => {
    const years = inSeason(10, 10, 10);
    expect(ranged(years, 0)).toEqual(ranged(new Float64Array(30), 0));
    const clear = ranged(years);
    expect(ranged(years, 0.5).meanWeekUpper).toBeCloseTo((90 + clear.meanWeekUpper) / 2, 9);
    expect([clear.median, ranged(years, 0.5).median]).toEqual([10, 9]);
  });

  test("is nothing where nothing was sold in any year", () => {
    const said = ranged(inSeason(0, 0, 0));
    expect(said.meanWeekUpper).toBe(said.mean);
    expect(said.accuracy).toBe(0.3);
  });
});
