import { type BoostedTrees, treeSum } from "../trees/boosted-trees.ts";
import type { Calibration } from "./calibration.ts";
import { type Market, scaleOf } from "./scale.ts";
import type { Snapshot } from "./snapshot.ts";
import { FEATURES, writeFeatures } from "./table.ts";
import { MEAN_FEATURES, measureOf, type SpreadTrees, writeMeanFeatures } from "./train.ts";

/** What is learned across products once a run; trees are in shared memory. */
export interface Learned {
  readonly horizon: number;
  /** Share of outcomes below the interval, and above it. */
  readonly tails: number;
  /** Whether features of customers are looked at. */
  readonly withCustomers: boolean;
  readonly market: Market;
  /** From either half of the products. */
  readonly halves: readonly [HalfTrees, HalfTrees];
  readonly calibration: Calibration;
}

export interface HalfTrees {
  readonly mean: BoostedTrees;
  readonly spread: SpreadTrees;
}

/** Quantities in units a week; of the mean week of the horizon where the name says total. */
export interface LearnedForecast {
  readonly mean: number;
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
  readonly totalLower: number;
  readonly totalUpper: number;
  /** 0 to 1. */
  readonly accuracy: number;
}

/** Accuracy was tried on products that the trees do not know, but at origins that they do, which is a little too easy. */
const KNOWN_ORIGINS = 0.97;

/** The mean of what both halves of the products have taught. */
export function learnedForecast(
  { horizon, market, halves, calibration }: Learned,
  snapshot: Snapshot,
): LearnedForecast {
  const scale = scaleOf(snapshot, market, 0, horizon);
  const row = new Float64Array(FEATURES.length + MEAN_FEATURES);
  writeFeatures(snapshot, scale, row, 0);
  const forecast = forecastRow(row, scale.expected, halves);
  const { mean, totalLower, totalUpper } = forecast;
  const total = calibration.totalStretch[snapshot.demandClass]!;
  return {
    ...forecast,
    upper: mean + calibration.upperStretch * Math.max(0, forecast.upper - mean),
    totalLower: Math.max(0, mean - total * Math.max(0, mean - totalLower)),
    totalUpper: mean + total * Math.max(0, totalUpper - mean),
  };
}

/**
 * @param row features, with room for those of the mean behind them.
 * @param halves those that take part.
 */
export function forecastRow(row: Float64Array, scale: number, halves: readonly HalfTrees[]): LearnedForecast {
  const average = (trees: (half: HalfTrees) => BoostedTrees) =>
    halves.reduce((sum, half) => sum + Math.max(0, treeSum(trees(half), row)), 0) / halves.length;
  const mean = scale * average((half) => half.mean);
  const measure = measureOf(mean, scale);
  writeMeanFeatures(measure, scale, row, FEATURES.length);
  return {
    mean,
    lower: measure * average(({ spread }) => spread.lower),
    median: measure * average(({ spread }) => spread.median),
    upper: measure * average(({ spread }) => spread.upper),
    totalLower: measure * average(({ spread }) => spread.totalLower),
    totalUpper: measure * average(({ spread }) => spread.totalUpper),
    accuracy: Math.min(1, KNOWN_ORIGINS * average(({ spread }) => spread.accuracy)),
  };
}
