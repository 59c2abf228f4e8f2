import { expect, test } from "vitest";
import { productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { drawnPairs, firstDrawn } from "../../src/learning/purchase-sample.ts";
import { ORIGIN } from "../parts/lessons.ts";

/** 400 customers of each product, each with a first order of an age of its own. */
function pairsOf(productIds: readonly string[]) {
  const lines = new OrderLinesBuilder();
  for (const [p, id] of productIds.entries()) {
    for (let c = 0; c < 400; c++) lines.add(p, `${c}`, ORIGIN - 1 - Number(id) - 10 * c, 5, `${id}-${c}`);
  }
  return drawnPairs(productHistories(lines.build(), productIds.length, ORIGIN), productIds, ORIGIN);
}

test("a sample of products is that of the samples of its parts, however they are read", () => {
  const ids = ["1", "2", "3", "4", "5", "6"];
  const together = pairsOf(ids);
  expect(together).toHaveLength(800);
  for (const parts of [[ids.slice(0, 3), ids.slice(3)], ids.map((id) => [id])]) {
    expect(firstDrawn(parts.flatMap(pairsOf))).toEqual(together);
  }
});

test("each product and each customer is drawn as often as others", () => {
  const ages = pairsOf(["1", "2", "3", "4"]).map(({ age }) => Math.round(7 * age) - 1);
  for (const product of [1, 2, 3, 4]) {
    const share = ages.filter((age) => age % 10 === product).length / ages.length;
    expect(Math.abs(share - 1 / 4)).toBeLessThan(0.06);
  }
  expect(Math.abs(ages.filter((age) => age < 2000).length / ages.length - 1 / 2)).toBeLessThan(0.06);
});
