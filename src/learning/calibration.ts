import { DEMAND_CLASSES } from "../demand/demand-class.ts";
import { netMean } from "../demand/level.ts";
import { LEAST_SEASON_WEEKS } from "../demand/season.ts";
import { log } from "../numeric/elementary.ts";
import { sum } from "../numeric/sum.ts";
import { FEATURE_NAMES } from "./features.ts";
import type { Market } from "./market.ts";
import { type Calibration, type FoldTrees, type Prediction, predictRow } from "./predict.ts";
import type { TrainingTable } from "./table.ts";
import { isOver, SPREAD_FEATURES } from "./train.ts";

/**
 * Weekly demand comes in whole units and packs, so that a bound at a quantile holds more than it promises: the upper one can
 * be trimmed without the pinball loss or the promise noticing.
 */
const TRIMMED = 0.91;
/** Bounds of rarer outcomes hold no more than they promise. */
const MOST_TRIMMED_LEVEL = 0.9;
/** What both folds of the products say together errs less than what one says alone, which is what can be tried. */
const BOTH_FOLDS = 0.97;
/** How much further demand may move in a season that nobody has seen than from month to month. */
const UNSEEN_SEASON = 3;
/** Rows that intervals are tried on. */
const MOST_ROWS = 8000;
/** Rows of a product, which go together: products are what a share is estimated from. */
const ROWS_A_PRODUCT = 15;
const LEAST_STRETCH = 0.3;
const MOST_STRETCH = 3;
/** All classes count in each class as much as this many of its rows. */
const ALL_CLASSES_ROWS = 500;

/**
 * Stretches intervals until they hold what they promise, as tried on products with what the fold that
 * they do not belong to has taught (split conformal prediction; Romano et al., Conformalized Quantile Regression, 2019).
 *
 * @param level share of totals that shall lie within, bounds rounded outwards to whole units included.
 */
export function calibrate(
  table: TrainingTable,
  folds: readonly [FoldTrees, FoldTrees],
  market: Market,
  level: number,
): Calibration {
  const { horizon, fold, expected, stretch, actual, demandClass, features } = table;
  const unseen = UNSEEN_SEASON * unseenMovement(market);
  const upperStretch = unseen > 0 || level > MOST_TRIMMED_LEVEL ? 1 + unseen : TRIMMED;
  const tried = everySo(fold.length, MOST_ROWS).filter((i) => isOver(table, i));
  const row = new Float64Array(SPREAD_FEATURES);
  let within = 0;
  const needed = Float64Array.from(tried, (i) => {
    row.set(features.subarray(i * FEATURE_NAMES.length, (i + 1) * FEATURE_NAMES.length));
    const prediction = predictRow(row, expected[i]!, stretch[i]!, [folds[1 - fold[i]!]!]);
    const weeks = actual.subarray(i * horizon, (i + 1) * horizon);
    within += weeksWithin(weeks, prediction, upperStretch);
    const { mean, meanWeekLower, meanWeekUpper } = prediction;
    return leastStretch(Math.max(0, sum(weeks)), horizon * mean, horizon * meanWeekLower, horizon * meanWeekUpper);
  });
  // A standard error more, as products are few.
  const over = Array.from(fold.keys()).filter((i) => isOver(table, i)).length;
  const error = Math.sqrt((level * (1 - level) * ROWS_A_PRODUCT) / over);
  const safe = Math.min(1, level + error);
  const all = quantileStretch(needed, safe);
  const meanWeekStretch = Float64Array.from(DEMAND_CLASSES, (_, index) => {
    const own = needed.filter((_, at) => demandClass[tried[at]!] === index);
    const ownStretch = own.length === 0 ? all : quantileStretch(own, safe);
    const shrunk = (own.length * ownStretch + ALL_CLASSES_ROWS * all) / (own.length + ALL_CLASSES_ROWS);
    return BOTH_FOLDS * shrunk * (1 + unseen);
  });
  return { upperStretch, meanWeekStretch, coverage: within / (tried.length * horizon) };
}

/** Weeks within their interval, whose bounds are taken at the nearest whole unit. */
function weeksWithin(weeks: Float64Array, { mean, lower, upper }: Prediction, upperStretch: number): number {
  const low = Math.min(mean, Math.round(lower));
  const high = Math.max(mean, Math.round(mean + upperStretch * Math.max(0, upper - mean)));
  let within = 0;
  for (const quantity of weeks) if (quantity >= low && quantity <= high) within++;
  return within;
}

/** Rows at equal distances, which meet all past origins of products in turn: there are 15 at most. */
function everySo(rows: number, most: number): Int32Array {
  let step = Math.max(1, Math.ceil(rows / most));
  while (step % 3 === 0 || step % 5 === 0) step++;
  return Int32Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
}

/** The stretch beyond which the interval, rounded outwards, holds the total. */
function leastStretch(total: number, mean: number, lower: number, upper: number): number {
  if (total >= Math.floor(mean) && total <= Math.ceil(mean)) return 0;
  if (total > mean) return upper > mean ? Math.max(0, Math.ceil(total) - 1 - mean) / (upper - mean) : Infinity;
  return lower < mean ? Math.max(0, mean - Math.floor(total) - 1) / (mean - lower) : Infinity;
}

function quantileStretch(needed: Float64Array, level: number): number {
  const sorted = needed.toSorted();
  const at = Math.min(sorted.length - 1, Math.ceil(level * sorted.length) - 1);
  return Math.min(MOST_STRETCH, Math.max(LEAST_STRETCH, sorted[at]!));
}

const MONTH_WEEKS = 4;

/** How far all products move from one month to the next, in logarithms, where they were not seen for a year; else 0. */
function unseenMovement({ weeks, index }: Market): number {
  if (weeks >= LEAST_SEASON_WEEKS) return 0;
  let squares = 0;
  let steps = 0;
  for (let end = weeks; end >= 2 * MONTH_WEEKS; end -= MONTH_WEEKS) {
    const after = netMean(index.subarray(end - MONTH_WEEKS, end));
    const before = netMean(index.subarray(end - 2 * MONTH_WEEKS, end - MONTH_WEEKS));
    if (after === 0 || before === 0) continue;
    const step = log(after / before);
    squares += step * step;
    steps++;
  }
  return steps === 0 ? 0 : Math.sqrt(squares / steps);
}
