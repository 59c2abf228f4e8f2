import { sum } from "../accuracy/error.ts";
import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { combinationWeights } from "../demand/combination.ts";
import { customerFacts, NO_CUSTOMERS } from "../learning/customer-facts.ts";
import { type Learned, learnedForecast } from "../learning/learned.ts";
import { withoutOutliers } from "../demand/outliers.ts";
import { PastSnapshots } from "../learning/snapshot.ts";
import { weekPattern } from "../demand/week-pattern.ts";
import { forecastAlone } from "./local.ts";
import { type DemandForecast, methodWeights } from "./demand-forecast.ts";
import { tidyIntervals } from "./interval.ts";

export interface DemandOptions {
  readonly origin: Day;
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Share of outcomes that shall lie within the intervals, 0 to 1. */
  readonly level: number;
  /** What was learned across products; nothing where there were too few to learn from. */
  readonly learned: Learned | undefined;
}

/** Units below which a total is written as zero. */
const LEAST_TOTAL = 0.05;

/** Forecasts weekly demand, with what was learned across products, or from the product's own history alone. */
export function forecastDemand(history: ProductHistory, options: DemandOptions): DemandForecast {
  const { learned, horizon, level } = options;
  const forecast = learned
    ? forecastAsLearned(history, options, learned)
    : forecastAlone(history.quantities, horizon, level);
  const isWhole = history.quantities.every(Number.isInteger);
  // Of nothing, no share can be right or wrong.
  const accuracyEstimate = sum(forecast.mean) < LEAST_TOTAL ? null : forecast.accuracyEstimate;
  return { ...forecast, accuracyEstimate, intervals: tidyIntervals(forecast.mean, forecast.intervals, isWhole) };
}

function forecastAsLearned(
  { quantities, customers }: ProductHistory,
  { origin, horizon }: DemandOptions,
  learned: Learned,
): DemandForecast {
  const { market, tails, withCustomers } = learned;
  const demand = withoutOutliers(quantities);
  const facts = withCustomers ? customerFacts(customers, origin) : NO_CUSTOMERS;
  const snapshot = new PastSnapshots(demand, { horizon, tails }).at(quantities.length, facts);
  const { mean, lower, median, upper, totalLower, totalUpper, accuracy } = learnedForecast(learned, snapshot);
  const pattern = weekPattern(demand, market.demand, horizon);
  return {
    modelType: "ml",
    weights: methodWeights(combinationWeights(snapshot.own, market.classLosses[snapshot.demandClass]!)),
    mean: pattern.map((factor) => mean * factor),
    intervals: {
      weeks: Array.from(pattern, (factor) => ({
        lower: lower * factor,
        median: median * factor,
        upper: upper * factor,
      })),
      total: { lower: horizon * totalLower, upper: horizon * totalUpper },
    },
    accuracyEstimate: accuracy,
  };
}
