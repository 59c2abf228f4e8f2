import { drawToFront, generator, mixed } from "../numeric/random.ts";
import type { BinnedTable } from "./bins.ts";
import type { Objective } from "./objectives.ts";
import { growTree, type Node, TreeRoom } from "./tree.ts";

/**
 * Regression trees that are added up (Friedman, Greedy Function Approximation, 2001), as arrays in shared memory: entry i
 * belongs to node i. All trees' nodes stand one after the other.
 */
export interface BoostedTrees {
  readonly roots: Int32Array;
  /** Column of the feature that a node splits on; −1 for a leaf. */
  readonly feature: Int32Array;
  /** Values up to it go left; where the node is a leaf, what it adds to the sum. */
  readonly threshold: Float64Array;
  /** The left child; the right one is the next. */
  readonly left: Int32Array;
}

/** Trees that add nothing. */
export const NO_TREES: BoostedTrees = packed([], []);

export interface BoostingOptions {
  readonly trees: number;
  readonly leaves: number;
  readonly learningRate: number;
  /** Fewest rows of a leaf. */
  readonly leastRows: number;
  /** Weight of the squared leaf values in what a tree makes small, λ of Chen & Guestrin: as many rows speak for no step at all. */
  readonly l2: number;
  /** Shares of the features and of the rows that each tree is grown on, drawn anew for each. */
  readonly featureFraction: number;
  readonly subsample: number;
  readonly seed: number;
}

/**
 * @param start scores of the rows before the first tree.
 * @param keys a 32-bit number a row by which rows are drawn, so that a row is drawn alike whatever others there are.
 * @returns trees whose sum with the start makes the objective small, on histograms of binned features (Ke et al., LightGBM, 2017).
 */
export function boost(
  table: BinnedTable,
  objective: Objective,
  start: Float64Array,
  options: BoostingOptions,
  keys: Uint32Array = Uint32Array.from({ length: table.rows }, (_, row) => mixed(row)),
): BoostedTrees {
  const { rows, features, bins, cuts } = table;
  const random = generator(options.seed);
  const scores = start.slice();
  const gradient = new Float64Array(rows);
  const hessian = new Float64Array(rows);
  const room = new TreeRoom(rows);
  const sample = new Int32Array(rows);
  const chosenFeatures = Math.max(1, Math.round(features * options.featureFraction));
  const trees = Array.from({ length: options.trees }, (_, tree) => {
    objective.gradients(scores, gradient, hessian);
    const rowsOfTree = sampledRows(keys, options.subsample, mixed(options.seed + PRIME * tree), sample);
    const columns = drawn(features, chosenFeatures, random);
    const nodes = growTree(table, { gradient, hessian }, rowsOfTree, columns, options, room);
    for (const node of nodes) if (node.feature < 0) node.value *= options.learningRate;
    for (let row = 0; row < rows; row++) {
      let node = nodes[0]!;
      while (node.feature >= 0) node = nodes[node.left + (bins[node.feature * rows + row]! <= node.bin ? 0 : 1)]!;
      scores[row]! += node.value;
    }
    return nodes;
  });
  return packed(trees, cuts);
}

/** @returns trees whose sum is that of the models, each times its weight. */
export function weightedSum(models: readonly BoostedTrees[], weights: readonly number[]): BoostedTrees {
  const total = (of: (model: BoostedTrees) => ArrayLike<unknown>) =>
    models.reduce((sum, model) => sum + of(model).length, 0);
  const sum = withRoom(
    total(({ roots }) => roots),
    total(({ feature }) => feature),
  );
  let tree = 0;
  let at = 0;
  for (const [m, { roots, feature, threshold, left }] of models.entries()) {
    for (const [i, root] of roots.entries()) sum.roots[tree + i] = at + root;
    for (const [i, column] of feature.entries()) {
      sum.feature[at + i] = column;
      sum.left[at + i] = at + left[i]!;
      sum.threshold[at + i] = column < 0 ? weights[m]! * threshold[i]! : threshold[i]!;
    }
    tree += roots.length;
    at += feature.length;
  }
  return sum;
}

/**
 * The sum of what all trees say of a row.
 *
 * @param row holds the values of the features from index `at` on.
 */
export function treeSum({ roots, feature, threshold, left }: BoostedTrees, row: Float64Array, at = 0): number {
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    let column = feature[node]!;
    while (column >= 0) {
      node = left[node]! + (row[at + column]! <= threshold[node]! ? 0 : 1);
      column = feature[node]!;
    }
    sum += threshold[node]!;
  }
  return sum;
}

/** Rows that pass a tree one after the other: their values and its nodes stay in the nearest cache. */
const BLOCK = 64;

/**
 * What `treeSum` gives of many rows, in about two thirds of the time.
 *
 * @param values of all features, row after row, `width` each.
 */
export function treeSums(trees: BoostedTrees, values: Float64Array, width: number): Float64Array {
  const { roots, feature, threshold, left } = trees;
  const sums = new Float64Array(values.length / width);
  for (let first = 0; first < sums.length; first += BLOCK) {
    const end = Math.min(sums.length, first + BLOCK);
    for (const root of roots) {
      for (let row = first; row < end; row++) {
        const at = row * width;
        let node = root;
        let column = feature[node]!;
        while (column >= 0) {
          node = left[node]! + (values[at + column]! <= threshold[node]! ? 0 : 1);
          column = feature[node]!;
        }
        sums[row]! += threshold[node]!;
      }
    }
  }
  return sums;
}

/** Keeps the numbers of trees and of seeds apart. */
const PRIME = 7919;
const ALL_KEYS = 4_294_967_296;

/** @param into has room for all rows. */
function sampledRows(keys: Uint32Array, share: number, salt: number, into: Int32Array): Int32Array {
  let count = 0;
  for (let row = 0; row < keys.length; row++) if (mixed(keys[row]! ^ salt) < share * ALL_KEYS) into[count++] = row;
  return into.subarray(0, count);
}

function drawn(features: number, count: number, random: () => number): Int32Array {
  const columns = Int32Array.from({ length: features }, (_, i) => i);
  drawToFront(columns, count, random);
  return columns.slice(0, count).sort();
}

function packed(trees: readonly (readonly Node[])[], cuts: readonly Float64Array[]): BoostedTrees {
  const all = withRoom(
    trees.length,
    trees.reduce((sum, nodes) => sum + nodes.length, 0),
  );
  const { roots, feature, threshold, left } = all;
  let at = 0;
  for (const [tree, nodes] of trees.entries()) {
    roots[tree] = at;
    for (const [i, node] of nodes.entries()) {
      feature[at + i] = node.feature;
      left[at + i] = at + node.left;
      threshold[at + i] = node.feature < 0 ? node.value : cuts[node.feature]![node.bin]!;
    }
    at += nodes.length;
  }
  return all;
}

function withRoom(trees: number, nodes: number): BoostedTrees {
  const integers = (count: number) => new Int32Array(new SharedArrayBuffer(4 * count));
  const threshold = new Float64Array(new SharedArrayBuffer(8 * nodes));
  return { roots: integers(trees), feature: integers(nodes), threshold, left: integers(nodes) };
}
