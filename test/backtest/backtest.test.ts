import { describe, expect, test } from "vitest";
import { measures } from "../../src/accuracy/measures.ts";
import { SUMS } from "../../src/accuracy/score.ts";
import { type BacktestSettings, backtest, periodOf } from "../../src/backtest/backtest.ts";
import { evaluateBatch } from "../../src/backtest/batch.ts";
import { VARIANT_NAMES } from "../../src/backtest/lessons.ts";
import { METHOD_NAMES } from "../../src/backtest/methods.ts";
import { type EvaluatedForecast, type Evaluation, summarize } from "../../src/backtest/summary.ts";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import { untaught } from "../parts/lessons.ts";
import { type Line, orderBook, simulatedBook, steadyOrders } from "../parts/orders.ts";

const ORIGIN = parseDay("2025-05-27");
const SETTINGS: BacktestSettings = {
  origins: [ORIGIN, ORIGIN - 28],
  historyStart: parseDay("2019-01-01"),
  horizon: 12,
  level: 0.8,
  minCustomers: 2,
  minOrders: 3,
  methods: METHOD_NAMES,
  workers: 2,
  limit: undefined,
  products: undefined,
  sample: undefined,
  seed: 1,
  keepForecasts: true,
  keepExamples: false,
};

async function evaluate(book: OrderBook, settings: Partial<BacktestSettings> = {}) {
  const told = {
    started: [] as number[],
    done: [] as number[],
    failed: [] as string[],
    measured: [] as EvaluatedForecast[],
  };
  const evaluation = await backtest(
    { ...SETTINGS, ...settings },
    { kind: "memory", book: shareOrderBook(book) },
    {
      started: (forecasts) => told.started.push(forecasts),
      done: (forecasts) => told.done.push(forecasts),
      failed: (productId, origin, reason) => told.failed.push(`${productId} at ${formatDay(origin)}: ${reason}`),
      measured: (forecasts) => told.measured.push(...forecasts),
    },
    new Interruption(),
  );
  return { evaluation, told };
}

const idsAt = ({ forecasts }: Evaluation, origin: number) =>
  forecasts.filter((forecast) => forecast.origin === origin).map(({ productId }) => productId);

/** The book with more lines of one order on a day. */
function withOrder({ productIds, lines, names }: OrderBook, day: number, quantity: number): OrderBook {
  const builder = new OrderLinesBuilder();
  for (const [i, product] of lines.product.entries()) {
    builder.add(product, lines.customers[lines.customer[i]!]!, lines.day[i]!, lines.quantity[i]!, lines.order[i]!);
  }
  for (const product of productIds.keys()) builder.add(product, "new", day, quantity, "spike");
  return { productIds, lines: builder.build(), names };
}

describe("nothing after the origin is seen", () => {
  const book = simulatedBook(40);
  const settings = { origins: [ORIGIN] };
  const untouched = evaluate(book, settings);
  const known = (forecasts: readonly EvaluatedForecast[]) =>
    forecasts.map(({ scores: _, accuracy: __, forecasts: kept, ...product }) => ({
      ...product,
      history: kept!.history,
      methods: kept!.methods,
    }));

  test.each([0, 1, 83])("a spike %i days after it moves no number of any method", async (days) => {
    const { measured: calm } = (await untouched).told;
    const { measured: spiked } = (await evaluate(withOrder(book, ORIGIN + days, 1e6), settings)).told;
    expect(calm.length).toBeGreaterThan(30);
    expect(known(spiked)).toEqual(known(calm));
    for (const [i, { forecasts }] of spiked.entries()) {
      const week = Math.floor(days / 7);
      expect(forecasts!.actual[week]).toBeCloseTo(calm[i]!.forecasts!.actual[week]! + 1e6, 3);
    }
  });

  test("a spike on the day before it is seen", async () => {
    const few = { ...settings, methods: ["auto", "naive"] };
    const { measured: calm } = (await evaluate(book, few)).told;
    const { measured: spiked } = (await evaluate(withOrder(book, ORIGIN - 1, 1e6), few)).told;
    expect(known(spiked)).not.toEqual(known(calm));
  });

  test("a product that became eligible afterwards is not measured", async () => {
    const late = steadyOrders(["late"], formatDay(ORIGIN + 84), 12);
    const steady = steadyOrders(["steady"], formatDay(ORIGIN + 84), 60);
    const { evaluation } = await evaluate(orderBook([...steady, ...late]), { origins: [ORIGIN] });
    expect(idsAt(evaluation, ORIGIN)).toEqual(["steady"]);
  });
});

test("what is read reaches to the end of the latest origin's horizon", () => {
  for (const origins of [SETTINGS.origins, SETTINGS.origins.toReversed()]) {
    expect(periodOf({ ...SETTINGS, origins })).toEqual({ start: SETTINGS.historyStart, origin: ORIGIN + 84 });
  }
});

