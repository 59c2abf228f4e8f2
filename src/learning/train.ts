import { totalAccuracy } from "../accuracy/error.ts";
import { netMean } from "../demand/level.ts";
import { log, power } from "../numeric/elementary.ts";
import { binned } from "../trees/bins.ts";
import { type BoostedTrees, type BoostingOptions, boost, treeSum } from "../trees/boosted-trees.ts";
import { pseudoHuber, roundedPinball, squaredError } from "../trees/objectives.ts";
import { FEATURE_NAMES } from "./features.ts";
import type { Fold, TrainingTable } from "./table.ts";

/** What one fold of the products has taught of the distribution about the mean. All but `accuracy` in spread units. */
export interface SpreadTrees {
  /** Quantiles of a week. */
  readonly lower: BoostedTrees;
  readonly median: BoostedTrees;
  readonly upper: BoostedTrees;
  /** Quantiles of the mean week of the horizon. */
  readonly meanWeekLower: BoostedTrees;
  readonly meanWeekUpper: BoostedTrees;
  /** Expected accuracy of the total. */
  readonly accuracy: BoostedTrees;
}

/** Targets beyond so many times what the base expects teach no more. */
const MOST_OF_EXPECTED = 20;
/** Rows count by their orders a week to this power: whatever the product is counted in. */
const ORDERS_EXPONENT = 0.7;
const MEAN_WEEK_ORDERS_EXPONENT = 0.3;
/** Share of what the base expects below which a mean is not taken as the unit of the spread. */
const LEAST_OF_EXPECTED = 0.2;

const MEAN: BoostingOptions = {
  trees: 400,
  leaves: 16,
  learningRate: 0.02,
  leastRows: 200,
  featureFraction: 0.25,
  subsample: 0.5,
  seed: 1,
};
const SPREAD: BoostingOptions = { ...MEAN, trees: 50, leaves: 8, learningRate: 0.1 };
/**
 * Errors below these count squared and beyond them absolutely: of the mean as a multiple of what the base expects, of the
 * quantiles in spread units.
 */
const MEAN_DELTA = 0.5;
const WEEK_DELTA = 0.3;
const MEAN_WEEK_DELTA = 0.2;
/** What boosting starts from: quantiles in spread units, accuracy as a share. */
const STARTS = { lower: 0.1, median: 0.6, upper: 2, meanWeekLower: 0.4, meanWeekUpper: 1.8, accuracy: 0.4 } as const;

/** Rows with which the mean takes the fewest trees, and how many times more it takes with few. */
const MANY_ROWS = 8000;
const MOST_TIMES = 4;

/**
 * The fewer rows there are, the more one product moves a single tree: smaller steps, and as many more of them, average that out.
 */
function stepsFor(rows: number): Pick<BoostingOptions, "trees" | "learningRate"> {
  const times = Math.min(MOST_TIMES, Math.max(1, MANY_ROWS / rows));
  return { trees: Math.round(MEAN.trees * times), learningRate: MEAN.learningRate / times };
}

/** @returns trees of the mean week, as a multiple of what the base expects, from the rows of one fold. */
export function trainMean(table: TrainingTable, fold: Fold): BoostedTrees {
  const rows = rowsOf(table, fold);
  const targets = Float64Array.from(rows, (i) =>
    Math.min(MOST_OF_EXPECTED, table.meanWeek[i]! / table.shockedExpected[i]!),
  );
  const weights = Float64Array.from(rows, (i) => power(table.orderRate[i]!, ORDERS_EXPONENT));
  const values = new Float64Array(rows.length * FEATURE_NAMES.length);
  for (const [at, i] of rows.entries()) values.set(featuresOf(table, i), at * FEATURE_NAMES.length);
  const objective = pseudoHuber(targets, weights, { start: 1, delta: MEAN_DELTA });
  return boost(
    binned(values, FEATURE_NAMES.length),
    objective,
    { ...MEAN, ...stepsFor(rows.length), seed: MEAN.seed + fold },
    keysOf(table, rows),
  );
}

/**
 * @param otherMean trees of the mean from the other fold, which have not seen these rows.
 * @param tailProbability of an outcome below the interval, and of one above it.
 */
