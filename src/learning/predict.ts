import { type Base, baseOf, type Pooled } from "../demand/base.ts";
import { treeSum } from "../trees/boosted-trees.ts";
import type { ProductAsOf } from "./as-of.ts";
import type { DemandTrees, SpreadName, TaughtElsewhere } from "./demand-trees.ts";
import { FEATURE_NAMES, writeFeatures } from "./features.ts";
import type { PastOrigin } from "./past-origins.ts";
import type { Stretches, TotalStretches } from "./prior.ts";
import { type NodeValues, reasonsOf } from "./reasons.ts";
import type { Fold, TrainingTable } from "./table.ts";
import { SPREAD_FEATURES, spreadUnit, writeUnitFeatures } from "./train.ts";
import type { LearningOptions } from "./training-rows.ts";

/** The global model: what is known across products; trees are in shared memory. */
export interface GlobalModel {
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Whether features of customers are looked at. */
  readonly withCustomers: boolean;
  readonly pooled: Pooled;
  /** The same on the last Monday, of which forecasts have their part. */
  readonly pooledOnMonday: Pooled;
  /** What has been taught elsewhere, and what each fold of the products has taught beyond it. */
  readonly prior: TaughtElsewhere;
  readonly folds: readonly DemandTrees[];
  readonly calibration: Calibration;
  /** Where a product's own forecasts are made anew, and how many customers and orders it must have had there. */
  readonly past: Pick<LearningOptions, "minCustomers" | "minOrders"> & { readonly origins: readonly PastOrigin[] };
  /** What the trees' corrections are explained with; nothing where no product has taught. */
  readonly meanValues?: NodeValues | undefined;
}

export interface Calibration {
  /** One of each demand class. */
  readonly stretches: readonly Stretches[];
  /** Of each demand class one of totals of one week, of two, and so on up to the horizon. */
  readonly cumulative: readonly (readonly TotalStretches[])[];
  /** How well a total is known at best, on either side, as a share of it: the season of all products is not known better. */
  readonly leastWidth: number;
  /** Share of the weeks after past origins that lay within their interval; NaN where none is known. */
  readonly coverage: number;
}

/** What is predicted of a product's `LEARNED_WEEKS`, in units a week. */
export type Prediction = Readonly<Record<Exclude<SpreadName, "accuracy">, number>> & {
  readonly mean: number;
  /** Expected accuracy of the total, 0 to 1. */
  readonly accuracy: number;
};

/** What of a product and its base a prediction is made with. */
export interface Predicted {
  /** Index into `DEMAND_CLASSES`. */
  readonly demandClass: number;
  /** Of `LevelBasis`. */
  readonly size: number;
  /** Units a week, and how far its season stands alone: of `Base`. */
  readonly expectedByLevel: number;
  readonly expected: number;
  readonly clearness: number;
}

const AGE = FEATURE_NAMES.indexOf("age");
const VARIATION = FEATURE_NAMES.indexOf("variation26");
const LARGEST = FEATURE_NAMES.indexOf("largest26");
/**
 * Variation of the last weeks from which on trees have all their say on a product's mean: what sells alike every week goes on. With
 * a third of it totals of liquor miss .5 % more.
 */
const USUAL_VARIATION = 0.3;
/** So many weeks after the first tell whether a product does; fewer tell a part of it. */
const TELLING_WEEKS = 6;

/** Accuracy was tried on products that the trees do not know, but at origins that they do, which is a little too easy. */
const KNOWN_ORIGINS = 0.97;

/** Bounds of the mean of some weeks, in units a week. */
type MeanBounds = Pick<Prediction, "meanWeekLower" | "meanWeekUpper">;

/** A prediction with bounds of the mean of the first week, of the first two, and so on up to the horizon. */
export type ForecastPrediction = Prediction & {
  readonly cumulative: readonly MeanBounds[];
  /** What the mean was made from, and units a week by which each of `REASONS` moved it; nothing where that is not known. */
  readonly base: Base;
  readonly reasons: Float64Array | undefined;
};

/**
 * What all that was taught says of a product, with calibrated intervals.
 *
 * @param base the product's, where the caller has it already.
 */
export function predict(
  { pooled, prior, folds, calibration, meanValues }: GlobalModel,
  product: ProductAsOf,
  base = baseOf(product, pooled, 0),
): ForecastPrediction {
  const row = new Float64Array(SPREAD_FEATURES);
  writeFeatures(product, base, row, 0);
  const { stretches, cumulative, leastWidth } = calibration;
  const known = { ...product, ...base };
  const prediction = predictRow(row, known, prior, folds);
  const factor = correctedMean(known, 1, prior, row) - correctedMean(known, 0, prior, row);
  return {
    ...stretched(prediction, stretches[product.demandClass]!, leastWidth),
    base,
    reasons: meanValues && reasonsOf(row, prior, folds, meanValues).map((moved) => factor * moved),
    cumulative: cumulative[product.demandClass]!.map((ofTotal) => meanBounds(prediction, ofTotal, leastWidth)),
  };
}

/**
 * The mean of `predict` alone, in units a week, as of so many weeks ago.
 *
 * @param fold whose trees are asked.
 */
