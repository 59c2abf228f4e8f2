import { RUNNING_METHODS } from "../demand/running-levels.ts";
import type { ProductHistory } from "../history/history.ts";
import { type AsOfOptions, type ProductAsOf, ProductPast } from "./as-of.ts";
import { OWN_FEATURE_NAMES } from "./features.ts";
import { addAligned, weighted } from "./pooled-series.ts";

export interface LearningOptions extends AsOfOptions {
  /** Customers and orders that a product needs to count as eligible at a past origin. */
  readonly minCustomers: number;
  readonly minOrders: number;
  /** The only running method that levels are made from; all, combined, where it is not given. */
  readonly singleMethod?: string | undefined;
}

/** A product as of an origin, and what came. */
export interface TrainingRow extends ProductAsOf {
  /** Weeks from the past origin to the origin; 0 for the origin itself, of which nothing that came is known. */
  readonly weeksAgo: number;
  /** Net units of each week of the horizon after the past origin; zeros after the origin itself. */
  readonly actual: Float64Array;
}

/** Training rows of a batch of products in a form that is sent from thread to thread. */
export interface TrainingBatch {
  /** All rows, one after the other, `rowWidth` numbers each. */
  readonly rows: Float64Array;
  /** The batch's part of the pooled series. */
  readonly series: Float64Array;
}

/** Past origins before the last one whose horizon is known, in weeks: close together near the present. */
const WEEKS_BEFORE_LAST = [0, 1, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44];
/** Units in a week beyond which a product is not learned from: a mistake, which all others would suffer from. */
const MOST_UNITS = 1e9;
/** Fewest weeks since the first order of the product at a past origin. */
const LEAST_WEEKS = 1;

/** @returns the rows of all products at their past origins, product after product. */
export function trainingBatch(histories: readonly ProductHistory[], options: LearningOptions): TrainingBatch {
  const { horizon, minCustomers, minOrders } = options;
  const width = rowWidth(horizon);
  const rows: number[] = [];
  let series: Float64Array = new Float64Array();
  for (const history of histories) {
    const { quantities } = history;
    if (!quantities.every((quantity) => Math.abs(quantity) <= MOST_UNITS)) continue;
    const past = new ProductPast(history, options);
    series = addAligned(series, weighted(past.quantities));
    const nothing = new Float64Array(horizon);
    for (const weeksAgo of [0, ...WEEKS_BEFORE_LAST.map((before) => horizon + before)]) {
      const end = quantities.length - weeksAgo;
      if (end < LEAST_WEEKS) break;
      const customers = past.customersAsOf(weeksAgo);
      if (customers.known < minCustomers || ordersUntil(history, end) < minOrders) break;
      const actual = weeksAgo === 0 ? nothing : quantities.subarray(end, end + horizon);
      encode({ ...past.asOf(weeksAgo, customers), weeksAgo, actual }, rows);
    }
  }
  if (rows.length % width !== 0) throw new Error("a training row has another width than its codec says");
  return { rows: Float64Array.from(rows), series };
}

function ordersUntil({ ordersPerWeek }: ProductHistory, end: number): number {
  let orders = 0;
  for (let i = 0; i < end; i++) orders += ordersPerWeek[i]!;
  return orders;
}

const FEATURES = OWN_FEATURE_NAMES.length;
const METHODS = RUNNING_METHODS.length;
/** Numbers of a row beside its features, levels, losses and actuals. */
const SCALARS = 9;

export function rowWidth(horizon: number): number {
  return FEATURES + 2 * METHODS + SCALARS + horizon;
}

function encode({ features, levels, own, season, ...row }: TrainingRow, into: number[]): void {
  for (let i = 0; i < features.length; i++) into.push(features[i]!);
  into.push(...levels, ...own.losses, own.originCount, row.demandClass);
  into.push(season.years, season.ahead, season.before, season.lastYear, row.mean, row.mean52, row.weeksAgo);
  into.push(...row.actual);
}

/** @returns the rows of `trainingBatch` as views on it. */
export function decodeRows(encoded: Float64Array, horizon: number): TrainingRow[] {
  const width = rowWidth(horizon);
  return Array.from({ length: encoded.length / width }, (_, i) => {
    const row = encoded.subarray(i * width, (i + 1) * width);
    const features = row.subarray(0, FEATURES);
    const levels = row.subarray(FEATURES, FEATURES + METHODS);
    const losses = row.subarray(FEATURES + METHODS, FEATURES + 2 * METHODS);
    const [originCount, demandClass, years, ahead, before, lastYear, mean, mean52, weeksAgo] = row.subarray(
      FEATURES + 2 * METHODS,
      FEATURES + 2 * METHODS + SCALARS,
    );
    return {
      features,
      levels,
      own: { losses, originCount: originCount! },
      demandClass: demandClass!,
      season: { years: years!, ahead: ahead!, before: before!, lastYear: lastYear! },
      mean: mean!,
      mean52: mean52!,
      weeksAgo: weeksAgo!,
      actual: row.subarray(width - horizon),
    };
  });
}
