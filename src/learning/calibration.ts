import { forecastRow, type HalfTrees } from "./learned.ts";
import { meanOf } from "./scale.ts";
import { FEATURES, type TrainingTable } from "./table.ts";
import { MEAN_FEATURES } from "./train.ts";

const LEAST_STRETCH = 0.3;
const MOST_STRETCH = 3;
/** All classes count in each class as much as this many of its rows. */
const ALL_CLASSES_ROWS = 1000;

/**
 * By how much the interval of the total must be stretched for it to hold what it promises, of each demand class: tried on
 * every product with what the half that it does not belong to has taught (split conformal prediction; Romano et al.,
 * Conformalized Quantile Regression, 2019).
 *
 * @param level share of outcomes that shall lie within, bounds rounded outwards to whole units included.
 */
export function totalStretches(
  table: TrainingTable,
  halves: readonly [HalfTrees, HalfTrees],
  level: number,
  classes: number,
): Float64Array {
  const { horizon, half, scales, actual, demandClass, features } = table;
  const needed = Float64Array.from(half, (own, i) => {
    const row = new Float64Array(FEATURES.length + MEAN_FEATURES);
    row.set(features.subarray(i * FEATURES.length, (i + 1) * FEATURES.length));
    const { mean, totalLower, totalUpper } = forecastRow(row, scales[i]!, [halves[1 - own]!], 1);
    const total = horizon * meanOf(actual.subarray(i * horizon, (i + 1) * horizon));
    return leastStretch(total, horizon * mean, horizon * totalLower, horizon * totalUpper);
  });
  const all = quantileStretch(needed, level);
  return Float64Array.from({ length: classes }, (_, index) => {
    const own = needed.filter((_, i) => demandClass[i] === index);
    if (own.length === 0) return all;
    return (own.length * quantileStretch(own, level) + ALL_CLASSES_ROWS * all) / (own.length + ALL_CLASSES_ROWS);
  });
}

/** The least stretch whose interval, rounded outwards, holds the total. */
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