export function predictMean(
  { pooled, prior, folds }: GlobalModel,
  product: ProductAsOf,
  weeksAgo: number,
  fold: Fold,
): number {
  const base = baseOf(product, pooled, weeksAgo);
  const row = new Float64Array(FEATURE_NAMES.length);
  writeFeatures(product, base, row, 0);
  return meanOfRow(row, { ...product, ...base }, prior, [folds[fold]!]);
}

/**
 * @param leastWidth how well a total is known at best, on either side, as a share of it.
 */
export function stretched(
  prediction: Prediction,
  { lower, upper, ...ofTotal }: Stretches,
  leastWidth: number,
): Prediction {
  const { mean } = prediction;
  return {
    ...prediction,
    lower: lower * Math.min(mean, prediction.lower),
    upper: mean + upper * Math.max(0, prediction.upper - mean),
    ...meanBounds(prediction, ofTotal, leastWidth),
  };
}

function meanBounds(
  { mean, meanWeekLower, meanWeekUpper }: Prediction,
  { totalLower, totalUpper }: TotalStretches,
  leastWidth: number,
): MeanBounds {
  return {
    meanWeekLower: Math.min((1 - leastWidth) * mean, totalLower * meanWeekLower),
    meanWeekUpper: Math.max((1 + leastWidth) * mean, mean + totalUpper * (meanWeekUpper - mean)),
  };
}

/**
 * What has been taught elsewhere and the mean of what some folds have taught beyond it, before calibration.
 *
 * @param row in the order of `FEATURE_NAMES`, with room for the other columns of the spread behind them.
 * @param folds at least one.
 */
export function predictRow(
  row: Float64Array,
  product: Predicted,
  prior: TaughtElsewhere,
  folds: readonly DemandTrees[],
): Prediction {
  const { trees } = prior;
  const mean = meanOfRow(row, product, prior, folds);
  const { size, expected } = product;
  writeUnitFeatures(spreadUnit(mean, expected), expected, size, row, FEATURE_NAMES.length);
  return predictAbout(mean, row, product, (name) => treeSum(trees.spread[name], row), folds);
}

/**
 * What is predicted about a mean that is known.
 *
 * @param row with all columns of the spread.
 * @param taughtElsewhere what that says of the row, in spread units.
 */
export function predictAbout(
  mean: number,
  row: Float64Array,
  { expected }: Pick<Predicted, "expected">,
  taughtElsewhere: (name: SpreadName) => number,
  folds: readonly Pick<DemandTrees, "spread">[],
): Prediction {
  const unit = spreadUnit(mean, expected);
  const spread = (name: SpreadName) => {
    const before = taughtElsewhere(name);
    return average(folds, (fold) => before + treeSum(fold.spread[name], row));
  };
  return {
    mean,
    lower: unit * spread("lower"),
    median: unit * spread("median"),
    upper: unit * spread("upper"),
    meanWeekLower: unit * spread("meanWeekLower"),
    meanWeekUpper: unit * spread("meanWeekUpper"),
    accuracy: Math.min(1, KNOWN_ORIGINS * spread("accuracy")),
  };
}

function meanOfRow(
  row: Float64Array,
  product: Omit<Predicted, "size">,
  taught: TaughtElsewhere,
  folds: readonly DemandTrees[],
): number {
  const before = Math.max(0, treeSum(taught.trees.mean, row));
  const said = average(folds, (fold) => before + treeSum(fold.mean, row));
  return correctedMean(product, said, taught, row);
}

/** What is predicted of a row of a table. */
export function predictionOf(
  table: TrainingTable,
  row: number,
  prior: TaughtElsewhere,
  folds: readonly DemandTrees[],
): Prediction {
  const values = new Float64Array(SPREAD_FEATURES);
  values.set(table.features.subarray(row * FEATURE_NAMES.length, (row + 1) * FEATURE_NAMES.length));
  return predictRow(values, knownOf(table, row), prior, folds);
}

/** What a row of a table gives to predict. */
export function knownOf(table: TrainingTable, row: number): Predicted {
  const [expectedByLevel, expected] = [table.expectedByLevel[row]!, table.expected[row]!];
  const { demandClass, size, clearness } = table;
  return { demandClass: demandClass[row]!, size: size[row]!, clearness: clearness[row]!, expectedByLevel, expected };
}

/**
 * The base, of which trees correct what its level says: the less, the further the season stands alone, and not at all where all
 * weeks are alike.
 *
 * @param said mean week as a multiple of what the base expects by the level, before the factor of the class.
 * @param features in the order of `FEATURE_NAMES`, from index `at` on.
 * @returns units a week.
 */
export function correctedMean(
  { demandClass, expectedByLevel, expected, clearness }: Omit<Predicted, "size">,
  said: number,
  { meanFactors, meanShare }: Pick<TaughtElsewhere, "meanFactors" | "meanShare">,
  features: Float64Array,
  at = 0,
): number {
  const known = features[at + LARGEST]! > 0 ? Math.min(1, (features[at + AGE]! - 1) / TELLING_WEEKS) : 0;
  const steady = known * Math.max(0, 1 - features[at + VARIATION]! / USUAL_VARIATION);
  const heard = meanShare * (1 - steady) * (1 - clearness);
  return expected + heard * expectedByLevel * (meanFactors[demandClass]! * said - 1);
}

function average<Fold>(folds: readonly Fold[], value: (fold: Fold) => number): number {
  let sum = 0;
  for (const fold of folds) sum += Math.max(0, value(fold));
  return sum / folds.length;
}
