import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  holdingBoth,
  intervalsFromErrors,
  intervalsFromHistory,
  tidyIntervals,
  withDue,
} from "../../src/forecast/interval.ts";

const quantity = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const interval = fc.record({ lower: quantity, median: quantity, upper: quantity });
const forecast = fc.array(fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), interval), {
  minLength: 4,
  maxLength: 26,
});

describe("tidied intervals, whatever they were", () => {
  test("are in order, not negative, around the mean, and the total's around the sum", () => {
    fc.assert(
      fc.property(forecast, interval, fc.boolean(), (weeks, total, isWhole) => {
        const mean = Float64Array.from(weeks, ([quantity]) => quantity);
        const tidy = tidyIntervals(mean, { weeks: weeks.map(([, week]) => week), total }, isWhole);
        for (const [k, { lower, median, upper }] of tidy.weeks.entries()) {
          expect(0 <= lower && lower <= median && median <= upper).toBe(true);
          expect(lower <= mean[k]! && mean[k]! <= upper).toBe(true);
        }
        const sum = mean.reduce((total, quantity) => total + quantity, 0);
        expect(0 <= tidy.total.lower && tidy.total.lower <= sum && sum <= tidy.total.upper).toBe(true);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("of whole products end at whole units, or at the mean", () => {
    fc.assert(
      fc.property(forecast, interval, (weeks, total) => {
        const mean = Float64Array.from(weeks, ([quantity]) => quantity);
        const sum = mean.reduce((total, quantity) => total + quantity, 0);
        const tidy = tidyIntervals(mean, { weeks: weeks.map(([, week]) => week), total }, true);
        for (const [k, { lower, upper }] of tidy.weeks.entries()) {
          for (const bound of [lower, upper]) expect(Number.isInteger(bound) || bound === mean[k]).toBe(true);
        }
        for (const bound of [tidy.total.lower, tidy.total.upper]) {
          expect(Number.isInteger(bound) || bound === sum).toBe(true);
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  test("are at the nearest unit for weeks, outwards for the total, but for what rounding adds", () => {
    const mean = Float64Array.of(3, 3);
    const weeks = [
      { lower: 1.4, median: 2.6, upper: 5.4 },
      { lower: 1.6, median: 2.4, upper: 5.6 },
    ];
    expect(tidyIntervals(mean, { weeks, total: { lower: 3.9, upper: 9.1 } }, true)).toEqual({
      weeks: [
        { lower: 1, median: 3, upper: 5 },
        { lower: 2, median: 2, upper: 6 },
      ],
      total: { lower: 3, upper: 10 },
    });
    const { total } = tidyIntervals(mean, { weeks, total: { lower: 4 - 1e-9, upper: 9 + 1e-9 } }, true);
    expect(total).toEqual({ lower: 4, upper: 9 });
    expect(tidyIntervals(mean, { weeks, total: { lower: 3.9, upper: 9.1 } }, false)).toEqual({
      weeks,
      total: { lower: 3.9, upper: 9.1 },
    });
  });
});

test("intervals from errors add their quantiles to the mean, and the total's own errors to the sum", () => {
  const heldOut = [-2, -1, 0, 1, 2].map((error) => ({
    forecast: Float64Array.of(10, 10),
    actual: Float64Array.of(10 + error, 10 + error),
  }));
  const { weeks, total } = intervalsFromErrors(Float64Array.of(20, 30), heldOut, 0.5);
  expect(weeks).toEqual([
    { lower: 19, median: 20, upper: 21 },
    { lower: 29, median: 30, upper: 31 },
  ]);
  // Errors of the totals are 0, 2, 2, 4 and 4; their quantile is that at 0.5 · 6 / 5.
  expect(total).toEqual({ lower: 50 - 2.8, upper: 50 + 2.8 });
  // The quantile at 0.8 · 6 / 5 is 4, and so few errors say nothing of the level .95: tails fall off exponentially.
  const beyond = 4 * (Math.log(0.05) / Math.log(0.2));
  const rare = intervalsFromErrors(Float64Array.of(20, 30), heldOut, 0.95).total;
  expect(rare).toEqual({ lower: expect.closeTo(50 - beyond, 9), upper: expect.closeTo(50 + beyond, 9) });
});

describe("intervals from history", () => {
  test("are its quantiles, and the total's spread grows by the root of the weeks", () => {
    const mean = new Float64Array(4).fill(3);
    const { weeks, total } = intervalsFromHistory(mean, Float64Array.of(1, 1, 2, 2, 3, 3, 4, 4, 5, 5), 0.5);
    expect(weeks).toEqual(Array(4).fill({ lower: 2, median: 3, upper: 4 }));
    expect(total).toEqual({ lower: 10, upper: 14 });
  });

  test("are no narrower than few weeks allow, however alike these are", () => {
    const widthOf = (weeks: number, level: number) => {
      const { weeks: bounds, total } = intervalsFromHistory(
        new Float64Array(3).fill(100),
        new Float64Array(weeks).fill(100),
        level,
      );
      const { lower, median, upper } = bounds[2]!;
      expect([median, (lower + upper) / 2, (total.lower + total.upper) / 2]).toEqual([100, 100, 300]);
      expect((total.upper - total.lower) / 2).toBeCloseTo((3 * (upper - lower)) / 2, 9);
      return upper - 100;
    };
    expect(widthOf(4, 0.75)).toBeCloseTo(30, 9);
    expect(widthOf(1, 0.75)).toBeCloseTo(60, 9);
    expect(widthOf(16, 0.75)).toBeCloseTo(15, 9);
    expect(widthOf(4, 0.9375)).toBeCloseTo(60, 9);
  });
});

test("intervals that hold both go as far down and as far up as either", () => {
  const first = {
    weeks: [
      { lower: 1, median: 2, upper: 9 },
      { lower: 4, median: 5, upper: 6 },
    ],
    total: { lower: 5, upper: 11 },
  };
  const second = {
    weeks: [
      { lower: 3, median: 7, upper: 8 },
      { lower: 2, median: 3, upper: 10 },
    ],
    total: { lower: 4, upper: 10 },
  };
  expect(holdingBoth(first, second)).toEqual({
    weeks: [
      { lower: 1, median: 2, upper: 9 },
      { lower: 2, median: 5, upper: 10 },
    ],
    total: { lower: 4, upper: 11 },
  });
});

test("orders that are due raise the median and the upper bounds of their week and of the total, no lower bound", () => {
  const week = { lower: 4, median: 5, upper: 6 };
  expect(withDue({ weeks: [week, week], total: { lower: 9, upper: 11 } }, Float64Array.of(0, 100))).toEqual({
    weeks: [week, { lower: 4, median: 105, upper: 106 }],
    total: { lower: 9, upper: 111 },
  });
});
