import { expect, test } from "vitest";
import { type HandedBatch, retries } from "../../src/queue/retries.ts";

test("a batch whose worker has ended is tried again in parts, each product in one of them", () => {
  const productIds = Array.from({ length: 83 }, (_, i) => `${i}`);
  const parts = retries({ productIds, lost: 0 }, true);
  expect(parts.flatMap((part) => part.productIds)).toEqual(productIds);
  expect(parts.map((part) => part.productIds.length)).toEqual([11, 11, 11, 11, 11, 11, 11, 6]);
  expect(retries({ productIds: ["1", "2", "3"], lost: 0 }, false).map((part) => part.productIds)).toEqual([
    ...[["1"], ["2"], ["3"]],
  ]);
});

test("only workers that computed a product and nothing else are held against it, three of them", () => {
  let batch: HandedBatch = { productIds: ["1"], lost: 0 };
  const lose = (wasAlone: boolean) => {
    [batch] = retries(batch, wasAlone) as [HandedBatch];
    return batch;
  };
  for (let i = 0; i < 5; i++) expect(lose(false)).toEqual({ productIds: ["1"], isAlone: true, lost: 0 });
  expect(lose(true).lost).toBe(1);
  expect(lose(true).lost).toBe(2);
  expect(lose(false).lost).toBe(2);
  expect(lose(true)).toBeUndefined();
});
