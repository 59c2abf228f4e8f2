import { expect, test } from "vitest";
import { binned } from "../../src/trees/bins.ts";
import { growTree } from "../../src/trees/tree.ts";

/** A tree of squared errors of scores of zero: gradients are minus the targets, all curvatures one. */
function treeOf(
  columns: readonly (readonly number[])[],
  targets: readonly number[],
  { leaves = 2, leastRows = 1, l2 = 1, drawn = columns.map((_, i) => i), rows = targets.map((_, i) => i) } = {},
) {
  const values = Float64Array.from(targets.flatMap((_, row) => columns.map((column) => column[row]!)));
  const table = binned(values, columns.length);
  const gradients = {
    gradient: Float64Array.from(targets, (y) => -y),
    hessian: new Float64Array(targets.length).fill(1),
  };
  const nodes = growTree(table, gradients, Int32Array.from(rows), Int32Array.from(drawn), { leaves, leastRows, l2 });
  const cutOf = ({ feature, bin }: (typeof nodes)[number]) => table.cuts[feature]![bin];
  return { nodes, cutOf, values: nodes.filter(({ feature }) => feature < 0).map(({ value }) => value) };
}

test("a split is found where it gains most, and leaves are means drawn towards zero by one row", () => {
  const { nodes, cutOf } = treeOf([[3, 1, 2, 5, 4]], [6, 0, 0, 6, 6]);
  expect(nodes).toHaveLength(3);
  expect(nodes[0]).toMatchObject({ feature: 0, left: 1 });
  expect(cutOf(nodes[0]!)).toBe(2.5);
  expect(nodes[1]).toMatchObject({ feature: -1 });
  expect(nodes[1]!.value).toBeCloseTo(0, 12);
  expect(nodes[2]!.value).toBeCloseTo(18 / (3 + 1), 12);
});

test("leaves are drawn towards zero by as many rows as they are told, and a split that gains only without them is none", () => {
  expect(treeOf([[3, 1, 2, 5, 4]], [6, 0, 0, 6, 6], { l2: 6 }).values[1]).toBe(18 / (3 + 6));
  const parts = [[1, 2, 3]];
  expect(treeOf(parts, [2, 2, 1], { l2: 0 }).values).toEqual([2, 1]);
  expect(treeOf(parts, [2, 2, 1], { l2: 10 }).values).toEqual([5 / 13]);
});

test("the column that tells more is split on, among those that were drawn", () => {
  const columns = [
    [1, 2, 3, 4, 5, 6],
    [1, 1, 1, 2, 2, 2],
    [1, 2, 1, 2, 1, 2],
  ];
  const targets = [-4, 4, -4, 4, -4, 4];
  expect(treeOf(columns, targets).nodes[0]).toMatchObject({ feature: 2, bin: 0 });
  expect(treeOf(columns, targets, { drawn: [1] }).nodes[0]).toMatchObject({ feature: 1 });
});

test("the leaf that gains most is split next, until there are as many as allowed", () => {
  const targets = [1, 1, -1, -1, -40, -40, 90, 90];
  const column = [[1, 2, 3, 4, 5, 6, 7, 8]];
  const cutsOf = (leaves: number) => {
    const { nodes, cutOf } = treeOf(column, targets, { leaves });
    return nodes.filter(({ feature }) => feature >= 0).map(cutOf);
  };
  expect(cutsOf(3)).toEqual([6.5, 4.5]);
  expect(cutsOf(4)).toEqual([6.5, 4.5, 2.5]);
  const { values } = treeOf(column, targets, { leaves: 3 });
  for (const [i, value] of [180 / 3, 0, -80 / 3].entries()) expect(values[i]).toBeCloseTo(value, 9);
  expect(treeOf(column, targets, { leaves: 1 }).values).toEqual([100 / 9]);
});

test("a leaf keeps its least number of rows", () => {
  const targets = [100, 0, 0, 0, 0, 0];
  const column = [[1, 2, 3, 4, 5, 6]];
  expect(treeOf(column, targets).cutOf(treeOf(column, targets).nodes[0]!)).toBe(1.5);
  const { nodes, cutOf } = treeOf(column, targets, { leastRows: 3 });
  expect(cutOf(nodes[0]!)).toBe(3.5);
  expect(treeOf(column, targets, { leastRows: 4 }).nodes).toHaveLength(1);
});

test("only the rows that are given are learned from", () => {
  const { values } = treeOf([[1, 2, 3, 4]], [-5, -5, 1000, 7], { rows: [3, 1, 0] });
  expect(values).toEqual([-10 / 3, 7 / 2]);
});

test("nothing is split where there is nothing to tell, and no rows give a leaf of zero", () => {
  expect(treeOf([[1, 1, 1]], [1, 2, 3], { leaves: 8 }).nodes).toHaveLength(1);
  expect(treeOf([[1, 2, 3]], [0, 0, 0], { leaves: 8 }).nodes).toHaveLength(1);
  expect(treeOf([[1, 2]], [1, 2], { rows: [] }).values[0]).toBeCloseTo(0, 12);
});

test("histograms that are what a smaller leaf left over give the same sums as counting anew", () => {
  const rows = 400;
  const columns = [7, 11, 13].map((step) => Array.from({ length: rows }, (_, i) => (i * step) % 101));
  const targets = columns[0]!.map((x, i) => x + 3 * (columns[1]![i]! > 50 ? 1 : 0) * x);
  const { nodes, cutOf } = treeOf(columns, targets, { leaves: 12, leastRows: 5 });
  const found = new Map<number, number[]>();
  for (let row = 0; row < rows; row++) {
    let at = 0;
    while (nodes[at]!.feature >= 0) {
      const { feature, left } = nodes[at]!;
      at = left + (columns[feature]![row]! <= cutOf(nodes[at]!)! ? 0 : 1);
    }
    found.set(at, [...(found.get(at) ?? []), targets[row]!]);
  }
  expect(found.size).toBe(12);
  for (const [at, of] of found) {
    expect(of.length).toBeGreaterThanOrEqual(5);
    expect(nodes[at]!.value).toBeCloseTo(of.reduce((sum, y) => sum + y, 0) / (of.length + 1), 9);
  }
});
