import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { combinationWeights } from "../learning/combination.ts";
import { customerFacts, NO_CUSTOMERS } from "../learning/customer-facts.ts";
import { type Learned, learnedForecast } from "../learning/learned.ts";
import { PastSnapshots } from "../learning/snapshot.ts";
import { weekPattern } from "../learning/week-pattern.ts";
import { RUNNING_METHODS } from "../models/running-levels.ts";
import { type Intervals, tidyIntervals } from "./interval.ts";
import { forecastAlone } from "./alone.ts";

export interface DemandForecast {
  readonly modelType: "ml" | "statistical" | "baseline";
  /** Shares of the methods that the level is combined from, the largest first. */
  readonly weights: readonly MethodWeight[];
  /** Expected units of each week of the horizon, not negative. */
  readonly mean: Float64Array;
  readonly intervals: Intervals;
  /** 1 − |error of the horizon's total| / actual total at origins that the fit did not see, 0 to 1; null without any. */
  readonly accuracyEstimate: number | null;
}

export interface MethodWeight {
  readonly method: string;
  readonly weight: number;
}

export interface DemandOptions {
  readonly origin: Day;
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Share of outcomes that shall lie within the intervals, 0 to 1. */
  readonly level: number;
  /** What was learned across products; nothing where there were too few to learn from. */
  readonly learned: Learned | undefined;
}

/** Forecasts weekly demand, with what was learned across products, or from the product's own history alone. */
export function forecastDemand(history: ProductHistory, options: DemandOptions): DemandForecast {
  const { learned, horizon, level } = options;
  const forecast = learned
    ? forecastAsLearned(history, options, learned)
    : forecastAlone(history.quantities, horizon, level);
  const isWhole = history.quantities.every(Number.isInteger);
  return { ...forecast, intervals: tidyIntervals(forecast.mean, forecast.intervals, isWhole) };
}

function forecastAsLearned(
  { quantities, customers }: ProductHistory,
  { origin, horizon }: DemandOptions,
  learned: Learned,
): DemandForecast {
  const { market, tails, withCustomers } = learned;
  const facts = withCustomers ? customerFacts(customers, origin) : NO_CUSTOMERS;
  const snapshot = new PastSnapshots(quantities, { horizon, tails }).at(quantities.length, facts);
  const { mean, lower, median, upper, totalLower, totalUpper, accuracy } = learnedForecast(learned, snapshot);
  const pattern = weekPattern(quantities, market.demand, horizon);
  return {
    modelType: "ml",
    weights: methodWeights(combinationWeights(snapshot.own, market.classLosses[snapshot.demandClass]!)),
    mean: pattern.map((factor) => mean * factor),
    intervals: {
      weeks: Array.from(pattern, (factor) => ({ lower: lower * factor, median: median * factor, upper: upper * factor })),
      total: { lower: horizon * totalLower, upper: horizon * totalUpper },
    },
    accuracyEstimate: accuracy,
  };
}

const LEAST_NAMED_WEIGHT = 0.05;

/** @param weights in the order of `RUNNING_METHODS`. */
export function methodWeights(weights: Float64Array): MethodWeight[] {
  return RUNNING_METHODS.map((method, m) => ({ method, weight: weights[m]! }))
    .filter(({ weight }) => weight >= LEAST_NAMED_WEIGHT)
    .sort((a, b) => b.weight - a.weight);
}
