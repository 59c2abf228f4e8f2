import { describe, expect, test } from "vitest";
import type { Pooled } from "../../src/demand/base.ts";
import { equalLosses } from "../../src/demand/combination.ts";
import { DEMAND_CLASSES } from "../../src/demand/demand-class.ts";
import { forecastDemand } from "../../src/forecast/demand.ts";
import { LEARNED_WEEKS } from "../../src/learning/as-of.ts";
import type { GlobalModel } from "../../src/learning/predict.ts";
import { historyOf, ORIGIN, untaught } from "../parts/lessons.ts";
import { priorOf } from "../parts/prior.ts";
import { treesSaying } from "../parts/trees.ts";

const HORIZON = 4;
const ONES = new Float64Array(LEARNED_WEEKS).fill(1);

/** What is learned, where trees say the same of every product. */
function modelSaying(mean: number, changes: Partial<Pooled> = {}): GlobalModel {
  const fold = treesSaying({
    ...{ mean, lower: 0.5, median: 0.9, upper: 2 },
    ...{ meanWeekLower: 0.75, meanWeekUpper: 1.5, accuracy: 0.5 },
  });
  const pooled = {
    ...{ classLosses: DEMAND_CLASSES.map(equalLosses), seasons: new Map(), seasonWeeks: 8, lasting: new Map() },
    clearErrors: 0.5,
    ...{ index: new Float64Array(30).fill(1), gaps: [], pattern: ONES, open: ONES },
    ...changes,
  };
  return {
    ...{ horizon: HORIZON, withCustomers: true, prior: priorOf(), folds: [fold, fold] },
    past: { origins: [], minCustomers: 2, minOrders: 3 },
    ...{ pooled, pooledOnMonday: pooled },
    calibration: {
      stretches: DEMAND_CLASSES.map(() => ({ lower: 1, upper: 1, totalLower: 1, totalUpper: 1 })),
      cumulative: DEMAND_CLASSES.map(() => Array(HORIZON).fill({ totalLower: 1, totalUpper: 1 })),
      leastWidth: 0.04,
      coverage: 0.8,
    },
  };
}

const forecast = (weeks: readonly number[], model: GlobalModel) => forecastDemand(historyOf(weeks), ORIGIN, model);
const TEN = Array<number>(20).fill(10);
/** Trees have no say where all weeks are alike. */
const ABOUT_TEN = TEN.map((units, week) => units + (week % 2 === 0 ? 4 : -4));

test("a forecast of nothing states no accuracy, a forecast of something does", () => {
  expect(forecast(ABOUT_TEN, modelSaying(0)).accuracyEstimate).toBeNull();
  expect(forecast(ABOUT_TEN, modelSaying(0.001)).accuracyEstimate).toBeNull();
  expect(forecast(ABOUT_TEN, modelSaying(0.01)).accuracyEstimate).toBeCloseTo(0.97 * 0.5, 12);
});