test("a product at an origin is measured by the weeks from it on", async () => {
  const lines: Line[] = [
    ...steadyOrders(["1"], formatDay(ORIGIN), 30),
    ["a", "1", "1", formatDay(ORIGIN), 7],
    ["b", "1", "1", formatDay(ORIGIN + 6), 1],
    ["c", "1", "2", formatDay(ORIGIN + 7), -3],
    ["d", "1", "2", formatDay(ORIGIN + 83), 5],
    ["e", "1", "2", formatDay(ORIGIN + 84), 1000],
  ];
  const { evaluation, told } = await evaluate(orderBook(lines), { origins: [ORIGIN], methods: ["naive"] });
  const [forecast] = told.measured;
  expect([...forecast!.forecasts!.actual]).toEqual([8, -3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
  expect([...forecast!.forecasts!.methods[0]!.mean]).toEqual(Array(12).fill(10));
  const [model] = summarize(evaluation).models;
  expect(model!.wape).toBeCloseTo((2 + 13 + 9 * 10 + 5) / 16, 12);
  expect(model!.total_wape).toBeCloseTo(110 / 16, 12);
});

test("the same comes out with any number of workers, to the last digit", async () => {
  const book = simulatedBook(60);
  const { evaluation: alone, told: aloneTold } = await evaluate(book, { workers: 1 });
  const report = JSON.stringify(summarize(alone));
  // A worker for each batch of fifty.
  const { evaluation, told } = await evaluate(book, { workers: 3 });
  expect(evaluation.forecasts.length).toBeGreaterThan(100);
  expect(evaluation).toEqual(alone);
  expect(told.measured).toEqual(aloneTold.measured);
  expect(JSON.stringify(summarize(evaluation))).toBe(report);
});

describe("products", () => {
  const book = simulatedBook(120);

  test("are all that are eligible, in the order of the source", async () => {
    const { evaluation, told } = await evaluate(book, { methods: ["naive"] });
    for (const origin of SETTINGS.origins) {
      const ids = idsAt(evaluation, origin);
      expect(ids.length).toBeGreaterThan(60);
      expect(new Set(ids).size).toBe(ids.length);
    }
    expect(told.started).toEqual([evaluation.forecasts.length]);
    expect(told.done.at(-1)).toBe(evaluation.forecasts.length);
    expect(told.done).toEqual(told.done.toSorted((a, b) => a - b));
  });

  test("are limited to those with the most orders, or to those that are asked for", async () => {
    const { evaluation: all } = await evaluate(book, { methods: ["naive"] });
    const { evaluation: most } = await evaluate(book, { methods: ["naive"], limit: 5 });
    expect(idsAt(most, ORIGIN)).toEqual(idsAt(all, ORIGIN).slice(0, 5));
    const products = new Set([...idsAt(all, ORIGIN).slice(7, 9), "unknown"]);
    const { evaluation: asked } = await evaluate(book, { methods: ["naive"], products });
    expect(idsAt(asked, ORIGIN)).toEqual(idsAt(all, ORIGIN).slice(7, 9));
  });

  test("are drawn the same for the same seed", async () => {
    const draw = async (seed: number) =>
      idsAt((await evaluate(book, { methods: ["naive"], sample: 20, seed })).evaluation, ORIGIN);
    const first = await draw(1);
    expect(new Set(first).size).toBe(20);
    expect(await draw(1)).toEqual(first);
    expect(await draw(2)).not.toEqual(first);
  });
});

test("a product whose numbers overflow fails alone, and is named", async () => {
  const lines = steadyOrders(["1", "2", "3"], formatDay(ORIGIN), 40);
  const book = orderBook([...lines, ["x", "2", "1", formatDay(ORIGIN - 3), 1e300]]);
  const { evaluation, told } = await evaluate(book, { origins: [ORIGIN], methods: ["naive", "mean13"] });
  expect(idsAt(evaluation, ORIGIN).toSorted()).toEqual(["1", "3"]);
  expect(evaluation.failed).toBe(1);
  expect(told.failed).toEqual(["2 at 2025-05-27: the errors of naive are not finite"]);
  expect(told.done.at(-1)).toBe(3);
});

test("a product without an order line before the origin is forecast by nobody", async () => {
  const book = shareOrderBook(orderBook([["a", "1", "1", formatDay(ORIGIN), 4]]));
  const source = new MemorySource(book);
  const nothing = await untaught();
  const lessons = Object.fromEntries(VARIANT_NAMES.map((name) => [name, nothing]));
  const task = { kind: "evaluate", origin: ORIGIN, first: 0, productIds: ["1"], lessons } as const;
  const setup = {
    ...SETTINGS,
    kind: "backtest",
    source: { kind: "memory", book },
    exampleOrigin: undefined,
  } as const;
  const { products, scores } = await evaluateBatch(task, source, setup);
  expect(products[0]).toMatchObject({ historyWeeks: 0, volume: 0, accuracyEstimate: null, accuracy: null });
  for (const m of METHOD_NAMES.keys()) {
    const measured = measures(scores.subarray(m * SUMS.length, (m + 1) * SUMS.length));
    expect(measured).toMatchObject({ wape: 1, bias: -1, no_forecast: 1, rmsse: null });
  }
});
