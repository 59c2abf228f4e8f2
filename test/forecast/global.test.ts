import { beforeAll, expect, test } from "vitest";
import { forecastDemand } from "../../src/forecast/demand.ts";
import type { Lessons } from "../../src/learning/learn.ts";
import { generator } from "../../src/numeric/random.ts";
import { sum } from "../../src/numeric/sum.ts";
import { historyOf, learnedLessons, ORIGIN } from "../parts/lessons.ts";

let lessons: Lessons;
beforeAll(async () => {
  lessons = await learnedLessons();
});

const WEEKS = 104;
const random = generator(1);
/** About ten units, every week. */
const STEADY = Array.from({ length: WEEKS }, () => Math.round(6 + 8 * random()));

function forecast(weeks: readonly number[]) {
  const { mean, intervals, ...rest } = forecastDemand(historyOf(weeks), {
    ...{ origin: ORIGIN, horizon: 12, level: 0.8 },
    model: lessons.demand,
  });
  return { mean, intervals, total: sum(mean), ...rest };
}

test("a steady product is expected to go on, most likely", () => {
  const { total, intervals, modelType } = forecast(STEADY);
  const lastYear = (sum(Float64Array.from(STEADY.slice(-52))) * 12) / 52;
  expect(Math.abs(total / lastYear - 1)).toBeLessThan(0.2);
  expect(intervals.total.lower).toBeLessThan(lastYear);
  expect(intervals.total.upper).toBeGreaterThan(lastYear);
  expect(modelType).toBe("ml");
});

test("a product that stopped is expected to sell less the longer ago that was, and almost nothing after 30 weeks", () => {
  const stopped = (ago: number) => forecast(STEADY.map((quantity, i) => (i < WEEKS - ago ? quantity : 0))).total;
  const steady = forecast(STEADY).total;
  expect(stopped(8)).toBeLessThan(0.6 * steady);
  expect(stopped(13)).toBeLessThan(stopped(8));
  expect(stopped(30)).toBeLessThan(steady / 20);
});

test("a product that was launched is not expected to die", () => {
  const steady = forecast(STEADY).total;
  for (const age of [1, 2, 4, 8, 13]) expect(forecast(STEADY.slice(-age)).total).toBeGreaterThan(0.7 * steady);
});

test("units do not matter much: ten times the demand is ten times the forecast, roughly", () => {
  const tenfold = forecast(STEADY.map((quantity) => 10 * quantity)).total;
  expect(Math.abs(tenfold / (10 * forecast(STEADY).total) - 1)).toBeLessThan(0.3);
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
