import { totalAccuracy } from "../accuracy/error.ts";
import { netMean } from "../demand/level.ts";
import { log, power } from "../numeric/elementary.ts";
import { mean } from "../numeric/sum.ts";
import { binned } from "../trees/bins.ts";
import { type BoostedTrees, type BoostingOptions, boost, weightedSum } from "../trees/boosted-trees.ts";
import { type Objective, pseudoHuber, pseudoHuberLoss, roundedPinball, squaredError } from "../trees/objectives.ts";
import { LEARNED_WEEKS } from "./as-of.ts";
import { type SpreadName, type SpreadTrees, spreadTrees, TAIL } from "./demand-trees.ts";
import { FEATURE_NAMES } from "./features.ts";
import type { TrainingTable } from "./table.ts";

/** Targets beyond so many times what the base expects teach no more. */
const MOST_OF_EXPECTED = 20;
/** Rows count by their orders a week to this power: whatever the product is counted in. */
const ORDERS_EXPONENT = 0.7;
const MEAN_WEEK_ORDERS_EXPONENT = 0.3;
/** Share of what the base expects below which a mean is not taken as the unit of the spread. */
const LEAST_OF_EXPECTED = 0.2;
/**
 * Errors below these count squared and beyond them absolutely: of the mean as a multiple of what the base expects, of the
 * quantiles in spread units.
 */
const MEAN_DELTA = 0.5;
const WEEK_DELTA = 0.3;
const MEAN_WEEK_DELTA = 0.2;

/**
 * Few rows are taught to several models, whose mean counts (Breiman, Bagging Predictors, 1996): with one, a product of a hundred that is
 * taken away moves another one by 1.6 % (the middle of 36 cases, of the others the one that moves most), with four by 1.15 %, with eight by 1 %.
 */
const MOST_MODELS = 8;
/** So many rows are one model's; the last one of several may count for a part. */
const ROWS_OF_MODELS = 20_000;

/**
 * @param rows of the table, which are learned from; other seeds than `options.seed` are of the same parity.
 * @param start what is predicted of each of them before.
 * @returns trees of what the mean week is beyond that, as a multiple of what the base expects.
 */
export function trainMean(
  table: TrainingTable,
  rows: readonly number[],
  start: Float64Array,
  options: BoostingOptions,
): BoostedTrees {
  const objective = pseudoHuber(meanTargets(table, rows), weightsOf(table, rows, ORDERS_EXPONENT), MEAN_DELTA);
  const bins = binned(featuresOf(table, rows), FEATURE_NAMES.length);
  const keys = keysOf(table, rows);
  const models = Math.min(MOST_MODELS, Math.max(1, ROWS_OF_MODELS / rows.length));
  const seeds = Array.from({ length: Math.ceil(models) }, (_, model) => options.seed + 2 * model);
  return weightedSum(
    seeds.map((seed) => boost(bins, objective, start, { ...options, seed }, keys)),
    seeds.map((_, model) => Math.min(1, models - model) / models),
  );
}

function meanTargets({ meanWeek, shockedExpected }: TrainingTable, rows: readonly number[]): Float64Array {
  return Float64Array.from(rows, (i) => Math.min(MOST_OF_EXPECTED, meanWeek[i]! / shockedExpected[i]!));
}

/** @returns the loss that `trainMean` makes small, of what is said of the rows: its mean, in units of `MEAN_DELTA`. */
export function meanLoss(table: TrainingTable, rows: readonly number[], said: Float64Array): number {
  const targets = meanTargets(table, rows);
  const weights = weightsOf(table, rows, ORDERS_EXPONENT);
  return mean(targets.map((target, at) => weights[at]! * pseudoHuberLoss((said[at]! - target) / MEAN_DELTA)));
}

/** Rows of a table whose spread is learned from, in a form that trees split on. */
export interface SpreadRows {
  readonly rows: readonly number[];
  readonly means: Float64Array;
  readonly units: Float64Array;
  /** `SPREAD_FEATURES` values a row. */
  readonly values: Float64Array;
}

/** @param meanOf a row in units a week, by trees that have not seen it. */
export function spreadRows(table: TrainingTable, rows: readonly number[], meanOf: (row: number) => number): SpreadRows {
  const over = rows.filter((i) => isOver(table, i));
  const means = Float64Array.from(over, meanOf);
  const units = Float64Array.from(over, (i, at) => spreadUnit(means[at]!, table.expected[i]!));
  const values = new Float64Array(over.length * SPREAD_FEATURES);
  for (const [at, i] of over.entries()) writeSpreadValues(table, i, units[at]!, values, at * SPREAD_FEATURES);
  return { rows: over, means, units, values };
}

