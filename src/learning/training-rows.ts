import { withoutRests } from "../demand/deflation.ts";
import { netMean } from "../demand/level.ts";
import { activeBetween, soldUntil } from "../demand/life.ts";
import { RUNNING_METHODS } from "../demand/running-levels.ts";
import type { PastSeasons } from "../demand/season.ts";
import { WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { type AsOfOptions, LEARNED_WEEKS, type ProductAsOf, ProductPast } from "./as-of.ts";
import { OWN_FEATURE_NAMES } from "./features.ts";

export interface LearningOptions extends Omit<AsOfOptions, "index"> {
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Share of outcomes that shall lie within the intervals, 0 to 1. */
  readonly level: number;
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
  /** Net units of each week after the past origin, `outcomeWeeks` of them; NaN of what is not known yet. */
  readonly actual: Float64Array;
  /** A number that is the product's own. */
  readonly product: number;
  /** Weeks with demand of the last 52, and orders a week in them. */
  readonly activeWeeks: number;
  readonly orderRate: number;
  /** For how many of the `LEARNED_WEEKS` after the row's origin the product was sold; negative where it had stopped before. */
  readonly soldFor: number;
  /** Whether the product is sold by the piece. */
  readonly isWhole: boolean;
}

/** Units a week that came in the `LEARNED_WEEKS` after the row's origin, ≥ 0. */
export function meanWeekOf({ actual }: TrainingRow): number {
  return netMean(actual.subarray(0, LEARNED_WEEKS));
}

/** Training rows of a batch of products in a form that is sent from thread to thread. */
export interface TrainingBatch {
  /** All rows, one after the other, `rowWidth` numbers each. */
  readonly rows: Float64Array;
}

/** Past origins before the last one whose horizon is known, in weeks: close together near the present. */
const WEEKS_BEFORE_LAST = [0, 1, 2, 4, 6, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44];
/** Units in a week beyond which a product is not learned from: a mistake, which all others would suffer from. */
const MOST_UNITS = 1e9;
/** Fewest weeks since the first order of the product at a past origin. */
const LEAST_WEEKS = 1;

/** @returns as many weeks of what came as are looked at, with so many to forecast. */
export function outcomeWeeks(horizon: number): number {
  return Math.max(LEARNED_WEEKS, horizon);
}

/**
 * @param products a number of each product that is its own.
 * @returns the rows of all products at their past origins, product after product.
 */
export function trainingBatch(
  histories: readonly ProductHistory[],
  products: readonly number[],
  options: LearningOptions & AsOfOptions,
): TrainingBatch {
  const { horizon, minCustomers, minOrders } = options;
  const weeks = outcomeWeeks(horizon);
  const width = rowWidth(horizon);
  const rows: number[] = [];
  for (const [i, history] of histories.entries()) {
    const { quantities } = history;
    if (!quantities.every((quantity) => Math.abs(quantity) <= MOST_UNITS)) continue;
    const past = new ProductPast(history, options);
    const product = products[i]!;
    const lastWeek = soldUntil(quantities);
    const isWhole = quantities.every(Number.isInteger);
    const filled = withoutRests(quantities, options.index);
    for (const weeksAgo of [0, ...WEEKS_BEFORE_LAST.map((before) => LEARNED_WEEKS + before)]) {
      const end = quantities.length - weeksAgo;
      if (end < LEAST_WEEKS) break;
      const customers = past.customersAsOf(weeksAgo);
      if (customers.known < minCustomers || ordersBetween(history, 0, end) < minOrders) break;
      const actual = new Float64Array(weeks).fill(Number.NaN);
      actual.set(filled.subarray(end, end + weeks));
      const lastYear = Math.min(WEEKS_PER_YEAR, end);
      const activeWeeks = activeBetween(quantities, end - lastYear, end);
      const orderRate = ordersBetween(history, end - lastYear, end) / lastYear;
      const soldFor = Math.min(LEARNED_WEEKS, lastWeek - end);
      const known = { weeksAgo, actual, activeWeeks, orderRate, soldFor, product, isWhole };
      encode({ ...past.asOf(weeksAgo, customers), ...known }, rows);
    }
  }
  if (rows.length % width !== 0) throw new Error("a training row has another width than its codec says");
  return { rows: Float64Array.from(rows) };
}

function ordersBetween({ ordersPerWeek }: ProductHistory, begin: number, end: number): number {
  let orders = 0;
  for (let i = begin; i < end; i++) orders += ordersPerWeek[i]!;
  return orders;
}

const FEATURES = OWN_FEATURE_NAMES.length;
const METHODS = RUNNING_METHODS.length;
/** Numbers of a row beside its features, levels, losses and actuals. */
const SCALARS = 19;

export function rowWidth(horizon: number): number {
  return FEATURES + 2 * METHODS + SCALARS + outcomeWeeks(horizon);
}

function encode({ features, levels, own, season, ...row }: TrainingRow, into: number[]): void {
  for (let i = 0; i < features.length; i++) into.push(features[i]!);
  into.push(...levels, ...own.losses, own.originCount, row.demandClass);
  into.push(season.years, season.weeks, season.sharedWeeks, season.lastYear, season.usual);
  into.push(season.usualError, season.levelError, season.triedYears);
  into.push(row.mean, row.mean52, row.weeksAgo, row.activeWeeks, row.orderRate, row.soldFor, row.product);
  into.push(row.size, Number(row.isWhole));
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
    const scalars = row.subarray(FEATURES + 2 * METHODS, FEATURES + 2 * METHODS + SCALARS);
    const [originCount, demandClass, years, weeks, sharedWeeks, lastYear, usual, ...more] = scalars;
    const [
      usualError,
      levelError,
      triedYears,
      mean,
      mean52,
      weeksAgo,
      activeWeeks,
      orderRate,
      soldFor,
      product,
      size,
      isWhole,
    ] = more;
    const season = { years, weeks, sharedWeeks, lastYear, usual, usualError, levelError, triedYears };
    return {
      features,
      levels,
      own: { losses, originCount: originCount! },
      demandClass: demandClass!,
      season: season as PastSeasons,
      mean: mean!,
      mean52: mean52!,
      weeksAgo: weeksAgo!,
      activeWeeks: activeWeeks!,
      orderRate: orderRate!,
      soldFor: soldFor!,
      product: product!,
      size: size!,
      isWhole: isWhole === 1,
      actual: row.subarray(width - outcomeWeeks(horizon)),
    };
  });
}
