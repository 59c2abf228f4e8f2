import { totalAccuracy } from "../accuracy/error.ts";
import { exp, log } from "../numeric/elementary.ts";
import { binned } from "../trees/bins.ts";
import { type BoostedTrees, type BoostingOptions, boost, treeSum } from "../trees/boosted-trees.ts";
import { pseudoHuber, roundedPinball, squaredError } from "../trees/objectives.ts";
import { meanOf } from "./snapshot.ts";
import { FEATURES, type TrainingTable } from "./table.ts";

/** What one half of the products has taught of the distribution about the mean. All but `accuracy` in means. */
export interface SpreadTrees {
  /** Quantiles of a week. */
  readonly lower: BoostedTrees;
  readonly median: BoostedTrees;
  readonly upper: BoostedTrees;
  /** Quantiles of the mean week of the horizon. */
  readonly totalLower: BoostedTrees;
  readonly totalUpper: BoostedTrees;
  /** Expected accuracy of the total. */
  readonly accuracy: BoostedTrees;
}

/** Of a scale; a target beyond it teaches no more. */
const MOST_MEAN = 20;
const MOST_WEEK = 50;
/** Rows count by the level to this power: between a product's own scale (0) and units (1). */
const LEVEL_POWER = 0.7;
const TOTAL_LEVEL_POWER = 0.3;
/** Shares of the scale below which a mean is not taken as a measure. */
const LEAST_MEASURE = 0.2;

const MEAN: BoostingOptions = {
  trees: 150,
  leaves: 16,
  learningRate: 0.05,
  leastRows: 60,
  featureShare: 0.25,
  rowShare: 0.5,
  seed: 1,
};
const SPREAD: BoostingOptions = { ...MEAN, trees: 50, leaves: 8, learningRate: 0.1 };

/** @returns trees of the mean week, in scales, from the rows of one half. */
export function trainMean(table: TrainingTable, half: number): BoostedTrees {
  const rows = rowsOf(table, half);
  const targets = Float64Array.from(rows, (i) => Math.min(MOST_MEAN, target(table, i) / table.shockedScales[i]!));
  const weights = Float64Array.from(rows, (i) => power(table.scales[i]!, LEVEL_POWER));
  const values = new Float64Array(rows.length * FEATURES.length);
  for (const [at, i] of rows.entries()) values.set(featuresOf(table, i), at * FEATURES.length);
  const objective = pseudoHuber(targets, weights, { start: 1, delta: 0.5 });
  return boost(binned(values, FEATURES.length), objective, { ...MEAN, seed: MEAN.seed + half });
}

/**
 * @param otherMean trees of the mean from the other half, which have not seen these rows.
 * @param tails share of outcomes below the interval, and above it.
 */
export function trainSpread(table: TrainingTable, half: number, otherMean: BoostedTrees, tails: number): SpreadTrees {
  const { horizon, actual, scales } = table;
  const rows = rowsOf(table, half);
  const means = Float64Array.from(
    rows,
    (i) => scales[i]! * Math.max(0, treeSum(otherMean, table.features, i * FEATURES.length)),
  );
  const measures = Float64Array.from(rows, (i, at) => measureOf(means[at]!, scales[i]!));
  const width = FEATURES.length + MEAN_FEATURES;
  const values = new Float64Array(rows.length * width);
  for (const [at, i] of rows.entries()) {
    values.set(featuresOf(table, i), at * width);
    writeMeanFeatures(measures[at]!, scales[i]!, values, at * width + FEATURES.length);
  }
  const bins = binned(values, width);
  const options = { ...SPREAD, seed: SPREAD.seed + half };

  const weeks = new Float64Array(rows.length * horizon);
  for (const [at, i] of rows.entries()) {
    for (let k = 0; k < horizon; k++) {
      weeks[at * horizon + k] = Math.min(MOST_WEEK, actual[i * horizon + k]! / measures[at]!);
    }
  }
  const weekWeights = measures.map((measure) => power(measure, LEVEL_POWER));
  const week = (probability: number, start: number) =>
    boost(bins, roundedPinball(weeks, horizon, weekWeights, { start, delta: 0.3, probability }), options);

  const totals = Float64Array.from(rows, (i, at) => Math.min(MOST_WEEK, target(table, i) / measures[at]!));
  const totalWeights = measures.map((measure) => power(measure, TOTAL_LEVEL_POWER));
  const total = (probability: number, start: number) =>
    boost(bins, roundedPinball(totals, 1, totalWeights, { start, delta: 0.2, probability }), options);

  const accuracies = Float64Array.from(rows, (i, at) => totalAccuracy(target(table, i), means[at]!));
  return {
    lower: week(tails, 0.1),
    median: week(0.5, 0.6),
    upper: week(1 - tails, 2),
    totalLower: total(tails, 0.4),
    totalUpper: total(1 - tails, 1.8),
    accuracy: boost(bins, squaredError(accuracies, 0.4), options),
  };
}

/** Columns that the trees of the spread have beside `FEATURES`. */
export const MEAN_FEATURES = 2;

export function writeMeanFeatures(measure: number, scale: number, into: Float64Array, at: number): void {
  into[at] = log(measure);
  into[at + 1] = measure / scale;
}

/** What the spread about a mean is measured in. */
export function measureOf(mean: number, scale: number): number {
  return Math.max(mean, LEAST_MEASURE * scale);
}

function rowsOf({ half: halves }: TrainingTable, half: number): number[] {
  return [...halves.keys()].filter((i) => halves[i] === half);
}

function featuresOf({ features }: TrainingTable, row: number): Float64Array {
  return features.subarray(row * FEATURES.length, (row + 1) * FEATURES.length);
}

/** Units of the mean week after the row's origin, ≥ 0. */
function target({ actual, horizon }: TrainingTable, row: number): number {
  return meanOf(actual.subarray(row * horizon, (row + 1) * horizon));
}

function power(base: number, exponent: number): number {
  return exp(exponent * log(base));
}
