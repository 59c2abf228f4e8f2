import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { RUNNING_METHODS } from "../demand/running-levels.ts";
import { customerFacts, NO_CUSTOMERS } from "./customer-facts.ts";
import { OTHER_FEATURES, QUANTITY_FEATURES } from "./features.ts";
import { withoutOutliers } from "../demand/outliers.ts";
import { PastSnapshots, type Snapshot, type SnapshotOptions } from "./snapshot.ts";

export interface LearningOptions extends SnapshotOptions {
  readonly origin: Day;
  /** For a product to count as eligible at a past origin. */
  readonly minCustomers: number;
  readonly minOrders: number;
  /** Whether features of customers are looked at. */
  readonly withCustomers: boolean;
  /** The only running method that levels are made from; all, combined, where it is not given. */
  readonly singleMethod?: string | undefined;
}

/** A product at a past origin, and what came. */
export interface TrainingRow extends Snapshot {
  /** Weeks from the past origin to the origin; 0 for the origin itself, of which nothing that came is known. */
  readonly weeksAgo: number;
  /** Net units of each week of the horizon after the past origin; zeros after the origin itself. */
  readonly actual: Float64Array;
}

/** Rows of a batch of products in a form that is sent from thread to thread. */
export interface TrainingBatch {
  readonly rows: Float64Array;
  /** Weekly demand of all products of the batch together, the last week before the origin last, each product by its root. */
  readonly market: Float64Array;
}

/** Past origins before the last one whose horizon is known, in weeks: close together near the present. */
const WEEKS_BEFORE_LAST = [0, 1, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44];
/** Units in a week beyond which a product is not learned from: a mistake, which all others would suffer from. */
const MOST_UNITS = 1e9;
/** Fewest weeks since the first order of the product at a past origin. */
const LEAST_WEEKS = 1;

const FEATURES = QUANTITY_FEATURES.length + OTHER_FEATURES.length;
const METHODS = RUNNING_METHODS.length;
/** Numbers of a row beside its features, levels, losses and actuals. */
const SCALARS = 9;

/** @returns the rows of all products at their past origins, product after product. */
export function trainingBatch(histories: readonly ProductHistory[], options: LearningOptions): TrainingBatch {
  const width = rowWidth(options.horizon);
  const rows: number[] = [];
  let market: Float64Array = new Float64Array();
  for (const history of histories) {
    const { quantities } = history;
    if (!quantities.every((quantity) => Math.abs(quantity) <= MOST_UNITS)) continue;
    const demand = withoutOutliers(quantities);
    market = withProduct(market, demand);
    const past = new PastSnapshots(demand, options);
    const nothing = new Float64Array(options.horizon);
    for (const weeksAgo of [0, ...WEEKS_BEFORE_LAST.map((before) => options.horizon + before)]) {
      const end = quantities.length - weeksAgo;
      if (end < LEAST_WEEKS) break;
      const day = options.origin - weeksAgo * DAYS_PER_WEEK;
      const customers = customerFacts(history.customers, day);
      if (customers.known < options.minCustomers || ordersUntil(history, end) < options.minOrders) break;
      const actual = weeksAgo === 0 ? nothing : quantities.subarray(end, end + options.horizon);
      encode({ ...past.at(end, options.withCustomers ? customers : NO_CUSTOMERS), weeksAgo, actual }, rows);
    }
  }
  if (rows.length % width !== 0) throw new Error("a training row has another width than its codec says");
  return { rows: Float64Array.from(rows), market };
}

/** @returns the rows of `trainingBatch` as views on it. */
export function decodeRows(encoded: Float64Array, horizon: number): TrainingRow[] {
  const width = rowWidth(horizon);
  return Array.from({ length: encoded.length / width }, (_, i) => {
    const row = encoded.subarray(i * width, (i + 1) * width);
    const features = row.subarray(0, FEATURES);
    const levels = row.subarray(FEATURES, FEATURES + METHODS);
    const losses = row.subarray(FEATURES + METHODS, FEATURES + 2 * METHODS);
    const [origins, demandClass, years, ahead, before, lastYear, mean, mean52, weeksAgo] = row.subarray(
      FEATURES + 2 * METHODS,
      FEATURES + 2 * METHODS + SCALARS,
    ) as unknown as number[];
    return {
      features,
      levels,
      own: { losses, origins: origins! },
      demandClass: demandClass!,
      season: { years: years!, ahead: ahead!, before: before!, lastYear: lastYear! },
      mean: mean!,
      mean52: mean52!,
      weeksAgo: weeksAgo!,
      actual: row.subarray(width - horizon),
    };
  });
}

/** Adds weekly series that end at the same week. */
export function addAligned(market: Float64Array, more: Float64Array): Float64Array {
  const [longer, shorter] = market.length >= more.length ? [market.slice(), more] : [more.slice(), market];
  const shift = longer.length - shorter.length;
  for (let i = 0; i < shorter.length; i++) longer[shift + i]! += shorter[i]!;
  return longer;
}

export function rowWidth(horizon: number): number {
  return FEATURES + 2 * METHODS + SCALARS + horizon;
}

function encode({ features, levels, own, season, ...row }: TrainingRow, into: number[]): void {
  for (let i = 0; i < features.length; i++) into.push(features[i]!);
  into.push(...levels, ...own.losses, own.origins, row.demandClass);
  into.push(season.years, season.ahead, season.before, season.lastYear, row.mean, row.mean52, row.weeksAgo);
  into.push(...row.actual);
}

/** A product counts by the root of its total: neither the largest alone nor the many small ones make the market. */
function withProduct(market: Float64Array, quantities: Float64Array): Float64Array {
  let total = 0;
  for (const quantity of quantities) total += Math.max(0, quantity);
  if (total === 0) return market;
  const scale = 1 / Math.sqrt(total);
  return addAligned(
    market,
    quantities.map((quantity) => quantity * scale),
  );
}

function ordersUntil({ ordersPerWeek }: ProductHistory, end: number): number {
  let orders = 0;
  for (let i = 0; i < end; i++) orders += ordersPerWeek[i]!;
  return orders;
}
