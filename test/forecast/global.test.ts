import { beforeAll, describe, expect, test } from "vitest";
import { forecastDemand } from "../../src/forecast/demand.ts";
import type { DemandForecast } from "../../src/forecast/demand-forecast.ts";
import { globalForecast } from "../../src/forecast/global.ts";
import type { Lessons } from "../../src/learning/learn.ts";
import { generator } from "../../src/numeric/random.ts";
import { sum } from "../../src/numeric/sum.ts";
import { historyOf, learnedLessons, ORIGIN, untaught } from "../parts/lessons.ts";

let lessons: Lessons;
beforeAll(async () => {
  lessons = await learnedLessons();
});

const WEEKS = 104;
const random = generator(1);
/** About ten units, every week. */
const STEADY = Array.from({ length: WEEKS }, () => Math.round(6 + 8 * random()));

function forecast(weeks: readonly number[], { demand } = lessons) {
  const { mean, intervals, ...rest } = forecastDemand(historyOf(weeks), ORIGIN, demand);
  return { mean, intervals, total: sum(mean), ...rest };
}

test("a steady product is expected to go on, most likely", async () => {
  const lastYear = (sum(Float64Array.from(STEADY.slice(-52))) * 12) / 52;
  const { total, intervals } = forecast(STEADY, await untaught());
  expect(Math.abs(total / lastYear - 1)).toBeLessThan(0.1);
  expect(intervals.total.lower).toBeLessThan(lastYear);
  expect(intervals.total.upper).toBeGreaterThan(lastYear);
  // Most products of the simulated catalogue lose customers.
  expect(Math.abs(forecast(STEADY).total / lastYear - 1)).toBeLessThan(0.25);
});

test("a product that stopped is expected to sell no more the longer ago that was, and almost nothing after 30 weeks", () => {
  const stopped = (ago: number) => forecast(STEADY.map((quantity, i) => (i < WEEKS - ago ? quantity : 0))).total;
  const steady = forecast(STEADY).total;
  expect(stopped(8)).toBeLessThan(0.6 * steady);
  expect(stopped(13)).toBeLessThanOrEqual(stopped(8));
  expect(stopped(30)).toBeLessThan(steady / 20);
});

test("a product that was launched is not expected to die", () => {
  const steady = forecast(STEADY).total;
  for (const age of [1, 2, 4, 8, 13]) expect(forecast(STEADY.slice(-age)).total).toBeGreaterThan(0.7 * steady);
});

describe("units do not matter: a thousand times the demand is a thousand times the forecast", () => {
  const histories: readonly (readonly number[])[] = [
    STEADY,
    STEADY.map((quantity, week) => (week % 5 === 0 ? quantity / 8 : 0)),
    STEADY.map((quantity, week) => (week < 80 ? quantity * 1.5 ** (week % 4) : 0)),
    STEADY.slice(-9),
    [0.3],
  ];

  test.each(histories.map((history, i) => [i, history] as const))("of history %i", async (_, history) => {
    for (const { demand } of [lessons, await untaught()]) {
      const [one, thousandfold] = [1, 1000].map((unit) => {
        return globalForecast(historyOf(history.map((quantity) => unit * quantity)), ORIGIN, demand);
      });
      const numbersOf = ({ mean, intervals: { weeks, total } }: DemandForecast) => [
        ...mean,
        ...weeks.flatMap(({ lower, median, upper }) => [lower, median, upper]),
        total.lower,
        total.upper,
      ];
      for (const [i, number] of numbersOf(thousandfold!).entries()) {
        const expected = 1000 * numbersOf(one!)[i]!;
        expect(Math.abs(number - expected)).toBeLessThanOrEqual(1e-9 * expected);
      }
      expect(thousandfold!.accuracyEstimate).toBeCloseTo(one!.accuracyEstimate!, 9);
    }
  });

  test("whole units rounded to", () => {
    const [one, thousandfold] = [1, 1000].map((unit) => forecast(STEADY.map((quantity) => unit * quantity)).intervals);
    expect(Math.abs(thousandfold!.total.upper / 1000 - one!.total.upper)).toBeLessThan(1);
    expect(Math.abs(thousandfold!.total.lower / 1000 - one!.total.lower)).toBeLessThan(1);
    for (const [week, { lower, upper }] of thousandfold!.weeks.entries()) {
      expect(Math.abs(lower / 1000 - one!.weeks[week]!.lower)).toBeLessThan(0.51);
      expect(Math.abs(upper / 1000 - one!.weeks[week]!.upper)).toBeLessThan(0.51);
    }
  });
});

test("a single order of 1,000 units raises the next twelve weeks by little, whenever it was", () => {
  const steady = forecast(STEADY).total;
  for (const ago of [1, 3, 8, 20, 40, 60]) {
    const spiked = forecast(STEADY.with(WEEKS - ago, 1000));
    expect(spiked.total).toBeLessThan(1.5 * steady);
    expect(spiked.intervals.total.upper).toBeLessThan(3 * steady);
  }
  const returned = forecast(STEADY.with(WEEKS - 3, 1000).with(WEEKS - 2, -1000));
  expect(Math.abs(returned.total / steady - 1)).toBeLessThan(0.5);
  expect(forecast(STEADY.with(WEEKS - 8, 1e12)).total).toBe(forecast(STEADY.with(WEEKS - 8, 1000)).total);
});