/** Writes all columns that the trees of the spread see of a row of a table. */
export function writeSpreadValues(
  table: TrainingTable,
  row: number,
  unit: number,
  into: Float64Array,
  at: number,
): void {
  into.set(table.features.subarray(row * FEATURE_NAMES.length, (row + 1) * FEATURE_NAMES.length), at);
  writeUnitFeatures(unit, table.expected[row]!, table.size[row]!, into, at + FEATURE_NAMES.length);
}

/** @param start what is predicted of each row before. */
export function trainSpread(
  table: TrainingTable,
  spread: SpreadRows,
  start: (name: SpreadName) => Float64Array,
  options: BoostingOptions,
): SpreadTrees {
  const bins = binned(spread.values, SPREAD_FEATURES);
  const keys = keysOf(table, spread.rows);
  const objectives = spreadObjectives(table, spread);
  return spreadTrees((name) => boost(bins, objectives[name], start(name), options, keys));
}

function spreadObjectives(
  table: TrainingTable,
  { rows, means, units }: SpreadRows,
): Readonly<Record<SpreadName, Objective>> {
  const weeks = new Float64Array(rows.length * LEARNED_WEEKS);
  for (const [at, i] of rows.entries()) {
    for (const [k, quantity] of weeksOf(table, i).entries()) weeks[at * LEARNED_WEEKS + k] = quantity / units[at]!;
  }
  const weekWeights = weightsOf(table, rows, ORDERS_EXPONENT);
  const ofWeek = (probability: number) =>
    roundedPinball(weeks, LEARNED_WEEKS, weekWeights, { delta: WEEK_DELTA, probability });
  const actualMeans = Float64Array.from(rows, (i) => netMean(weeksOf(table, i)));
  const meanWeeks = actualMeans.map((quantity, at) => quantity / units[at]!);
  const meanWeekWeights = weightsOf(table, rows, MEAN_WEEK_ORDERS_EXPONENT);
  const ofMeanWeek = (probability: number) =>
    roundedPinball(meanWeeks, 1, meanWeekWeights, { delta: MEAN_WEEK_DELTA, probability });
  return {
    lower: ofWeek(TAIL),
    median: ofWeek(0.5),
    upper: ofWeek(1 - TAIL),
    meanWeekLower: ofMeanWeek(TAIL),
    meanWeekUpper: ofMeanWeek(1 - TAIL),
    accuracy: squaredError(actualMeans.map((actualMean, at) => totalAccuracy(actualMean, means[at]!))),
  };
}

/** Whether the `LEARNED_WEEKS` after the row's origin are known, and nothing extraordinary happened in them. */
export function isOver(table: TrainingTable, row: number): boolean {
  return !Number.isNaN(weeksOf(table, row)[LEARNED_WEEKS - 1]!);
}

/** Net units of each of the `LEARNED_WEEKS` after the row's origin. */
function weeksOf({ actual, weeks }: TrainingTable, row: number): Float64Array {
  return actual.subarray(row * weeks, row * weeks + LEARNED_WEEKS);
}

const UNIT_FEATURES = 2;
/** Columns that the trees of the spread split on: `FEATURE_NAMES`, and two that the mean tells. */
export const SPREAD_FEATURES = FEATURE_NAMES.length + UNIT_FEATURES;

/** Writes the columns that the trees of the spread see beside `FEATURE_NAMES`. */
export function writeUnitFeatures(unit: number, expected: number, size: number, into: Float64Array, at: number): void {
  into[at] = log(unit / size);
  into[at + 1] = unit / expected;
}

/** What the spread about a mean is measured in, in units a week. */
export function spreadUnit(mean: number, expected: number): number {
  return Math.max(mean, LEAST_OF_EXPECTED * expected);
}

/** Weights with a mean of one, or of nothing where no row had an order. */
function weightsOf({ orderRate }: TrainingTable, rows: readonly number[], exponent: number): Float64Array {
  const weights = Float64Array.from(rows, (i) => power(orderRate[i]!, exponent));
  const usual = mean(weights) || 1;
  return weights.map((weight) => weight / usual);
}

function keysOf({ key }: TrainingTable, rows: readonly number[]): Uint32Array {
  return Uint32Array.from(rows, (i) => key[i]!);
}

/** @returns the `FEATURE_NAMES` of each row, one after the other. */
export function featuresOf({ features }: TrainingTable, rows: readonly number[]): Float64Array {
  const width = FEATURE_NAMES.length;
  const values = new Float64Array(rows.length * width);
  for (const [at, row] of rows.entries()) values.set(features.subarray(row * width, (row + 1) * width), at * width);
  return values;
}
