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
/** Rows count by their level to this power: between a product's own level (0) and units (1). */
const LEVEL_EXPONENT = 0.7;
const MEAN_WEEK_LEVEL_EXPONENT = 0.3;
/** Share of what the base expects below which a mean is not taken as the unit of the spread. */
const LEAST_OF_EXPECTED = 0.2;

const MEAN: BoostingOptions = {
  trees: 150,
  leaves: 16,
  learningRate: 0.05,
  leastRows: 60,
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

/** @returns trees of the mean week, as a multiple of what the base expects, from the rows of one fold. */
export function trainMean(table: TrainingTable, fold: Fold): BoostedTrees {
  const rows = rowsOf(table, fold);
  const targets = Float64Array.from(rows, (i) =>
    Math.min(MOST_OF_EXPECTED, meanWeek(table, i) / table.shockedExpected[i]!),
  );
  const weights = Float64Array.from(rows, (i) => power(table.expected[i]!, LEVEL_EXPONENT));
  const values = new Float64Array(rows.length * FEATURE_NAMES.length);
  for (const [at, i] of rows.entries()) values.set(featuresOf(table, i), at * FEATURE_NAMES.length);
  const objective = pseudoHuber(targets, weights, { start: 1, delta: MEAN_DELTA });
  return boost(binned(values, FEATURE_NAMES.length), objective, { ...MEAN, seed: MEAN.seed + fold });
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
  const { horizon, actual, expected, features } = table;
  const rows = rowsOf(table, fold);
  const means = Float64Array.from(
    rows,
    (i) => expected[i]! * Math.max(0, treeSum(otherMean, features, i * FEATURE_NAMES.length)),
  );
  const units = Float64Array.from(rows, (i, at) => spreadUnit(means[at]!, expected[i]!));
  const values = new Float64Array(rows.length * SPREAD_FEATURES);
  for (const [at, i] of rows.entries()) {
    values.set(featuresOf(table, i), at * SPREAD_FEATURES);
    writeUnitFeatures(units[at]!, expected[i]!, values, at * SPREAD_FEATURES + FEATURE_NAMES.length);
  }
  const bins = binned(values, SPREAD_FEATURES);
  const options = { ...SPREAD, seed: SPREAD.seed + fold };

  const weeks = new Float64Array(rows.length * horizon);
  for (const [at, i] of rows.entries()) {
    for (let k = 0; k < horizon; k++) {
      weeks[at * horizon + k] = actual[i * horizon + k]! / units[at]!;
    }
  }
  const weekWeights = units.map((unit) => power(unit, LEVEL_EXPONENT));
  const ofWeek = (probability: number, start: number) =>
    boost(bins, roundedPinball(weeks, horizon, weekWeights, { start, delta: WEEK_DELTA, probability }), options);

  const meanWeeks = Float64Array.from(rows, (i, at) => meanWeek(table, i) / units[at]!);
  const meanWeekWeights = units.map((unit) => power(unit, MEAN_WEEK_LEVEL_EXPONENT));
  const ofMeanWeek = (probability: number, start: number) => {
    const objective = roundedPinball(meanWeeks, 1, meanWeekWeights, { start, delta: MEAN_WEEK_DELTA, probability });
    return boost(bins, objective, options);
  };

  const accuracies = Float64Array.from(rows, (i, at) => totalAccuracy(meanWeek(table, i), means[at]!));
  return {
    lower: ofWeek(tailProbability, STARTS.lower),
    median: ofWeek(0.5, STARTS.median),
    upper: ofWeek(1 - tailProbability, STARTS.upper),
    meanWeekLower: ofMeanWeek(tailProbability, STARTS.meanWeekLower),
    meanWeekUpper: ofMeanWeek(1 - tailProbability, STARTS.meanWeekUpper),
    accuracy: boost(bins, squaredError(accuracies, STARTS.accuracy), options),
  };
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

function featuresOf({ features }: TrainingTable, row: number): Float64Array {
  return features.subarray(row * FEATURE_NAMES.length, (row + 1) * FEATURE_NAMES.length);
}

/** Units of the mean week after the row's origin, ≥ 0. */
function meanWeek({ actual, horizon }: TrainingTable, row: number): number {
  return netMean(actual.subarray(row * horizon, (row + 1) * horizon));
}
