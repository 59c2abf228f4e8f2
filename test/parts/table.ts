import { netMean } from "../../src/demand/level.ts";
import { LEARNED_WEEKS } from "../../src/learning/as-of.ts";
import type { DemandTrees, TaughtElsewhere } from "../../src/learning/demand-trees.ts";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import { type Prediction, predictionOf } from "../../src/learning/predict.ts";
import type { TrainingTable } from "../../src/learning/table.ts";
import { isOver } from "../../src/learning/train.ts";
import { mixed } from "../../src/numeric/random.ts";

export interface TableRow {
  readonly expected: number;
  readonly shocked?: number;
  readonly orderRate?: number;
  readonly priorMean?: number;
  readonly demandClass?: number;
  readonly clearness?: number;
  /** Units of each week that came, which come again and again. */
  readonly came: readonly number[];
}

/** What trees see of a product that is neither new nor sold alike every week, and of which nothing else is known. */
export function usualFeatures(columns: number): Float64Array {
  const features = new Float64Array(columns);
  features[FEATURE_NAMES.indexOf("age")] = 104;
  features[FEATURE_NAMES.indexOf("variation26")] = 1;
  return features;
}

/** What is predicted of each row of which it is known what came by what the other fold has taught. */
export function heldOut(
  table: TrainingTable,
  folds: readonly DemandTrees[],
  prior: TaughtElsewhere,
): (Prediction | undefined)[] {
  return Array.from(table.fold, (fold, row) =>
    isOver(table, row) ? predictionOf(table, row, prior, [folds[1 - fold]!]) : undefined,
  );
}

/** A table of products that are sold by the piece and have usual features; rows are of either fold in turns. */
export function tableOf(rows: readonly TableRow[], horizon = LEARNED_WEEKS): TrainingTable {
  const weeks = Math.max(horizon, LEARNED_WEEKS);
  const actual = rows.flatMap(({ came }) => Array.from({ length: weeks }, (_, k) => came[k % came.length]!));
  const floats = (value: (row: TableRow, i: number) => number) => Float64Array.from(rows, value);
  return {
    ...{ horizon, weeks },
    features: Float64Array.from(rows.flatMap(() => Array.from(usualFeatures(FEATURE_NAMES.length)))),
    expectedByLevel: floats(({ expected }) => expected),
    expected: floats(({ expected }) => expected),
    shockedExpected: floats(({ expected, shocked = expected }) => shocked),
    priorMean: floats(({ priorMean = 0 }) => priorMean),
    meanWeek: floats((_, i) => netMean(Float64Array.from(actual.slice(i * weeks, i * weeks + LEARNED_WEEKS)))),
    actual: Float64Array.from(actual),
    stretch: floats(() => 1),
    key: Uint32Array.from(rows, (_, i) => mixed(i)),
    orderRate: floats(({ orderRate = 1 }) => orderRate),
    size: floats(({ expected }) => expected),
    isWhole: new Uint8Array(rows.length).fill(1),
    clearness: floats(({ clearness = 0 }) => clearness),
    demandClass: Uint8Array.from(rows, ({ demandClass = 0 }) => demandClass),
    fold: Uint8Array.from(rows, (_, i) => i % 2),
  };
}
