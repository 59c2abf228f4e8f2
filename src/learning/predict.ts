import { baseOf, type Pooled } from "../demand/base.ts";
import { type BoostedTrees, treeSum } from "../trees/boosted-trees.ts";
import type { ProductAsOf } from "./as-of.ts";
import { FEATURE_NAMES, writeFeatures } from "./features.ts";
import { SPREAD_FEATURES, type SpreadTrees, spreadUnit, writeUnitFeatures } from "./train.ts";

/** The global model: what is learned across products once a run; trees are in shared memory. */
export interface GlobalModel {
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Probability of an outcome below the interval, and of one above it. */
  readonly tailProbability: number;
  /** Whether features of customers are looked at. */
  readonly withCustomers: boolean;
  readonly pooled: Pooled;
  /** What each fold of the products has taught. */
  readonly folds: readonly [FoldTrees, FoldTrees];
  readonly calibration: Calibration;
}

export interface FoldTrees {
  readonly mean: BoostedTrees;
  readonly spread: SpreadTrees;
}

/** What past origins say of the intervals. */
export interface Calibration {
  /** What the upper bound of a week is stretched by about the mean. */
  readonly upperStretch: number;
  /** What both bounds of the mean week, and so of the total, are stretched by about the mean; one number a demand class. */
  readonly meanWeekStretch: Float64Array;
  /** Share of the weeks after past origins that lay within their interval. */
  readonly coverage: number;
}

/** What is predicted of a product, in units a week. */
export interface Prediction {
  readonly mean: number;
  /** Quantiles of a week. */
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  /** Quantiles of the mean week of the horizon: of its total, divided by its weeks. */
  readonly meanWeekLower: number;
  readonly meanWeekUpper: number;
  /** Expected accuracy of the total, 0 to 1. */
  readonly accuracy: number;
}

/** Accuracy was tried on products that the trees do not know, but at origins that they do, which is a little too easy. */
const KNOWN_ORIGINS = 0.97;

/**
 * The mean of what both folds of the products have taught, with calibrated intervals.
 *
 * @param stretch how the mean week of the horizon compares with that of the `LEARNED_WEEKS`.
 */
export function predict(
  { pooled, folds, calibration }: GlobalModel,
  product: ProductAsOf,
  stretch: number,
): Prediction {
  const base = baseOf(product, pooled, 0);
  const row = new Float64Array(SPREAD_FEATURES);
  writeFeatures(product, base, row, 0);
  const prediction = predictRow(row, base.expected, stretch, folds);
  const { mean, meanWeekLower, meanWeekUpper } = prediction;
  const widening = calibration.meanWeekStretch[product.demandClass]!;
  return {
    ...prediction,
    upper: mean + calibration.upperStretch * Math.max(0, prediction.upper - mean),
    meanWeekLower: Math.max(0, mean - widening * Math.max(0, mean - meanWeekLower)),
    meanWeekUpper: mean + widening * Math.max(0, meanWeekUpper - mean),
  };
}

/**
 * The mean of what some folds have taught, before calibration.
 *
 * @param row in the order of `FEATURE_NAMES`, with room for the other columns of the spread behind them.
 * @param expected units a week that the base expects; `stretch` as of `predict`.
 */
export function predictRow(
  row: Float64Array,
  expected: number,
  stretch: number,
  folds: readonly FoldTrees[],
): Prediction {
  const average = (trees: (fold: FoldTrees) => BoostedTrees) =>
    folds.reduce((sum, fold) => sum + Math.max(0, treeSum(trees(fold), row)), 0) / folds.length;
  const mean = stretch * expected * average((fold) => fold.mean);
  const unit = spreadUnit(mean, expected);
  writeUnitFeatures(unit, expected, row, FEATURE_NAMES.length);
  return {
    mean,
    lower: unit * average(({ spread }) => spread.lower),
    median: unit * average(({ spread }) => spread.median),
    upper: unit * average(({ spread }) => spread.upper),
    meanWeekLower: unit * average(({ spread }) => spread.meanWeekLower),
    meanWeekUpper: unit * average(({ spread }) => spread.meanWeekUpper),
    accuracy: Math.min(1, KNOWN_ORIGINS * average(({ spread }) => spread.accuracy)),
  };
}
