import { type BinnedTable, MOST_BINS } from "./bins.ts";

/** A node of a tree under construction. */
export interface Node {
  /** Column that it splits on; −1 for a leaf. */
  feature: number;
  /** Bins up to it go left. */
  bin: number;
  /** Index of the left child; the right one is the next. */
  left: number;
  /** What a leaf adds to the score of its rows; nothing of another node. */
  value: number;
}

/** First and second derivatives of the loss by row: g and h of the paper. */
export interface Gradients {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

interface Leaf {
  readonly node: number;
  /** Its rows: `order[begin]` up to but not including `order[end]`. */
  readonly begin: number;
  readonly end: number;
  readonly histogram: Float64Array;
  readonly gradient: number;
  readonly hessian: number;
  readonly split: Split | undefined;
}

interface Split {
  /** Index into the columns that were drawn. */
  readonly drawn: number;
  readonly bin: number;
  readonly gain: number;
}

/** Entries of a histogram a bin: sum of gradients, sum of hessians, number of rows. */
const ENTRIES = 3;
const LEAST_GAIN = 1e-12;

/**
 * Room in which trees are grown, one after the other: made anew for each tree it came to a hundred megabytes and more a thread
 * before anything was freed.
 */
export class TreeRoom {
  /** For rows of a leaf that go right. */
  readonly right: Int32Array;
  readonly #spare: Float64Array[] = [];

  constructor(rows: number) {
    this.right = new Int32Array(rows);
  }

  /** @returns zeros, as many each time; `free` takes them back. */
  histogram(length: number): Float64Array {
    return this.#spare.pop()?.fill(0) ?? new Float64Array(length);
  }

  free(histogram: Float64Array): void {
    this.#spare.push(histogram);
  }
}

/**
 * Grows one tree, always at the leaf that gains most (Shi, Best-first Decision Tree Learning, 2007), by second-order
 * steps: a leaf's value is −G / (H + λ), and the gain of a split is what it adds to Σ G² / (H + λ), with the sums of g and
 * h over a leaf's rows (Chen & Guestrin, XGBoost, 2016, section 2.2).
 *
 * @param order rows to learn from; they are put in another order.
 * @param columns features that may be split on, as many for each tree of a room.
 */
export function growTree(
  table: BinnedTable,
  gradients: Gradients,
  order: Int32Array,
  columns: Int32Array,
  limits: { readonly leaves: number; readonly leastRows: number; readonly l2: number },
  room = new TreeRoom(order.length),
): Node[] {
  const nodes: Node[] = [{ feature: -1, bin: 0, left: 0, value: 0 }];
  const grower = new Grower(table, gradients, order, columns, limits, room);
  const leaves = [grower.leaf(0, 0, order.length, grower.histogram(0, order.length))];
  while (leaves.length < limits.leaves) {
    const at = mostGaining(leaves);
    if (at === undefined) break;
    const leaf = leaves[at]!;
    const { drawn, bin } = leaf.split!;
    const left = nodes.push({ feature: -1, bin: 0, left: 0, value: 0 }, { feature: -1, bin: 0, left: 0, value: 0 });
    nodes[leaf.node] = { feature: columns[drawn]!, bin, left: left - 2, value: 0 };
    [leaves[at], leaves[leaves.length]] = grower.split(leaf, left - 2);
  }
  for (const { node, gradient, hessian, histogram } of leaves) {
    nodes[node]!.value = -gradient / (hessian + limits.l2);
    room.free(histogram);
  }
  return nodes;
}

function mostGaining(leaves: readonly Leaf[]): number | undefined {
  let best: number | undefined;
  for (const [i, { split }] of leaves.entries()) {
    if (split && (best === undefined || split.gain > leaves[best]!.split!.gain)) best = i;
  }
  return best;
}

class Grower {
  readonly #table: BinnedTable;
  readonly #gradients: Gradients;
  readonly #order: Int32Array;
  readonly #columns: Int32Array;
  readonly #leastRows: number;
  readonly #l2: number;
  readonly #room: TreeRoom;

