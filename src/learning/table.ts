import { baseOf, type Pooled } from "../demand/base.ts";
import { lossesOfOne } from "../demand/combination.ts";
import { seenFeast } from "../demand/feast-alignment.ts";
import { exp } from "../numeric/elementary.ts";
import { mixed } from "../numeric/random.ts";
import { treeSums } from "../trees/boosted-trees.ts";
import { LEARNED_WEEKS } from "./as-of.ts";
import { commonShocks } from "./common-shocks.ts";
import { FEATURE_NAMES, writeFeatures } from "./features.ts";
import type { Market } from "./market.ts";
import { lastingIndexAt, patternAhead, seasonAt, shiftNow, trustInYears, withFeastInPlace } from "./market-seasons.ts";
import { classLossesOf, seasonWeeksOf } from "./pooled.ts";
import type { Prior } from "./prior.ts";
import { openAhead, sourceGaps } from "./rests.ts";
import { withoutClearances } from "./stops.ts";
import { type LearningOptions, meanWeekOf, outcomeWeeks, type TrainingRow } from "./training-rows.ts";

/** All that trees are trained on; arrays are in shared memory, with one entry a row unless said otherwise. */
export interface TrainingTable {
  /** Weeks to forecast, and weeks after a row's origin that are looked at. */
  readonly horizon: number;
  readonly weeks: number;
  /** What trees see, row after row, in the order of `FEATURE_NAMES`. */
  readonly features: Float64Array;
  /** Units a week that the base expects: by the level alone, and where a clear season counts. */
  readonly expectedByLevel: Float64Array;
  readonly expected: Float64Array;
  /** Those by the level, with what happened to all products after the row's origin. */
  readonly shockedExpected: Float64Array;
  /** What was taught elsewhere says of the mean week, as a multiple of what the base expects. */
  readonly priorMean: Float64Array;
  /** Net units a week that came in the `LEARNED_WEEKS` after the row's origin, ≥ 0. */
  readonly meanWeek: Float64Array;
  /** Net units of each of the `weeks`, row after row; NaN where they are not known, or no intervals are learned from them. */
  readonly actual: Float64Array;
  /** How the mean week of the horizon compares with that of the `LEARNED_WEEKS` by the season of all products. */
  readonly stretch: Float64Array;
  /** A number of the row that is its own, whatever others there are. */
  readonly key: Uint32Array;
  /** Orders a week in the last year before the row's origin: how much it counts, whatever its units. */
  readonly orderRate: Float64Array;
  /** What the product's quantities are measured in, and whether it is sold by the piece: 0 or 1. */
  readonly size: Float64Array;
  readonly isWhole: Uint8Array;
  /** How far the product's season stands alone, 0 to 1. */
  readonly clearness: Float64Array;
  /** Index into `DEMAND_CLASSES`. */
  readonly demandClass: Uint8Array;
  /** The fold that the row's product is in: each fold is predicted by what the other has taught. */
  readonly fold: Uint8Array;
}

/** Folds that the products are divided into. */
export type Fold = 0 | 1;

/** @param product the number that is the product's own. */
export function foldOf(product: number): Fold {
  return (product & 1) as Fold;
}

/**
 * Among many products some have such a season by luck: with twice as much totals of the simulated ones are 3 % worse (four dates of May to
 * January), with half .1 %.
 */
const CLEAR_ERRORS = 0.25;
/** Expected at least, as a share of what the base expects, where what happened to all products is looked for. */
const LEAST_OF_BASE = 0.05;
/** Weeks of the market that must be known at a past origin: before, there is nothing to learn yet. */
const LEAST_POOLED_WEEKS = 8;

/** Whether trees learn from a row: what came is known, and so was enough before it. */
export function isTrained({ weeksAgo }: TrainingRow, market: Market): boolean {
  return weeksAgo > 0 && isPooled(market, weeksAgo);
}

/** Whether enough of all products was known so many weeks ago. */
export function isPooled({ weeks }: Market, weeksAgo: number): boolean {
  return weeks - weeksAgo >= LEAST_POOLED_WEEKS;
}

/**
 * Brings rows of all products into the form that trees are trained on.
 *
 * @param all rows, also those of the origin itself.
 */
