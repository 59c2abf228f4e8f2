import { expect, test } from "vitest";
import { forecastExamples } from "../../src/backtest/examples.ts";
import type { Evaluation } from "../../src/backtest/summary.ts";
import { formatDay } from "../../src/history/calendar.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { orderBook, steadyOrders } from "../parts/orders.ts";

const ORIGIN = 20_000;
const HANDLE = {
  kind: "memory",
  book: shareOrderBook(orderBook(steadyOrders(["1"]), { products: new Map([["1", "Oak chair"]]) })),
} as const;

/** Products by what was sold of them in a horizon of one week, and what was forecast. */
function evaluationOf(products: Readonly<Record<string, readonly [sold: number, forecast: number]>>): Evaluation {
  return {
    methods: ["auto"],
    origins: [ORIGIN, ORIGIN - 28],
    horizon: 1,
    level: 0.8,
    failed: 0,
    weekScores: new Float64Array(),
    coveredCumulative: new Float64Array(1),
    soldUntil: new Map<number, number>(),
    forecasts: Object.entries(products).map(([productId, [sold, forecast]]) => ({
      productId,
      origin: ORIGIN,
      demandClass: "smooth",
      historyWeeks: 60,
      volume: 100,
      accuracyEstimate: null,
      accuracy: null,
      scores: new Float64Array(),
      example: {
        history: Float64Array.of(1, 2, 3),
        actual: Float64Array.of(sold),
        forecast: { mean: Float64Array.of(forecast) },
        notes: [{ kind: "new", weeks: 3 }],
      },
    })),
  };
}

test("the best come first, then the worst, of those that make up most of what was sold; none is in both", async () => {
  // 80 % of 1,000 units are reached with the fourth; the small one is the worst by far, and not looked at.
  const evaluation = evaluationOf({
    "1": [300, 330],
    "2": [300, 150],
    "3": [150, 150],
    "4": [150, 0],
    "5": [100, 900],
  });
  const { best, worst, ...rest } = (await forecastExamples(evaluation, HANDLE))!;
  expect(best.map(({ product_id, wape }) => [product_id, wape])).toEqual([
    ["3", 0],
    ["1", 0.1],
  ]);
  expect(worst.map(({ product_id, wape }) => [product_id, wape])).toEqual([
    ["4", 1],
    ["2", 0.5],
  ]);
  expect(rest).toEqual({ origin: formatDay(ORIGIN), candidates: 4, share: 0.8 });
  expect(best[1]).toEqual({
    product_id: "1",
    product_name: "Oak chair",
    sold: 300,
    wape: 0.1,
    history: [1, 2, 3],
    actual: [300],
    mean: [330],
    lower: [330],
    upper: [330],
    notes: [{ kind: "new", weeks: 3 }],
  });
});

test("a product without demand is not listed, and without any there is nothing", async () => {
  const some = (await forecastExamples(evaluationOf({ "1": [10, 5], "2": [0, 5], "3": [-3, 5] }), HANDLE))!;
  expect([some.best.map(({ product_id }) => product_id), some.worst]).toEqual([["1"], []]);
  expect(await forecastExamples(evaluationOf({ "2": [0, 5] }), HANDLE)).toBeUndefined();
});

test("of an odd number the one in the middle is in neither list", async () => {
  const evaluation = evaluationOf({ "1": [100, 110], "2": [100, 150], "3": [100, 190] });
  const { best, worst } = (await forecastExamples(evaluation, HANDLE))!;
  expect([...best, ...worst].map(({ product_id }) => product_id)).toEqual(["1", "3"]);
});

test("ten at most", async () => {
  const products = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}`, [100, i] as const]));
  const { best, worst } = (await forecastExamples(evaluationOf(products), HANDLE))!;
  expect([best.length, worst.length]).toEqual([10, 10]);
});
