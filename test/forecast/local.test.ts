import { describe, expect, test } from "vitest";
import { forecastDemand } from "../../src/forecast/demand.ts";
import { localForecast } from "../../src/forecast/local.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { sum } from "../../src/numeric/sum.ts";

const ORIGIN = parseDay("2025-11-11");

function historyOf(lines: readonly (readonly [day: number, quantity: number])[]): ProductHistory {
  const builder = new OrderLinesBuilder();
  for (const [i, [day, quantity]] of lines.entries()) builder.add(0, `${i % 2}`, day, quantity, i);
  return productHistories(builder.build(), 1, ORIGIN)[0]!;
}

const forecast = (history: ProductHistory, horizon = 12) =>
  forecastDemand(history, { origin: ORIGIN, horizon, level: 0.8, model: undefined });

describe("Christmas trees, 100 a week in the four weeks before Christmas of seven years", () => {
  const CHRISTMAS = Array.from({ length: 7 }, (_, i) => parseDay(`${2018 + i}-12-24`));
  const trees = historyOf(
    CHRISTMAS.flatMap((day) => [27, 25, 20, 18, 13, 11, 6, 4].map((before): [number, number] => [day - before, 50])),
  );
  const { mean, intervals } = forecast(trees);

  test("are forecast with the total of every year", () => {
    expect(sum(mean)).toBeCloseTo(400, 0);
    expect(intervals.total.lower).toBeLessThanOrEqual(400);
    expect(intervals.total.upper).toBeGreaterThanOrEqual(400);
  });

  test("are forecast in the weeks before Christmas", () => {
    // Week 6 begins on December 23.
    expect(sum(mean.subarray(0, 6))).toBeGreaterThan(0.95 * sum(mean));
    expect(sum(mean.subarray(2, 6))).toBeGreaterThan(0.8 * sum(mean));
    expect(sum(mean.subarray(7))).toBe(0);
  });

  test("are none once it is January", () => {
    const inJanuary = localForecast(
      Float64Array.from([...trees.quantities, ...new Float64Array(1), 100, 100, 100, 100, ...new Float64Array(4)]),
      12,
      0.8,
    );
    expect(sum(inJanuary.mean)).toBeLessThan(40);
  });
});

test("a product of ten a day since eight days is forecast by its whole week, with doubt", () => {
  const eightDays = Array.from({ length: 8 }, (_, i): [number, number] => [ORIGIN - 8 + i, 10]);
  const { mean, intervals, modelType, accuracyEstimate } = forecast(historyOf(eightDays));
  expect([...mean]).toEqual(Array(12).fill(70));
  expect(sum(forecast(historyOf(eightDays.slice(1))).mean), "as a day earlier").toBe(840);
  expect([modelType, accuracyEstimate]).toEqual(["baseline", null]);
  expect(intervals.total.lower).toBeLessThan(0.5 * 840);
  expect(intervals.total.upper).toBeGreaterThan(1.5 * 840);
});

test("the first weeks of a longer horizon are those of a shorter one", () => {
  const seasonal = Float64Array.from({ length: 165 }, (_, week) => 60 + 40 * Math.sin((2 * Math.PI * week) / 52.18));
  const short = localForecast(seasonal, 12, 0.8).mean;
  const long = localForecast(seasonal, 26, 0.8).mean;
  for (const [week, quantity] of short.entries()) expect(long[week]! / quantity).toBeCloseTo(1, 1);
});

test("the mean does not depend on the level of the interval", () => {
  const quantities = Float64Array.from({ length: 80 }, (_, week) => 50 + ((week * 37) % 41));
  expect(localForecast(quantities, 12, 0.99).mean).toEqual(localForecast(quantities, 12, 0.5).mean);
});

test("a product that was sold every week and died is not revived by its past years", () => {
  const died = new Float64Array(300).fill(100).fill(0, 270);
  expect(sum(localForecast(died, 12, 0.8).mean)).toBeLessThan(0.1 * 1200);
});
