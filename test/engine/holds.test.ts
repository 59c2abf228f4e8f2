import { beforeAll, describe, expect, test } from "vitest";
import { type BacktestSettings, backtest } from "../../src/backtest/backtest.ts";
import type { BacktestReport } from "../../src/backtest/report.ts";
import { type EvaluatedForecast, summarize } from "../../src/backtest/summary.ts";
import { parseDay } from "../../src/history/calendar.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { simulateOrders } from "../../src/simulation/wholesaler.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { Interruption } from "../../src/workers/interruption.ts";

/**
 * What the engine promises, on worlds that nobody tuned on. The bounds are those of the engine as it stands, with room for
 * chance: three standard errors of a share of so many forecasts.
 */

const START = parseDay("2021-01-01");
const ORIGINS = ["2025-08-19", "2025-04-01"].map(parseDay);
const LEAST_FORECASTS = 100;

const world = (seed: number, products = 700): OrderBook =>
  simulateOrders({ seed, products, customers: 300, start: START, end: parseDay("2025-11-11") });

async function measured(book: OrderBook, settings: Partial<BacktestSettings>) {
  const forecasts: EvaluatedForecast[] = [];
  const failures: string[] = [];
  const observer = {
    started: () => {},
    done: () => {},
    failed: (productId: string, _origin: number, reason: string) => failures.push(`${productId}: ${reason}`),
    measured: (some: readonly EvaluatedForecast[]) => forecasts.push(...some),
  };
  const evaluation = await backtest(
    {
      ...{ origins: ORIGINS, historyStart: START, horizon: 12, level: 0.8, minCustomers: 2, minOrders: 3 },
      ...{ methods: ["auto", "mean13"], workers: 2, limit: undefined, products: undefined, sample: undefined, seed: 1 },
      ...{ keepForecasts: false, keepExamples: false },
      ...settings,
    },
    { kind: "memory", book: shareOrderBook(book) },
    observer,
    new Interruption(),
  );
  expect(failures).toEqual([]);
  return { report: summarize(evaluation), forecasts };
}

/** How far a share may be off by chance: three standard errors, as some of many shares are off by two, of forecasts that are not independent. */
const chance = (share: number, forecasts: number) => 0.02 + 3 * Math.sqrt((share * (1 - share)) / forecasts);

/** Narrow intervals miss together, or hold together, what the luck of a whole market moves. */
const together = (level: number) => (level < 0.8 ? 0.1 : 0);

describe.each([
  { level: 0.5, seed: 11 },
  { level: 0.8, seed: 12 },
  { level: 0.95, seed: 11 },
])("intervals of $level in world $seed", ({ level, seed }) => {
  let report: BacktestReport;
  beforeAll(async () => {
    report = (await measured(world(seed), { level })).report;
  }, 300_000);

  test("hold as many totals as they promise, in each class of demand", () => {
    for (const { forecasts, models } of [...report.by_class, report]) {
      expect(forecasts).toBeGreaterThan(LEAST_FORECASTS);
      const coverage = models[0]!.total_coverage!;
      expect(coverage).toBeGreaterThan(level - chance(level, forecasts) - together(level));
      expect(coverage).toBeLessThan(level + chance(level, forecasts) + together(level));
    }
  });

  test("hold as many weeks as they promise, and of demand without many zeros not many more", () => {
    for (const { group, models } of report.by_class) {
      const coverage = models[0]!.coverage!;
      expect(coverage).toBeGreaterThan(level - 0.04);
      if (group === "smooth" || group === "erratic") expect(coverage).toBeLessThan(level + 0.08 + together(level));
    }
  });

  test("come with a forecast without bias", () => {
    expect(Math.abs(report.models[0]!.bias!)).toBeLessThan(0.06);
    for (const { models } of report.by_class) expect(Math.abs(models[0]!.bias!)).toBeLessThan(0.2);
  });

  test("come with a forecast that misses less than the mean of 13 weeks, by more than chance", () => {
    const against = report.differences.filter((difference) => difference.against === "mean13");
    expect(against.map(({ measure }) => measure)).toEqual(["wape", "total_wape", "rmsse"]);
    for (const { upper } of against) expect(upper).toBeLessThan(0);
  });

  test("come with an accuracy that comes true", () => {
    const { mean_estimate: estimate, mean_accuracy: accuracy, rank_correlation: correlation } = report.honesty!;
    expect(Math.abs(estimate! - accuracy!)).toBeLessThan(0.05);
    expect(correlation).toBeGreaterThan(0.4);
  });
});

test("nothing that is ordered from the origin on moves a number", async () => {
  const origin = ORIGINS[1]!;
  // So many as are needed to learn from each other.
  const book = world(13, 300);
  const { product, day, quantity } = book.lines;
  const changed = quantity.map((units, i) => (day[i]! >= origin ? 50 * units + 1000 : units));
  // Each product's first line from the origin on is one of the origin's own day.
  const moved = day.slice();
  const seen = new Set<number>();
  for (const [i, p] of product.entries()) if (day[i]! >= origin && !seen.has(p) && seen.add(p)) moved[i] = origin;
  const afterwards = { ...book, lines: { ...book.lines, quantity: changed, day: moved } };
  const settings = { origins: [origin], keepForecasts: true };
  const [before, after] = [await measured(book, settings), await measured(afterwards, settings)];
  const said = ({ forecasts }: typeof before) =>
    forecasts.map(({ productId, forecasts: weeks }) => ({ productId, methods: weeks!.methods }));
  expect(before.forecasts.length).toBeGreaterThan(LEAST_FORECASTS);
  expect(after.report.models[0]!.wape).not.toBe(before.report.models[0]!.wape);
  expect(said(after)).toEqual(said(before));
}, 300_000);
