import { type BoostedTrees, type BoostingOptions, treeSum } from "../trees/boosted-trees.ts";
import type { SpreadName, SpreadTrees, TaughtElsewhere } from "./demand-trees.ts";
import { FEATURE_NAMES } from "./features.ts";
import { correctedMean, knownOf } from "./predict.ts";
import type { Fold, TrainingTable } from "./table.ts";
import { SPREAD_FEATURES, spreadRows, trainMean, trainSpread } from "./train.ts";

/**
 * So many rows of a fold are trusted a quarter in what they say beyond what has been taught elsewhere: with the square of their
 * share beside as many. Large catalogues want less of it, small ones more (liquor, 733 products: 1500 makes totals 3 % worse).
 */
const QUARTER_TRUST_ROWS = 700;

const MEAN: BoostingOptions = {
  trees: 400,
  leaves: 16,
  learningRate: 0.04,
  leastRows: 200,
  l2: 10,
  featureFraction: 0.25,
  subsample: 0.5,
  seed: 1,
};
const SPREAD: BoostingOptions = { ...MEAN, trees: 50, leaves: 8, learningRate: 0.1 };

/** Smaller steps with few rows, of which one product moves a tree too far. */
function stepsWith(options: BoostingOptions, rows: number, fold: Fold): BoostingOptions {
  const share = rows / (rows + QUARTER_TRUST_ROWS);
  return { ...options, learningRate: share * share * options.learningRate, seed: options.seed + fold };
}

/** @returns what the rows of one fold teach of the mean week beyond what is known before. */
export function ownMean(table: TrainingTable, fold: Fold): BoostedTrees {
  const rows = rowsOf(table, fold);
  const start = Float64Array.from(rows, (i) => table.priorMean[i]!);
  return trainMean(table, rows, start, stepsWith(MEAN, rows.length, fold));
}

/**
 * @param prior what has been taught elsewhere.
 * @param otherMean what the other fold has taught, which has not seen these rows.
 */
export function ownSpread(
  table: TrainingTable,
  fold: Fold,
  { trees, meanFactors }: TaughtElsewhere,
  otherMean: BoostedTrees,
): SpreadTrees {
  const meanOf = (i: number) => {
    const at = i * FEATURE_NAMES.length;
    const said = Math.max(0, table.priorMean[i]! + treeSum(otherMean, table.features, at));
    return correctedMean(knownOf(table, i), said, meanFactors, table.features, at);
  };
  const rows = rowsOf(table, fold);
  const spread = spreadRows(table, rows, meanOf);
  const start = (name: SpreadName) =>
    Float64Array.from(spread.rows, (_, at) => treeSum(trees.spread[name], spread.values, at * SPREAD_FEATURES));
  return trainSpread(table, spread, start, stepsWith(SPREAD, rows.length, fold));
}

function rowsOf({ fold: folds }: TrainingTable, fold: Fold): number[] {
  return [...folds.keys()].filter((i) => folds[i] === fold);
}
