import { quantile } from "../accuracy/quantile.ts";
import type { ScoredForecast } from "../accuracy/score.ts";
import { forecastDemand } from "../forecast/demand.ts";
import { meanForecast } from "../forecast/mean-forecast.ts";
import { croston, sba } from "../models/croston.ts";
import { meanOfWeeks } from "../models/mean.ts";
import type { Model } from "../models/model.ts";
import { naive } from "../models/naive.ts";
import { seasonalNaive } from "../models/seasonal-naive.ts";
import { simpleExponentialSmoothing } from "../models/simple-exponential-smoothing.ts";
import { adida, imapa } from "../models/temporal-aggregation.ts";
import { tsb } from "../models/tsb.ts";

export interface MethodForecast extends ScoredForecast {
  /** What the document would say of its own accuracy. */
  readonly accuracyEstimate?: number | null;
}

/** What is measured: what `run` does, or a method to compare it with. */
export interface Method {
  readonly name: string;
  /** @param quantities net units a week, oldest first, at least one. */
  forecast(quantities: Float64Array, horizon: number, level: number): MethodForecast;
}

/** What `run` would do at that origin. */
export const AUTO: Method = {
  name: "auto",
  forecast(quantities, horizon, level) {
    const { mean, intervals, accuracyEstimate } = forecastDemand(quantities, horizon, level);
    const lower = Float64Array.from(intervals.weeks, (week) => week.lower);
    const upper = Float64Array.from(intervals.weeks, (week) => week.upper);
    return { mean, interval: { lower, upper }, total: intervals.total, accuracyEstimate };
  },
};

const EMPIRICAL_WEEKS = 26;

/** The mean of 13 weeks, with the quantiles of the last 26 as intervals. */
const EMPIRICAL_QUANTILES: Method = {
  name: "empq",
  forecast(quantities, horizon, level) {
    const recent = quantities.subarray(-EMPIRICAL_WEEKS);
    const weeks = (probability: number) => new Float64Array(horizon).fill(Math.max(0, quantile(recent, probability)));
    return {
      mean: meanForecast(meanOfWeeks(13), quantities, horizon),
      interval: { lower: weeks((1 - level) / 2), median: weeks(0.5), upper: weeks((1 + level) / 2) },
    };
  },
};

const MODELS = [naive, seasonalNaive, simpleExponentialSmoothing, croston, sba, tsb, adida, imapa];

export const METHOD_NAMES = [
  ...["auto", "naive", "seasonal-naive", "mean8", "mean13", "mean26", "ses"],
  ...["croston", "sba", "tsb", "adida", "imapa", "empq"],
];

/** @returns nothing for a name that is not known; `mean` takes any number of weeks. */
export function methodNamed(name: string): Method | undefined {
  const special = [AUTO, EMPIRICAL_QUANTILES].find((method) => method.name === name);
  if (special) return special;
  const weeks = /^mean([1-9]\d{0,2})$/.exec(name)?.[1];
  const model = weeks === undefined ? MODELS.find((known) => known.name === name) : meanOfWeeks(Number(weeks));
  return model && methodOf(model);
}

/** A method that the history is too short for has nothing to say, and is measured as forecasting zero. */
function methodOf(model: Model): Method {
  return {
    name: model.name,
    forecast: (quantities, horizon) => ({
      mean:
        quantities.length < model.leastHistory ? new Float64Array(horizon) : meanForecast(model, quantities, horizon),
    }),
  };
}
