import { expect, test } from "vitest";
import { SUMS } from "../../src/accuracy/score.ts";
import { Collection } from "../../src/backtest/collection.ts";
import type { EvaluatedProduct } from "../../src/backtest/messages.ts";
import type { EvaluatedForecast } from "../../src/backtest/summary.ts";

const ORIGIN = 20_000;

/** A batch of one method and one week, whose every sum is its number of products. */
function batchOf(soldUntil: number, first: number, ...productIds: string[]) {
  const products = productIds.map(
    (productId): EvaluatedProduct => ({
      ...{ productId, demandClass: "smooth", historyWeeks: 60, volume: 1, accuracyEstimate: null, accuracy: null },
      forecasts: { history: Float64Array.of(1), actual: Float64Array.of(1), methods: [] },
    }),
  );
  const scores = Float64Array.from({ length: productIds.length * SUMS.length }, (_, i) => Math.floor(i / SUMS.length));
  const weekScores = new Float64Array(SUMS.length).fill(productIds.length);
  return [
    { origin: ORIGIN, first, productIds },
    { products, scores, weekScores, coveredCumulative: Float64Array.of(productIds.length), soldUntil },
  ] as const;
}

test("batches in any order become one list in that of the products, past those that failed", () => {
  const measured: EvaluatedForecast[] = [];
  const collection = new Collection(1, 1, (forecasts) => measured.push(...forecasts));
  collection.add(...batchOf(9, 3, "d"));
  expect(measured).toEqual([]);
  collection.add(batchOf(0, 2, "c")[0], undefined);
  collection.add(...batchOf(11, 0, "a", "b"));
  expect(measured.map(({ productId, scores, forecasts }) => [productId, scores[0], forecasts?.actual[0]])).toEqual([
    ["a", 0, 1],
    ["b", 1, 1],
    ["d", 0, 1],
  ]);
  expect(collection.forecasts.map(({ productId, forecasts }) => [productId, forecasts])).toEqual([
    ["a", undefined],
    ["b", undefined],
    ["d", undefined],
  ]);
  expect(collection.weekScores).toEqual(new Float64Array(SUMS.length).fill(3));
  expect([...collection.coveredCumulative]).toEqual([3]);
});

test("something is sold until the last week in which a product of any batch was", () => {
  const collection = new Collection(1, 1, () => {});
  for (const [first, soldUntil] of [3, 11, 9].entries()) collection.add(...batchOf(soldUntil, first, `${first}`));
  expect([...collection.soldUntil]).toEqual([[ORIGIN, 11]]);
});