describe("what trees say of a product", () => {
  test("is said of each week, and of the total as that of its mean week", () => {
    const { mean, intervals, accuracyEstimate } = forecast(TEN, modelSaying(1));
    for (const quantity of mean) expect(quantity).toBeCloseTo(10, 9);
    for (const { lower, median, upper } of intervals.weeks) expect([lower, median, upper]).toEqual([5, 9, 20]);
    expect(intervals.total).toEqual({ lower: 30, upper: 60 });
    expect(accuracyEstimate).toBeCloseTo(0.97 * 0.5, 12);
  });

  test("follows the pattern of the weeks, median and bounds too, and keeps the total of the weeks it is learned for", () => {
    const pattern = ONES.with(3, 0.1).with(11, 1.9);
    const { mean, intervals } = forecast([...TEN, 10.5], modelSaying(1, { pattern }));
    expect(mean[3]! / mean[0]!).toBeCloseTo(0.1, 9);
    // Four of the twelve weeks, with 3.1 twelfths of their total.
    const level = mean[0]!;
    expect(level).toBeGreaterThan(10);
    expect(level).toBeLessThan(10.5);
    const { lower, median, upper } = intervals.weeks[3]!;
    expect([lower, median, upper].map((bound) => bound / mean[3]!)).toEqual(
      [0.5, 0.9, 2].map((share) => expect.closeTo(share, 9)),
    );
    expect(mean.reduce((sum, quantity) => sum + quantity, 0)).toBeCloseTo(3.1 * level, 9);
    expect(intervals.total.lower).toBeCloseTo(0.75 * 3.1 * level, 9);
    expect(intervals.total.upper).toBeCloseTo(1.5 * 3.1 * level, 9);
  });

  test("loses what is not ordered in weeks in which all rest", () => {
    const { mean, intervals } = forecast(TEN, modelSaying(1, { open: ONES.with(1, 0).with(2, 0.4) }));
    expect([...mean]).toEqual([10, 0, 4, 10].map((quantity) => expect.closeTo(quantity, 9)));
    expect(intervals.weeks.map(({ lower, upper }) => [lower, upper])).toEqual([
      [5, 20],
      [0, 0],
      [2, 8],
      [5, 20],
    ]);
    expect(intervals.total).toEqual({ lower: 0.75 * 24, upper: 1.5 * 24 });
  });

  test("is of nothing where all rest in the whole horizon", () => {
    const { mean, intervals, accuracyEstimate } = forecast(TEN, modelSaying(1, { open: new Float64Array(12) }));
    expect([...mean]).toEqual([0, 0, 0, 0]);
    expect(intervals.total).toEqual({ lower: 0, upper: 0 });
    expect(accuracyEstimate).toBeNull();
  });

  test("is said of a product as if nothing had happened to all of them", () => {
    const halved = [...TEN.slice(0, 14), ...Array<number>(6).fill(5)];
    const index = new Float64Array(20).fill(1).fill(0.5, 14);
    const { mean, breaks } = forecast(halved, modelSaying(1, { index }));
    for (const quantity of mean) expect(quantity).toBeCloseTo(10, 9);
    expect(breaks).toEqual([]);
  });
});

describe("while a break is open", () => {
  const weeks = [...Array<number>(110).fill(30), ...Array<number>(6).fill(90)];

  test("intervals hold what was before as well as what is now", () => {
    const { mean, intervals, breaks } = forecast(weeks, modelSaying(1));
    expect(breaks).toMatchObject([{ kind: "level-shift" }]);
    for (const quantity of mean) expect(quantity).toBeCloseTo(90, 6);
    // The level of the history as it came lies between both.
    expect(intervals.weeks[0]!.lower).toBeLessThan(0.5 * 80);
    expect(intervals.weeks[0]!.upper).toBe(180);
    expect(intervals.total.lower).toBeLessThan(4 * 0.75 * 80);
    expect(intervals.total.upper).toBe(4 * 1.5 * 90);
  });

  test("no longer where it is settled", () => {
    const { intervals } = forecast([...weeks, 90, 90], modelSaying(1));
    expect(intervals.total).toEqual({ lower: 4 * 0.75 * 90, upper: 4 * 1.5 * 90 });
  });
});

test("bounds of what is not sold by the piece are not rounded to whole units", () => {
  const weighed = forecast([...TEN, 10.5], modelSaying(1));
  expect(Number.isInteger(weighed.intervals.weeks[0]!.lower)).toBe(false);
  expect(Number.isInteger(weighed.intervals.total.upper)).toBe(false);
});

test("a giant order is no end of what may come, and hardly moves what is expected", async () => {
  const { demand } = await untaught();
  const weeks = Array<number>(60).fill(10);
  const [usual, giant] = [weeks, weeks.with(-5, 1000)].map((of) => forecast(of, demand));
  expect(giant!.mean[0]! / usual!.mean[0]!).toBeLessThan(2);
  expect(giant!.intervals.total.upper).toBeGreaterThan(usual!.intervals.total.upper);
});
