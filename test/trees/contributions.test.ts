import { expect, test } from "vitest";
import { type BoostedTrees, treeSum } from "../../src/trees/boosted-trees.ts";
import { addContributions, nodeValues } from "../../src/trees/contributions.ts";

/** One tree: above 5 in the second feature it says 10, below it −2 or 4 by whether the first is at most 1. */
const TREES: BoostedTrees = {
  roots: Int32Array.of(0),
  feature: Int32Array.of(1, 0, -1, -1, -1),
  threshold: Float64Array.of(5, 1, 10, -2, 4),
  left: Int32Array.of(1, 3, 0, 0, 0),
};
const ROWS = Float64Array.of(0, 0, 0, 0, 2, 0, 9, 9);

test("each node has the mean of what the rows that reach it are told, or of its children where none does", () => {
  expect([...nodeValues(TREES, ROWS, 2)]).toEqual([2.5, expect.closeTo(0, 12), 10, -2, 4]);
  expect([...nodeValues(TREES, new Float64Array(), 2)]).toEqual([5.5, 1, 10, -2, 4]);
});

test("what the features contributed adds up, with the values of the roots, to what the trees say", () => {
  const values = nodeValues(TREES, ROWS, 2);
  for (const row of [Float64Array.of(0, 0), Float64Array.of(2, 0), Float64Array.of(2, 9)]) {
    const contributions = new Float64Array(2);
    addContributions(TREES, values, row, 1, contributions);
    expect(values[0]! + contributions[0]! + contributions[1]!).toBeCloseTo(treeSum(TREES, row), 12);
  }
  const contributions = new Float64Array(2);
  addContributions(TREES, values, Float64Array.of(2, 0), 0.5, contributions);
  expect([...contributions]).toEqual([2, -1.25]);
});
