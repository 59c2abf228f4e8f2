import { type BoostedTrees, NO_TREES as NONE } from "../trees/boosted-trees.ts";

/** What is predicted of the distribution about the mean: all but `accuracy` in spread units. */
export const SPREAD_NAMES = [
  // Quantiles of a week.
  "lower",
  "median",
  "upper",
  // Quantiles of the mean week of the `LEARNED_WEEKS`: of their total, divided by them.
  "meanWeekLower",
  "meanWeekUpper",
  // Expected accuracy of that total.
  "accuracy",
] as const;

export type SpreadName = (typeof SPREAD_NAMES)[number];

/** Trees of one teacher; what several say of the same is added up. */
export interface DemandTrees {
  /** The mean week as a multiple of what the base expects. */
  readonly mean: BoostedTrees;
  readonly spread: SpreadTrees;
}

export type SpreadTrees = Readonly<Record<SpreadName, BoostedTrees>>;

/** The part of a prior that forecasts are made with. */
export interface TaughtElsewhere {
  readonly trees: DemandTrees;
  /**
   * What the mean is multiplied by, one number a demand class: trees are taught not to follow single large orders, and these
   * have their share in what comes.
   */
  readonly meanFactors: readonly number[];
  /** How far trees are heard on the mean, 0 to 1. */
  readonly meanShare: number;
}

/** Probability of an outcome below the lower quantile, and of one above the upper one. */
export const TAIL = 0.1;

export function spreadTrees(treesOf: (name: SpreadName) => BoostedTrees): SpreadTrees {
  return Object.fromEntries(SPREAD_NAMES.map((name) => [name, treesOf(name)])) as Record<SpreadName, BoostedTrees>;
}

/** Says nothing beyond what is known before. */
export const NO_TREES: DemandTrees = { mean: NONE, spread: spreadTrees(() => NONE) };
