import { expect, test } from "vitest";
import { batches, halves } from "../../src/workers/batches.ts";

/** Orders as they are in practice: a few products with very many, and very many with a few. */
const products = Array.from({ length: 10_001 }, (_, i) => ({ id: `${i}`, orders: Math.floor(200_000 / (i + 10)) }));
const orders = new Map(products.map((product) => [product.id, product.orders]));
const costs = (queue: string[][]) => queue.map((ids) => ids.reduce((sum, id) => sum + orders.get(id)! + 300, 0));

test("batches hold each product once, in their order", () => {
  expect(batches([], 4)).toEqual([]);
  expect(batches(products.slice(0, 1), 4)).toEqual([["0"]]);
  expect(batches(products, 4).flat()).toEqual(products.map(({ id }) => id));
});

test("the largest products share a batch with few others", () => {
  const queue = batches(products, 4);
  expect(queue[0]!.length).toBeLessThan(3);
  expect(queue[60]!.length).toBeGreaterThan(30);
  expect(Math.max(...costs(queue))).toBeLessThan(25_000 + 20_300);
});

test("whoever takes the next batch when free ends with the others", () => {
  for (const count of [300, 3000, 10_001]) {
    for (const workers of [1, 2, 4, 10]) {
      const busy = new Array<number>(workers).fill(0);
      const queue = costs(batches(products.slice(0, count), workers));
      for (const cost of queue) busy[busy.indexOf(Math.min(...busy))]! += cost;
      const even = busy.reduce((sum, cost) => sum + cost, 0) / workers;
      expect(Math.max(...busy)).toBeLessThan(1.05 * even + 2_300);
    }
  }
});

test("halves are the same products, until one stands alone", () => {
  expect(halves(["1", "2", "3"])).toEqual([["1", "2"], ["3"]]);
  expect(halves(["1"])).toEqual([]);
});
