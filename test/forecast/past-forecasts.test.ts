import { describe, expect, test } from "vitest";
import { forecastDemand } from "../../src/forecast/demand.ts";
import { type PastTotal, pastForecasts } from "../../src/forecast/past-forecasts.ts";
import type { ProductHistory } from "../../src/history/history.ts";
import type { GlobalModel } from "../../src/learning/predict.ts";
import { foldOf } from "../../src/learning/table.ts";
import { hashOf } from "../../src/numeric/random.ts";
import { sum } from "../../src/numeric/sum.ts";
import * as lines from "../breaks/histories.ts";
import { historyOf, learnedLessons, ORIGIN } from "../parts/lessons.ts";
import { pooledOf } from "../parts/pooled.ts";
import { always } from "../parts/trees.ts";

const { demand: LEARNED } = await learnedLessons();
/** Sells unevenly, and the more the later. */
const weeks = (count: number) => Array.from({ length: count }, (_, week) => 20 + (week % 5) * 9 + week / 10);
const totals = (history: ProductHistory, model: GlobalModel = LEARNED, id = "1") =>
  pastForecasts(id, history, forecastDemand(history, ORIGIN, model), ORIGIN, model);
const daysAgo = (past: readonly PastTotal[]) => past.map(({ origin }) => ORIGIN - origin);
/** Nothing is known of all products, but that orders were always taken, and trees say so many times what is expected. */
const saying = (...means: number[]): GlobalModel => ({
  ...LEARNED,
  pooled: pooledOf({ index: new Float64Array(150).fill(1) }),
  folds: means.map((mean) => ({ ...LEARNED.folds[0]!, mean: always(mean) })),
});

describe("a product's own forecasts at past dates", () => {
  test("are of a horizon ago and of two, beside what came in the weeks since", () => {
    const sold = weeks(150);
    const past = totals(historyOf(sold));
    expect(daysAgo(past)).toEqual([12 * 7, 24 * 7]);
    expect(past.map(({ actual }) => actual)).toEqual(
      [sold.slice(-12), sold.slice(-24, -12)].map((ofHorizon) => expect.closeTo(sum(ofHorizon), 6)),
    );
    for (const { predicted, actual } of past) expect(Math.abs(predicted / actual - 1)).toBeLessThan(0.3);
  });

  test("know nothing of what came after", () => {
    const sold = weeks(150);
    const risen = sold.map((units, week) => (week < 138 ? units : 4 * units));
    const [before, after] = [totals(historyOf(sold)), totals(historyOf(risen))];
    expect(after.map(({ predicted }) => predicted)).toEqual(before.map(({ predicted }) => predicted));
    expect(after[0]!.actual).toBeCloseTo(4 * before[0]!.actual, 6);
  });

  test("are made by trees that the product has not taught", () => {
    const history = historyOf(weeks(150));
    for (const id of ["1", "2", "3", "4", "5"]) {
      const own = foldOf(hashOf(id));
      const told = totals(history, saying(own === 0 ? -9 : 0.5, own === 0 ? 0.5 : -9), id);
      expect(told).toEqual(totals(history, saying(0.5, 0.5), id));
    }
  });

  test("reach back as far as the product had customers and orders enough to be forecast", () => {
    expect(daysAgo(totals(historyOf(weeks(7))))).toEqual([]);
    expect(daysAgo(totals(historyOf(weeks(12))))).toEqual([]);
    // Two weeks are two orders, of one customer each.
    expect(daysAgo(totals(historyOf(weeks(14))))).toEqual([]);
    expect(daysAgo(totals(historyOf(weeks(15))))).toEqual([84]);
    expect(daysAgo(totals(historyOf(weeks(27))))).toEqual([84, 168]);
    expect(totals(historyOf(weeks(15)), { ...LEARNED, past: { ...LEARNED.past, minCustomers: 3 } })).toEqual([]);
  });

  test("count weeks in which nobody took orders as nothing, and the season of all products", () => {
    const origins = LEARNED.past.origins.map((origin) => ({ ...origin, weeks: origin.weeks / 2 }));
    const halved = { ...LEARNED, past: { ...LEARNED.past, origins } };
    const history = historyOf(weeks(150));
    for (const [i, { predicted }] of totals(history, halved).entries()) {
      expect(2 * predicted).toBeCloseTo(totals(history)[i]!.predicted, 6);
    }
  });
});

describe("what is put right in a history", () => {
  test("is in today's unit at past dates, too, so that what came can be compared", () => {
    const boxes = lines.ordinary(110, 5);
    const pieces = boxes.map(
      ([ago, customer, quantity]): lines.Line => [ago, customer, ago > 60 ? 12 * quantity : quantity],
    );
    const usual = totals(lines.historyOf(boxes));
    const past = totals(lines.historyOf(pieces));
    expect(past).toHaveLength(2);
    for (const [i, { predicted, actual }] of past.entries()) {
      expect(actual).toBeCloseTo(usual[i]!.actual, 6);
      expect(Math.abs(predicted / usual[i]!.predicted - 1)).toBeLessThan(0.05);
    }
  });

  test("is not yet known at a date before it happened", () => {
    const sold = weeks(150);
    const shifted = historyOf(sold.map((units, week) => (week < 140 ? units : units / 5)));
    const now = { ...forecastDemand(shifted, ORIGIN, LEARNED), breaks: [], isPutRight: true };
    const [last] = pastForecasts("1", shifted, now, ORIGIN, LEARNED);
    const [asSold] = totals(historyOf(sold));
    expect(last!.predicted).toBeCloseTo(asSold!.predicted, 6);
    expect(last!.actual).toBeLessThan(asSold!.actual / 2);
  });
});
