import { baseOf, type Pooled } from "../demand/base.ts";
import { lossesOfOne } from "../demand/combination.ts";
import { DEMAND_CLASSES } from "../demand/demand-class.ts";
import { netMean } from "../demand/level.ts";
import { commonShocks } from "./common-shocks.ts";
import { FEATURE_NAMES, writeFeatures } from "./features.ts";
import { classLossesOf, momentumOf, ownSeasonExponentOf, seasonExponentOf } from "./pooled.ts";
import type { LearningOptions, TrainingRow } from "./training-rows.ts";

/** All that trees are trained on; arrays are in shared memory, with one entry a row unless said otherwise. */
export interface TrainingTable {
  /** Weeks to forecast. */
  readonly horizon: number;
  /** What trees see, row after row, in the order of `FEATURE_NAMES`. */
  readonly features: Float64Array;
  /** Units a week that the base expects, without and with what happened to all products after the row's origin. */
  readonly expected: Float64Array;
  readonly shockedExpected: Float64Array;
  /** Net units of the weeks of the horizon, row after row. */
  readonly actual: Float64Array;
  /** Index into `DEMAND_CLASSES`. */
  readonly demandClass: Uint8Array;
  /** The fold that the row's product is in: each fold is predicted by what the other has taught. */
  readonly fold: Uint8Array;
}

/** Folds that the products are divided into. */
export type Fold = 0 | 1;

export interface FoldedRow extends TrainingRow {
  readonly fold: Fold;
}

/** Weeks of the pooled series that must be known at a past origin: before, there is nothing to learn yet. */
const LEAST_POOLED_WEEKS = 8;

/** Whether trees learn from a row: what came is known, and so was enough before it. */
export function isTrained({ weeksAgo }: TrainingRow, series: Float64Array): boolean {
  return weeksAgo > 0 && series.length - weeksAgo >= LEAST_POOLED_WEEKS;
}

/**
 * Brings rows of all products into the form that trees are trained on.
 *
 * @param all rows, also those of the origin itself.
 * @param series weekly demand of all products together, up to the origin.
 */
export function trainingTable(
  all: readonly FoldedRow[],
  series: Float64Array,
  { horizon, singleMethod }: Pick<LearningOptions, "horizon" | "singleMethod">,
): { pooled: Pooled; table: TrainingTable } {
  const rows = all.filter((row) => isTrained(row, series));
  const classLosses = singleMethod ? lossesOfOne(singleMethod) : classLossesOf(rows, DEMAND_CLASSES.length);
  const momentum = momentumOf(all, classLosses);
  const seasonExponent = seasonExponentOf(series);
  const ownSeasonExponent = ownSeasonExponentOf(rows, { series, classLosses, seasonExponent, momentum }, horizon);
  const pooled = { series, classLosses, seasonExponent, ownSeasonExponent, momentum };
  const width = FEATURE_NAMES.length;
  const features = sharedFloats(rows.length * width);
  const expected = sharedFloats(rows.length);
  const actual = sharedFloats(rows.length * horizon);
  const demandClass = new Uint8Array(new SharedArrayBuffer(rows.length));
  const fold = new Uint8Array(new SharedArrayBuffer(rows.length));
  for (const [i, row] of rows.entries()) {
    const base = baseOf(row, pooled, row.weeksAgo, horizon);
    expected[i] = base.expected;
    demandClass[i] = row.demandClass;
    fold[i] = row.fold;
    actual.set(row.actual, i * horizon);
    writeFeatures(row, base, features, i * width);
  }
  const shocks = commonShocks(
    rows.map(({ weeksAgo }) => weeksAgo),
    expected,
    Float64Array.from(rows, (row) => netMean(row.actual)),
    horizon,
  );
  const shockedExpected = sharedFloats(rows.length);
  for (const [i, { weeksAgo }] of rows.entries()) shockedExpected[i] = expected[i]! * shocks.get(weeksAgo)!;
  return { pooled, table: { horizon, features, expected, shockedExpected, actual, demandClass, fold } };
}

function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT * length));
}
