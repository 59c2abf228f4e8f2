import type { BoostedTrees } from "../trees/boosted-trees.ts";
import { addContributions, nodeValues } from "../trees/contributions.ts";
import type { DemandTrees, TaughtElsewhere } from "./demand-trees.ts";
import { FEATURE_NAMES } from "./features.ts";
import type { TrainingTable } from "./table.ts";

/** What a planner calls the features that trees correct a base by. */
export const REASONS = ["recent-weeks", "earlier-weeks", "season", "customers", "rhythm", "sizes", "age"] as const;
export type Reason = (typeof REASONS)[number];

/** The first that matches a feature's name is what it belongs to. */
const PATTERNS: readonly [RegExp, Reason][] = [
  [/customer|in rhythm|orders|one-time|^new /, "customers"],
  [/season|year ago/, "season"],
  [/^active|since demand/, "rhythm"],
  [/^(?:mean[1248]|block1|level.*)$/, "recent-weeks"],
  [/^mean|^weeks|^block/, "earlier-weeks"],
  [/size|^lower|^median|^upper|variation|largest/, "sizes"],
  [/^age$/, "age"],
];

/** By feature, the place in `REASONS` that it belongs to. */
const REASON_OF = FEATURE_NAMES.map((name) => REASONS.indexOf(PATTERNS.find(([pattern]) => pattern.test(name))![1]));

/** What trees of the mean say at each of their nodes, on average over products: of the prior, and of each fold. */
export interface NodeValues {
  readonly prior: Float64Array;
  readonly folds: readonly Float64Array[];
}

/** Rows that the averages are made of. */
const MOST_ROWS = 1000;

/** @returns nothing where no row is known. */
export function meanNodeValues(
  { features }: Pick<TrainingTable, "features">,
  { trees }: TaughtElsewhere,
  means: readonly BoostedTrees[],
): NodeValues | undefined {
  const width = FEATURE_NAMES.length;
  const rows = features.length / width;
  if (rows === 0) return undefined;
  const step = Math.ceil(rows / MOST_ROWS);
  const some = new Float64Array(Math.ceil(rows / step) * width);
  for (let i = 0; i * step < rows; i++) {
    some.set(features.subarray(i * step * width, (i * step + 1) * width), i * width);
  }
  const valuesOf = (mean: BoostedTrees) => nodeValues(mean, some, width);
  return { prior: valuesOf(trees.mean), folds: means.map(valuesOf) };
}

/**
 * How far each of `REASONS` moved what trees say of a row from what they say of all products on average, as a multiple of
 * what the base expects.
 */
export function reasonsOf(
  row: Float64Array,
  { trees }: TaughtElsewhere,
  folds: readonly DemandTrees[],
  values: NodeValues,
): Float64Array {
  const ofFeatures = new Float64Array(FEATURE_NAMES.length);
  addContributions(trees.mean, values.prior, row, 1, ofFeatures);
  for (const [i, fold] of folds.entries()) {
    addContributions(fold.mean, values.folds[i]!, row, 1 / folds.length, ofFeatures);
  }
  const moved = new Float64Array(REASONS.length);
  for (let i = 0; i < ofFeatures.length; i++) moved[REASON_OF[i]!]! += ofFeatures[i]!;
  return moved;
}
