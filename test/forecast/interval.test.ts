import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { intervalsFromErrors, intervalsFromHistory, tidyIntervals } from "../../src/forecast/interval.ts";

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
  expect(intervalsFromErrors(Float64Array.of(20, 30), heldOut, 0.95).total).toEqual({ lower: 46, upper: 54 });
});

test("intervals from history are its quantiles, and the total's spread grows by the root of the weeks", () => {
  const mean = new Float64Array(4).fill(3);
  const { weeks, total } = intervalsFromHistory(mean, Float64Array.of(1, 2, 3, 4, 5), 0.5);
  expect(weeks).toEqual(Array(4).fill({ lower: 2, median: 3, upper: 4 }));
  expect(total).toEqual({ lower: 10, upper: 14 });
});
