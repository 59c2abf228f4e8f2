import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  holdingBoth,
  type Interval,
  type Intervals,
  tidyIntervals,
  type WeekInterval,
  withDue,
} from "../../src/forecast/interval.ts";

const quantity = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const interval = fc.record({ lower: quantity, median: quantity, upper: quantity });
/** Of demand up to each week's end the same as of the total. */
const alike = (weeks: readonly WeekInterval[], total: Interval): Intervals => ({
  ...{ weeks, total, cumulative: weeks.map(() => total) },
});
const forecast = fc.array(fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), interval), {
  minLength: 4,
  maxLength: 26,
});

describe("tidied intervals, whatever they were", () => {
  test("are in order, not negative, around the mean, and the total's around the sum", () => {
    fc.assert(
      fc.property(forecast, interval, fc.boolean(), (weeks, total, isWhole) => {
        const mean = Float64Array.from(weeks, ([quantity]) => quantity);
        const tidy = tidyIntervals(
          mean,
          alike(
            weeks.map(([, week]) => week),
            total,
          ),
          isWhole,
        );
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

  test("of demand up to a week's end never fall from week to week, begin with the first week's and end with the total's", () => {
    const some = fc.array(interval, { minLength: 26, maxLength: 26 });
    fc.assert(
      fc.property(forecast, some, interval, fc.boolean(), (weeks, upTo, total, isWhole) => {
        const mean = Float64Array.from(weeks, ([quantity]) => quantity);
        const given = { weeks: weeks.map(([, week]) => week), total, cumulative: upTo.slice(0, mean.length) };
        const tidy = tidyIntervals(mean, given, isWhole);
        expect(tidy.cumulative.at(-1)).toEqual(tidy.total);
        const [first, week] = [tidy.cumulative[0]!, tidy.weeks[0]!];
        expect(first.lower <= week.lower && first.upper <= week.upper).toBe(true);
        if (tidy.cumulative.every(({ upper }) => upper > week.upper)) expect(first.upper).toBe(week.upper);
        let expected = 0;
        for (const [k, { lower, upper }] of tidy.cumulative.entries()) {
          expected += mean[k]!;
          expect(0 <= lower && lower <= expected && expected <= upper).toBe(true);
          const before = tidy.cumulative[k - 1] ?? { lower: 0, upper: 0 };
          expect(before.lower <= lower && before.upper <= upper).toBe(true);
        }
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  test("of whole products end at whole units, or at the mean", () => {
    fc.assert(
      fc.property(forecast, interval, (weeks, total) => {
        const mean = Float64Array.from(weeks, ([quantity]) => quantity);
        const sum = mean.reduce((total, quantity) => total + quantity, 0);
        const tidy = tidyIntervals(
          mean,
          alike(
            weeks.map(([, week]) => week),
            total,
          ),
          true,
        );
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
    expect(tidyIntervals(mean, alike(weeks, { lower: 3.9, upper: 9.1 }), true)).toEqual({
      weeks: [
        { lower: 1, median: 3, upper: 5 },
        { lower: 2, median: 2, upper: 6 },
      ],
      total: { lower: 3, upper: 10 },
      cumulative: [
        { lower: 1, upper: 5 },
        { lower: 3, upper: 10 },
      ],
    });
    const { total } = tidyIntervals(mean, alike(weeks, { lower: 4 - 1e-9, upper: 9 + 1e-9 }), true);
    expect(total).toEqual({ lower: 4, upper: 9 });
    expect(tidyIntervals(mean, alike(weeks, { lower: 3.9, upper: 9.1 }), false)).toMatchObject({
      weeks,
      total: { lower: 3.9, upper: 9.1 },
    });
  });
});

test("intervals that hold both go as far down and as far up as either", () => {
  const first = {
    weeks: [
      { lower: 1, median: 2, upper: 9 },
      { lower: 4, median: 5, upper: 6 },
    ],
    total: { lower: 5, upper: 11 },
    cumulative: [
      { lower: 1, upper: 9 },
      { lower: 5, upper: 11 },
    ],
  };
  const second = {
    weeks: [
      { lower: 3, median: 7, upper: 8 },
      { lower: 2, median: 3, upper: 10 },
    ],
    total: { lower: 4, upper: 10 },
    cumulative: [
      { lower: 3, upper: 8 },
      { lower: 4, upper: 10 },
    ],
  };
  expect(holdingBoth(first, second)).toEqual({
    weeks: [
      { lower: 1, median: 2, upper: 9 },
      { lower: 2, median: 5, upper: 10 },
    ],
    total: { lower: 4, upper: 11 },
    cumulative: [
      { lower: 1, upper: 9 },
      { lower: 4, upper: 11 },
    ],
  });
});

test("orders that are due raise the median and the upper bounds of their week and of totals from it on, no lower bound", () => {
  const week = { lower: 4, median: 5, upper: 6 };
  const total = { lower: 9, upper: 11 };
  expect(withDue({ weeks: [week, week], total, cumulative: [week, total] }, Float64Array.of(0, 100))).toEqual({
    weeks: [week, { lower: 4, median: 105, upper: 106 }],
    total: { lower: 9, upper: 111 },
    cumulative: [
      { lower: 4, upper: 6 },
      { lower: 9, upper: 111 },
    ],
  });
});
