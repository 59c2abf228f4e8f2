import { DEMAND_CLASSES } from "../demand/demand-class.ts";
import { RUNNING_METHODS } from "../demand/running-levels.ts";
import { log } from "../numeric/elementary.ts";
import { lossesOfOne } from "../demand/combination.ts";
import { MISSING, OTHER_FEATURES, QUANTITY_FEATURES, ratioTo } from "./features.ts";
import { classLossesOf, type Market, marketPowerOf, momentumOf, type Scale, scaleOf, seasonPowerOf } from "./scale.ts";
import { marketShocks } from "./shock.ts";
import { meanOf, type Snapshot } from "./snapshot.ts";
import type { TrainingRow } from "./training-rows.ts";

/** Columns that trees split on. */
export const FEATURES = [
  ...QUANTITY_FEATURES,
  ...OTHER_FEATURES,
  ...RUNNING_METHODS.map((method) => `level by ${method}`),
  ...["level", "market season", "product season", "season apart from market"],
];

/** All that trees are trained on; arrays are in shared memory, with one entry a row unless said otherwise. */
export interface TrainingTable {
  readonly horizon: number;
  /** Row after row, in the order of `FEATURES`. */
  readonly features: Float64Array;
  /** What a row's quantities are divided by, without and with what happened to the whole market after its origin. */
  readonly scales: Float64Array;
  readonly shockedScales: Float64Array;
  /** Net units of the weeks of the horizon, row after row. */
  readonly actual: Float64Array;
  readonly demandClass: Uint8Array;
  /** 0 or 1: the products are halved, and each half is forecast by what the other has taught. */
  readonly half: Uint8Array;
}

export interface HalvedRow extends TrainingRow {
  readonly half: number;
}

export interface TableOptions {
  readonly horizon: number;
  /** The only running method that levels are made from; all, combined, where it is not given. */
  readonly singleMethod?: string | undefined;
}

/** Weeks that the market must be old at a past origin: before, there is nothing to learn yet. */
const LEAST_MARKET_WEEKS = 8;

/** Whether trees learn from a row: what came is known, and so was enough before it. */
export function isTaught({ weeksAgo }: TrainingRow, market: Float64Array): boolean {
  return weeksAgo > 0 && market.length - weeksAgo >= LEAST_MARKET_WEEKS;
}

/**
 * Brings rows of all products into the form that trees are trained on.
 *
 * @param all rows, also those of the origin itself.
 * @param demand of the market, weekly, up to the origin.
 */
export function trainingTable(
  all: readonly HalvedRow[],
  demand: Float64Array,
  { horizon, singleMethod }: TableOptions,
): { market: Market; table: TrainingTable } {
  const rows = all.filter((row) => isTaught(row, demand));
  const classLosses = singleMethod ? lossesOfOne(singleMethod) : classLossesOf(rows, DEMAND_CLASSES.length);
  const momentum = momentumOf(all, classLosses);
  const marketPower = marketPowerOf(demand);
  const seasonPower = seasonPowerOf(rows, { demand, classLosses, marketPower, momentum }, horizon);
  const market = { demand, classLosses, marketPower, seasonPower, momentum };
  const features = sharedFloats(rows.length * FEATURES.length);
  const scales = sharedFloats(rows.length);
  const actual = sharedFloats(rows.length * horizon);
  const demandClass = new Uint8Array(new SharedArrayBuffer(rows.length));
  const half = new Uint8Array(new SharedArrayBuffer(rows.length));
  for (const [i, row] of rows.entries()) {
    const scale = scaleOf(row, market, row.weeksAgo, horizon);
    scales[i] = scale.expected;
    demandClass[i] = row.demandClass;
    half[i] = row.half;
    actual.set(row.actual, i * horizon);
    writeFeatures(row, scale, features, i * FEATURES.length);
  }
  const shocks = marketShocks(
    rows.map(({ weeksAgo }) => weeksAgo),
    scales,
    Float64Array.from(rows, (row) => meanOf(row.actual)),
    horizon,
  );
  const shockedScales = sharedFloats(rows.length);
  for (const [i, { weeksAgo }] of rows.entries()) shockedScales[i] = scales[i]! * shocks.get(weeksAgo)!;
  return { market, table: { horizon, features, scales, shockedScales, actual, demandClass, half } };
}

/** Writes the features of a product in the order of `FEATURES`. */
export function writeFeatures(
  { features, levels }: Pick<Snapshot, "features" | "levels">,
  { level, marketRatio, productRatio }: Scale,
  into: Float64Array,
  at: number,
): void {
  let column = at;
  for (let i = 0; i < features.length; i++) {
    into[column++] = i < QUANTITY_FEATURES.length ? ratioTo(level, features[i]!) : features[i]!;
  }
  for (let m = 0; m < levels.length; m++) into[column++] = ratioTo(level, levels[m]!);
  into[column++] = log(level);
  into[column++] = marketRatio ?? MISSING;
  into[column++] = marketRatio === undefined ? MISSING : productRatio;
  into[column++] = marketRatio === undefined ? MISSING : productRatio - marketRatio;
}

function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(8 * length));
}
