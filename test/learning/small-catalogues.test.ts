import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { forecastDemand } from "../../src/forecast/demand.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { type Lessons, learn } from "../../src/learning/learn.ts";
import { mean, sum } from "../../src/numeric/sum.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import { eligibleIds, LEARNING, learnableSource, ORIGIN, PERIOD, runnerOn, untaught } from "../parts/lessons.ts";

let source: MemorySource;
let ids: string[];
let nothing: Lessons;
beforeAll(async () => {
  source = learnableSource();
  ids = await eligibleIds(source);
  nothing = await untaught();
});

const planFor = (eligible: readonly string[]) => ({ eligible, historyStart: PERIOD.start, options: LEARNING });
const historiesOf = async (eligible: readonly string[]) =>
  productHistories(await source.orderLines(eligible, PERIOD), eligible.length, ORIGIN);
const forecast = (history: ProductHistory, { demand }: Lessons) => forecastDemand(history, ORIGIN, demand);

describe.each([1, 5, 30])("a catalogue of %i", (products) => {
  let lessons: Lessons;
  let histories: ProductHistory[];
  beforeAll(async () => {
    const eligible = ids.slice(0, products);
    lessons = await learn(planFor(eligible), runnerOn(source));
    histories = await historiesOf(eligible);
  });

  test("teaches something, and is forecast with intervals around the forecast", () => {
    expect(lessons.isLearned).toBe(true);
    expect(lessons.demand.calibration.coverage).toBeGreaterThan(0.5);
    for (const history of histories) {
      const { mean: weeks, intervals, accuracyEstimate } = forecast(history, lessons);
      const total = sum(weeks);
      expect(total).toBeGreaterThan(0);
      expect(intervals.total.lower).toBeLessThan(total);
      expect(intervals.total.upper).toBeGreaterThan(total);
      for (const [week, { lower, median, upper }] of intervals.weeks.entries()) {
        expect(lower <= weeks[week]! && weeks[week]! <= upper && lower <= median && median <= upper).toBe(true);
      }
      expect(accuracyEstimate! > 0 && accuracyEstimate! <= 1).toBe(true);
    }
  });
});

test("a catalogue of 5 is forecast nearly as it would be without having been looked at", async () => {
  const eligible = ids.slice(0, 5);
  const lessons = await learn(planFor(eligible), runnerOn(source));
  for (const [index, { totalLower, totalUpper }] of lessons.demand.calibration.stretches.entries()) {
    const known = nothing.demand.calibration.stretches[index]!;
    expect(totalLower / known.totalLower).toBeCloseTo(1, 1);
    expect(totalUpper / known.totalUpper).toBeCloseTo(1, 1);
  }
  const apart = (await historiesOf(eligible)).map((history) =>
    Math.abs(sum(forecast(history, lessons).mean) / sum(forecast(history, nothing).mean) - 1),
  );
  expect(Math.max(...apart)).toBeLessThan(0.2);
  expect(mean(apart)).toBeLessThan(0.06);
});

describe("where there is nothing to learn from", () => {
  test("without a product what is known is that without any row", async () => {
    const { demand } = await learn(planFor([]), runnerOn(source));
    expect(demand.pooled.classLosses).toEqual(nothing.demand.pooled.classLosses);
    expect(demand.calibration).toEqual(nothing.demand.calibration);
    expect(isDeepStrictEqual(demand.prior, { ...nothing.demand.prior, meanShare: 0 })).toBe(true);
  });

  test.each([1, 300])(
    "products whose last order was years ago are forecast all the same, %i of them",
    async (products) => {
      const lines = new OrderLinesBuilder();
      for (let product = 0; product < products; product++) {
        for (let week = 0; week < 9; week++)
          lines.add(product, `${week % 3}`, ORIGIN - 7 * (150 + week), 5, `${product}-${week}`);
      }
      const productIds = Array.from({ length: products }, (_, product) => `${product}`);
      const names = { products: new Map(), customers: new Map() };
      const longAgo = new MemorySource(shareOrderBook({ productIds, lines: lines.build(), names }));
      const lessons = await learn(planFor(productIds), runnerOn(longAgo));
      const [history] = productHistories(await longAgo.orderLines(["0"], PERIOD), 1, ORIGIN);
      const { mean: weeks, intervals } = forecast(history!, lessons);
      expect(sum(weeks)).toBeLessThan(5);
      for (const units of [...weeks, intervals.total.lower, intervals.total.upper])
        expect(units).toBeGreaterThanOrEqual(0);
    },
  );
});