export function trainingTable(
  all: readonly TrainingRow[],
  market: Market,
  { origin, horizon, singleMethod }: Pick<LearningOptions, "origin" | "horizon" | "singleMethod">,
  prior: Prior,
): { pooled: Pooled; table: TrainingTable } {
  const rows = withoutClearances(all.filter((row) => isTrained(row, market)));
  const classLosses = singleMethod ? lossesOfOne(singleMethod) : classLossesOf(rows, prior.classLosses);
  const { ofMarket, stretches } = marketPooled(market, { origin, horizon }, [
    ...new Set(all.map(({ weeksAgo }) => weeksAgo)),
  ]);
  const { seasons, lasting } = ofMarket;
  const seasonWeeks = seasonWeeksOf(rows, { classLosses, seasons, lasting, clearErrors: CLEAR_ERRORS });
  const pooled = { ...ofMarket, classLosses, clearErrors: CLEAR_ERRORS, seasonWeeks };
  const width = FEATURE_NAMES.length;
  const weeks = outcomeWeeks(horizon);
  const features = sharedFloats(rows.length * width);
  const expectedByLevel = sharedFloats(rows.length);
  const expected = sharedFloats(rows.length);
  const priorMean = sharedFloats(rows.length);
  const actual = sharedFloats(rows.length * weeks);
  const size = sharedFloats(rows.length);
  const clearness = sharedFloats(rows.length);
  const isWhole = new Uint8Array(new SharedArrayBuffer(rows.length));
  const demandClass = new Uint8Array(new SharedArrayBuffer(rows.length));
  const orderRate = sharedFloats(rows.length);
  const meanWeek = sharedFloats(rows.length);
  const stretch = sharedFloats(rows.length);
  const key = new Uint32Array(new SharedArrayBuffer(4 * rows.length));
  const fold = new Uint8Array(new SharedArrayBuffer(rows.length));
  for (const [i, row] of rows.entries()) {
    const base = baseOf(row, pooled, row.weeksAgo);
    expectedByLevel[i] = base.expectedByLevel;
    expected[i] = base.expected;
    demandClass[i] = row.demandClass;
    fold[i] = foldOf(row.product);
    key[i] = mixed(row.product + row.weeksAgo);
    meanWeek[i] = meanWeekOf(row);
    stretch[i] = stretches.get(row.weeksAgo)!;
    orderRate[i] = row.orderRate;
    actual.set(row.actual, i * weeks);
    size[i] = row.size;
    clearness[i] = base.clearness;
    isWhole[i] = Number(row.isWhole);
    writeFeatures(row, base, features, i * width);
  }
  priorMean.set(treeSums(prior.trees.mean, features, width).map((said) => Math.max(0, said)));
  const shocks = commonShocks(
    rows,
    expectedByLevel.map((units, i) => units * Math.max(LEAST_OF_BASE, priorMean[i]!)),
    meanWeek,
    LEARNED_WEEKS,
  );
  const shockedExpected = sharedFloats(rows.length);
  for (const [i, { weeksAgo }] of rows.entries()) {
    const { factor, isExtraordinary } = shocks.get(weeksAgo)!;
    shockedExpected[i] = expectedByLevel[i]! * factor;
    if (isExtraordinary) actual.fill(Number.NaN, i * weeks, (i + 1) * weeks);
  }
  return {
    pooled,
    table: {
      horizon,
      weeks,
      features,
      expectedByLevel,
      expected,
      shockedExpected,
      priorMean,
      meanWeek,
      actual,
      stretch,
      key,
      orderRate,
      size,
      isWhole,
      clearness,
      demandClass,
      fold,
    },
  };
}

/** What all products do together, as far as no row is needed to know it. */
type MarketPooled = Omit<Pooled, "classLosses" | "seasonWeeks" | "clearErrors">;

/**
 * @param origins in weeks before the origin that the market is known up to.
 * @returns with how the mean week of the horizon compares with that of the `LEARNED_WEEKS`, by how many weeks ago the origin is.
 */
export function marketPooled(
  market: Market,
  { origin, horizon }: Pick<LearningOptions, "origin" | "horizon">,
  origins: readonly number[],
): { ofMarket: MarketPooled; stretches: ReadonlyMap<number, number> } {
  const feast = seenFeast(market.unsmoothed, origin);
  const aligned = feast ? withFeastInPlace(market, feast) : market;
  const trust = trustInYears(aligned, LEARNED_WEEKS);
  const lasting = new Map(origins.map((weeksAgo) => [weeksAgo, lastingIndexAt(aligned, weeksAgo, trust)]));
  const shift = shiftNow(aligned, trust);
  const seasons = new Map<number, number>();
  const stretches = new Map<number, number>();
  for (const weeksAgo of origins) {
    const season = seasonAt(aligned, weeksAgo, LEARNED_WEEKS, trust);
    if (season !== undefined) seasons.set(weeksAgo, season);
    stretches.set(weeksAgo, exp((seasonAt(aligned, weeksAgo, horizon, trust) ?? 0) - (season ?? 0)));
  }
  const ofMarket = {
    ...{ seasons, lasting, index: market.index, pattern: patternAhead(aligned, horizon, trust, feast) },
    ...(shift && { shift }),
    open: openAhead(market.openness, origin, horizon),
    gaps: sourceGaps(market.openness, origin),
  };
  return { ofMarket, stretches };
}

function sharedFloats(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT * length));
}
