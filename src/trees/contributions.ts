import type { BoostedTrees } from "./boosted-trees.ts";

/**
 * What trees say at each of their nodes of the rows that reach it, on average.
 *
 * @param rows of the values of the features, one row after the other; `width` values each.
 * @returns a value a node, in shared memory; of a node that none of the rows reaches the mean of its children.
 */
export function nodeValues(trees: BoostedTrees, rows: Float64Array, width: number): Float64Array {
  const { roots, feature, threshold, left } = trees;
  const reached = new Uint32Array(feature.length);
  for (let at = 0; at < rows.length; at += width) {
    for (let tree = 0; tree < roots.length; tree++) {
      for (let node = roots[tree]!; node >= 0; node = childOf(trees, node, rows, at)) reached[node]!++;
    }
  }
  const values = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT * feature.length));
  // Children stand behind their parents.
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node]! < 0) values[node] = threshold[node]!;
    else {
      const [one, other] = [left[node]!, left[node]! + 1];
      const share = reached[node] === 0 ? 0.5 : reached[one]! / reached[node]!;
      values[node] = share * values[one]! + (1 - share) * values[other]!;
    }
  }
  return values;
}

/**
 * Adds to each feature's place what it moved the sum of the trees by: at each node that a row passes, how the value there
 * changes (Saabas, Interpreting Random Forests, 2014). With the values of the roots they add up to the sum.
 *
 * @param values of `nodeValues`.
 * @param weight that the sum of these trees has.
 */
export function addContributions(
  trees: BoostedTrees,
  values: Float64Array,
  row: Float64Array,
  weight: number,
  into: Float64Array,
): void {
  const { roots, feature, threshold, left } = trees;
  for (let tree = 0; tree < roots.length; tree++) {
    let node = roots[tree]!;
    for (let column = feature[node]!; column >= 0; column = feature[node]!) {
      const next = left[node]! + (row[column]! <= threshold[node]! ? 0 : 1);
      into[column]! += weight * (values[next]! - values[node]!);
      node = next;
    }
  }
}

/** The child of a node that a row goes to; −1 of a leaf. */
function childOf({ feature, threshold, left }: BoostedTrees, node: number, row: Float64Array, at: number): number {
  const column = feature[node]!;
  return column < 0 ? -1 : left[node]! + (row[at + column]! <= threshold[node]! ? 0 : 1);
}
