/** Values of features as small whole numbers, which is all that a tree needs to split on. */
export interface BinnedTable {
  readonly rows: number;
  readonly features: number;
  /** Column after column: the bin of each row. */
  readonly bins: Uint8Array;
  /** Ascending cuts of each feature: bin b holds the values above `cuts[b − 1]` up to `cuts[b]`. */
  readonly cuts: readonly Float64Array[];
}

export const MOST_BINS = 64;

/**
 * Cuts each feature at its quantiles, halfway between neighbouring values.
 *
 * @param values row after row, finite.
 */
export function binned(values: Float64Array, features: number): BinnedTable {
  const rows = values.length / features;
  const bins = new Uint8Array(values.length);
  const column = new Float64Array(rows);
  const cuts = Array.from({ length: features }, (_, feature) => {
    for (let row = 0; row < rows; row++) column[row] = values[row * features + feature]!;
    const cut = cutsOf(column.toSorted());
    for (let row = 0; row < rows; row++) bins[feature * rows + row] = binOf(column[row]!, cut);
    return cut;
  });
  return { rows, features, bins, cuts };
}

function cutsOf(sorted: Float64Array): Float64Array {
  const cuts: number[] = [];
  for (let bin = 1; bin < MOST_BINS; bin++) {
    const at = Math.floor((bin * sorted.length) / MOST_BINS);
    const value = sorted[at]!;
    const below = lastBelow(sorted, at);
    if (below === undefined) continue;
    const cut = below + (value - below) / 2;
    if (cuts.length === 0 || cut > cuts.at(-1)!) cuts.push(cut);
  }
  return Float64Array.from(cuts);
}

function lastBelow(sorted: Float64Array, at: number): number | undefined {
  let i = at;
  while (i > 0 && sorted[i - 1] === sorted[at]) i--;
  return sorted[i - 1];
}

function binOf(value: number, cuts: Float64Array): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > cuts[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