export function trainSpread(
  table: TrainingTable,
  fold: Fold,
  otherMean: BoostedTrees,
  tailProbability: number,
): SpreadTrees {
  const { horizon, actual, expected, stretch, features } = table;
  const rows = rowsOf(table, fold).filter((i) => isOver(table, i));
  const means = Float64Array.from(
    rows,
    (i) => stretch[i]! * expected[i]! * Math.max(0, treeSum(otherMean, features, i * FEATURE_NAMES.length)),
  );
  const units = Float64Array.from(rows, (i, at) => spreadUnit(means[at]!, expected[i]!));
  const values = new Float64Array(rows.length * SPREAD_FEATURES);
  for (const [at, i] of rows.entries()) {
    values.set(featuresOf(table, i), at * SPREAD_FEATURES);
    writeUnitFeatures(units[at]!, expected[i]!, values, at * SPREAD_FEATURES + FEATURE_NAMES.length);
  }
  const bins = binned(values, SPREAD_FEATURES);
  const options = { ...SPREAD, seed: SPREAD.seed + fold };
  const keys = keysOf(table, rows);
  const weightsOf = (exponent: number) => Float64Array.from(rows, (i) => power(table.orderRate[i]!, exponent));

  const weeks = new Float64Array(rows.length * horizon);
  for (const [at, i] of rows.entries()) {
    for (let k = 0; k < horizon; k++) {
      weeks[at * horizon + k] = actual[i * horizon + k]! / units[at]!;
    }
  }
  const weekWeights = weightsOf(ORDERS_EXPONENT);
  const ofWeek = (probability: number, start: number) =>
    boost(bins, roundedPinball(weeks, horizon, weekWeights, { start, delta: WEEK_DELTA, probability }), options, keys);

  const actualMeans = Float64Array.from(rows, (i) => netMean(actual.subarray(i * horizon, (i + 1) * horizon)));
  const meanWeeks = actualMeans.map((quantity, at) => quantity / units[at]!);
  const meanWeekWeights = weightsOf(MEAN_WEEK_ORDERS_EXPONENT);
  const ofMeanWeek = (probability: number, start: number) => {
    const objective = roundedPinball(meanWeeks, 1, meanWeekWeights, { start, delta: MEAN_WEEK_DELTA, probability });
    return boost(bins, objective, options, keys);
  };

  const accuracies = actualMeans.map((actualMean, at) => totalAccuracy(actualMean, means[at]!));
  return {
    lower: ofWeek(tailProbability, STARTS.lower),
    median: ofWeek(0.5, STARTS.median),
    upper: ofWeek(1 - tailProbability, STARTS.upper),
    meanWeekLower: ofMeanWeek(tailProbability, STARTS.meanWeekLower),
    meanWeekUpper: ofMeanWeek(1 - tailProbability, STARTS.meanWeekUpper),
    accuracy: boost(bins, squaredError(accuracies, STARTS.accuracy), options, keys),
  };
}

/** Whether all of the horizon is known, and nothing extraordinary happened in it. */
export function isOver({ actual, horizon }: TrainingTable, row: number): boolean {
  return !Number.isNaN(actual[(row + 1) * horizon - 1]!);
}

const UNIT_FEATURES = 2;
/** Columns that the trees of the spread split on: `FEATURE_NAMES`, and two that the mean tells. */
export const SPREAD_FEATURES = FEATURE_NAMES.length + UNIT_FEATURES;

/** Writes the columns that the trees of the spread see beside `FEATURE_NAMES`. */
export function writeUnitFeatures(unit: number, expected: number, into: Float64Array, at: number): void {
  into[at] = log(unit);
  into[at + 1] = unit / expected;
}

/** What the spread about a mean is measured in, in units a week. */
export function spreadUnit(mean: number, expected: number): number {
  return Math.max(mean, LEAST_OF_EXPECTED * expected);
}

function rowsOf({ fold: folds }: TrainingTable, fold: Fold): number[] {
  return [...folds.keys()].filter((i) => folds[i] === fold);
}

function keysOf({ key }: TrainingTable, rows: readonly number[]): Uint32Array {
  return Uint32Array.from(rows, (i) => key[i]!);
}

function featuresOf({ features }: TrainingTable, row: number): Float64Array {
  return features.subarray(row * FEATURE_NAMES.length, (row + 1) * FEATURE_NAMES.length);
}
