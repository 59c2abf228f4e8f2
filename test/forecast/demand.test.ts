import { describe, expect, test } from "vitest";
import { equalLosses } from "../../src/demand/combination.ts";
import { DEMAND_CLASSES } from "../../src/demand/demand-class.ts";
import { forecastDemand } from "../../src/forecast/demand.ts";
import type { GlobalModel } from "../../src/learning/predict.ts";
import { historyOf, ORIGIN } from "../parts/lessons.ts";
import { foldSaying } from "../parts/trees.ts";

const HORIZON = 4;

/** What is learned, where trees say the same of every product. */
function modelSaying(mean: number, series = new Float64Array(30).fill(100)): GlobalModel {
  const fold = foldSaying({
    ...{ mean, lower: 0.5, median: 0.9, upper: 2 },
    ...{ meanWeekLower: 0.75, meanWeekUpper: 1.5, accuracy: 0.5 },
  });
  return {
    ...{ horizon: HORIZON, tailProbability: 0.1, withCustomers: true, folds: [fold, fold] },
    pooled: {
      ...{ series, classLosses: DEMAND_CLASSES.map(equalLosses) },
      ...{ seasonExponent: 0, ownSeasonExponent: 0, momentum: new Map() },
    },
    calibration: { upperStretch: 1, meanWeekStretch: new Float64Array(4).fill(1), coverage: 0.8 },
  };
}

const forecast = (weeks: readonly number[], model: GlobalModel | undefined) =>
  forecastDemand(historyOf(weeks), { origin: ORIGIN, horizon: HORIZON, level: 0.8, model });
const TEN = Array<number>(20).fill(10);

test("a forecast of nothing states no accuracy, a forecast of something does", () => {
  expect(forecast(TEN, modelSaying(0)).accuracyEstimate).toBeNull();
  expect(forecast(TEN, modelSaying(0.001)).accuracyEstimate).toBeNull();
  expect(forecast(TEN, modelSaying(0.01)).accuracyEstimate).toBeCloseTo(0.97 * 0.5, 12);
  expect(forecast([5, ...Array<number>(200).fill(0)], undefined).accuracyEstimate).toBeNull();
});

describe("what trees say of a product", () => {
  test("is said of each week, and of the total as that of its mean week", () => {
    const { mean, intervals, accuracyEstimate, modelType } = forecast(TEN, modelSaying(1));
    expect(modelType).toBe("ml");
    for (const quantity of mean) expect(quantity).toBeCloseTo(10, 9);
    for (const { lower, median, upper } of intervals.weeks) expect([lower, median, upper]).toEqual([5, 9, 20]);
    expect(intervals.total).toEqual({ lower: 30, upper: 60 });
    expect(accuracyEstimate).toBeCloseTo(0.97 * 0.5, 12);
  });

  test("follows the weeks of past years, median and bounds too, and keeps its total", () => {
    // Of each year's first four weeks, in the fourth all products rest.
    const series = Float64Array.from({ length: 104 }, (_, week) => (week % 52 === 3 ? 10 : 100));
    const { mean, intervals } = forecast(TEN, modelSaying(1, series));
    expect(mean[3]! / mean[0]!).toBeCloseTo(10 / 77.5, 6);
    expect(mean.reduce((sum, quantity) => sum + quantity, 0)).toBeCloseTo(40, 9);
    const { lower, median, upper } = forecast([...TEN, 10.5], modelSaying(1, series)).intervals.weeks[3]!;
    const [own] = forecast([...TEN, 10.5], modelSaying(1, series)).mean.slice(3);
    for (const [bound, share] of [
      [lower, 0.5],
      [median, 0.9],
      [upper, 2],
    ] as const)
      expect(bound / own!).toBeCloseTo(share, 9);
    expect(intervals.total).toEqual({ lower: 30, upper: 60 });
  });
});

test("bounds of what is not sold by the piece are not rounded to whole units", () => {
  const weighed = forecast([...TEN, 10.5], modelSaying(1));
  expect(Number.isInteger(weighed.intervals.weeks[0]!.lower)).toBe(false);
  expect(Number.isInteger(weighed.intervals.total.upper)).toBe(false);
});

test("the forecast of a product by itself is tried on what came, a giant order too", () => {
  const weeks = Array<number>(60).fill(10).with(-5, 1000);
  const { intervals, mean } = forecast(weeks, undefined);
  expect(mean[0]).toBeLessThan(30);
  expect(intervals.total.upper).toBeGreaterThan(500);
});