  constructor(
    table: BinnedTable,
    gradients: Gradients,
    order: Int32Array,
    columns: Int32Array,
    { leastRows, l2 }: { readonly leastRows: number; readonly l2: number },
    room: TreeRoom,
  ) {
    this.#table = table;
    this.#gradients = gradients;
    this.#order = order;
    this.#columns = columns;
    this.#leastRows = leastRows;
    this.#l2 = l2;
    this.#room = room;
  }

  histogram(begin: number, end: number): Float64Array {
    const { bins, rows } = this.#table;
    const { gradient, hessian } = this.#gradients;
    const order = this.#order;
    const columns = this.#columns;
    const histogram = this.#room.histogram(columns.length * MOST_BINS * ENTRIES);
    for (let drawn = 0; drawn < columns.length; drawn++) {
      const column = columns[drawn]! * rows;
      const first = drawn * MOST_BINS * ENTRIES;
      for (let i = begin; i < end; i++) {
        const row = order[i]!;
        const at = first + bins[column + row]! * ENTRIES;
        histogram[at]! += gradient[row]!;
        histogram[at + 1]! += hessian[row]!;
        histogram[at + 2]! += 1;
      }
    }
    return histogram;
  }

  leaf(node: number, begin: number, end: number, histogram: Float64Array): Leaf {
    let gradient = 0;
    let hessian = 0;
    for (let i = begin; i < end; i++) {
      gradient += this.#gradients.gradient[this.#order[i]!]!;
      hessian += this.#gradients.hessian[this.#order[i]!]!;
    }
    const split = this.#bestSplit(histogram, gradient, hessian, end - begin);
    return { node, begin, end, histogram, gradient, hessian, split };
  }

  /** The two leaves of a split; the histogram of the larger one is what the smaller one leaves of the parent's. */
  split({ begin, end, histogram, split }: Leaf, left: number): [Leaf, Leaf] {
    const middle = this.#partition(begin, end, split!);
    const leftIsSmaller = middle - begin <= end - middle;
    const smaller = leftIsSmaller ? this.histogram(begin, middle) : this.histogram(middle, end);
    for (let i = 0; i < histogram.length; i++) histogram[i]! -= smaller[i]!;
    const [ofLeft, ofRight] = leftIsSmaller ? [smaller, histogram] : [histogram, smaller];
    return [this.leaf(left, begin, middle, ofLeft), this.leaf(left + 1, middle, end, ofRight)];
  }

  #partition(begin: number, end: number, { drawn, bin }: Split): number {
    const { bins, rows } = this.#table;
    const column = this.#columns[drawn]! * rows;
    const goingRight = this.#room.right;
    let middle = begin;
    let right = 0;
    for (let i = begin; i < end; i++) {
      const row = this.#order[i]!;
      if (bins[column + row]! <= bin) this.#order[middle++] = row;
      else goingRight[right++] = row;
    }
    this.#order.set(goingRight.subarray(0, right), middle);
    return middle;
  }

  /** The split that gains most and leaves enough rows on both sides; nothing where none gains. */
  #bestSplit(histogram: Float64Array, gradient: number, hessian: number, rows: number): Split | undefined {
    const whole = (gradient * gradient) / (hessian + this.#l2);
    let best: Split | undefined;
    let bestGain = LEAST_GAIN;
    for (let drawn = 0; drawn < this.#columns.length; drawn++) {
      const cuts = this.#table.cuts[this.#columns[drawn]!]!.length;
      let leftGradient = 0;
      let leftHessian = 0;
      let leftRows = 0;
      for (let bin = 0; bin < cuts; bin++) {
        const at = (drawn * MOST_BINS + bin) * ENTRIES;
        leftGradient += histogram[at]!;
        leftHessian += histogram[at + 1]!;
        leftRows += histogram[at + 2]!;
        if (leftRows < this.#leastRows) continue;
        if (rows - leftRows < this.#leastRows) break;
        const rightGradient = gradient - leftGradient;
        const rightHessian = hessian - leftHessian;
        const gain =
          (leftGradient * leftGradient) / (leftHessian + this.#l2) +
          (rightGradient * rightGradient) / (rightHessian + this.#l2) -
          whole;
        if (gain > bestGain) {
          bestGain = gain;
          best = { drawn, bin, gain };
        }
      }
    }
    return best;
  }
}
