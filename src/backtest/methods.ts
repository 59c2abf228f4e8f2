import type { ScoredForecast } from "../accuracy/score.ts";
import type { Break } from "../breaks/finding.ts";
import { forecastDemand } from "../forecast/demand.ts";
import type { Interval } from "../forecast/interval.ts";
import { meanForecast } from "../forecast/mean-forecast.ts";
import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { meanOfWeeks } from "../models/mean.ts";
import type { Model } from "../models/model.ts";
import { ALL_MODELS } from "../models/registry.ts";
import { quantile } from "../numeric/quantile.ts";
import { type LessonsOfVariants, VARIANT_NAMES, type Variant } from "./lessons.ts";

export interface MethodForecast extends ScoredForecast {
  /** What the document would say of its own accuracy. */
  readonly accuracyEstimate?: number | null;
  /** Bounds of the demand up to the end of each week. */
  readonly cumulative?: readonly Interval[];
  /** What was put right in the history. */
  readonly breaks?: readonly Break[];
}

export interface MethodOptions {
  readonly origin: Day;
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Share of outcomes that shall lie within the intervals, 0 to 1. */
  readonly level: number;
  readonly lessons: LessonsOfVariants;
}

/** What is measured: what `run` does, or a method to compare it with. */
export interface Method {
  readonly name: string;
  /**
   * @param history as it was known at the origin, at least one week.
   * @returns nothing where there is nothing honest to say: that is measured as forecasting zero.
   */
  forecast(history: ProductHistory, options: MethodOptions): MethodForecast | undefined;
}

/** What `run` would do at that origin, or the same with a part left out. */
function variant(name: Variant): Method {
  return {
    name,
    forecast(history, { origin, lessons }) {
      if (!history.quantities.some((quantity) => quantity > 0)) return undefined;
      const model = lessons[name]!.demand;
      const { mean, intervals, accuracyEstimate, breaks } = forecastDemand(history, origin, model);
      const { weeks, total, cumulative } = intervals;
      const lower = Float64Array.from(weeks, (week) => week.lower);
      const median = Float64Array.from(weeks, (week) => week.median);
      const upper = Float64Array.from(weeks, (week) => week.upper);
      return { mean, interval: { lower, median, upper }, total, cumulative, accuracyEstimate, breaks };
    },
  };
}

const EMPIRICAL_WEEKS = 26;

/** The mean of 13 weeks, with the quantiles of the last 26 as intervals. */
const EMPIRICAL_QUANTILES: Method = {
  name: "empq",
  forecast({ quantities }, { horizon, level }) {
    const recent = quantities.subarray(-EMPIRICAL_WEEKS);
    const weeks = (probability: number) => new Float64Array(horizon).fill(Math.max(0, quantile(recent, probability)));
    return {
      mean: meanForecast(meanOfWeeks(13), quantities, horizon),
      interval: { lower: weeks((1 - level) / 2), median: weeks(0.5), upper: weeks((1 + level) / 2) },
    };
  },
};

/** All that is measured unless the user says otherwise. */
const USUAL_METHODS: readonly Method[] = [variant("auto"), ...ALL_MODELS.map(methodOf), EMPIRICAL_QUANTILES];
const METHODS: readonly Method[] = [...USUAL_METHODS, ...VARIANT_NAMES.filter((name) => name !== "auto").map(variant)];

export const USUAL_METHOD_NAMES: readonly string[] = USUAL_METHODS.map(({ name }) => name);
export const METHOD_NAMES: readonly string[] = METHODS.map(({ name }) => name);

/** @returns nothing for a name that is not known; `mean` takes 1 to 999 weeks. */
export function methodNamed(name: string): Method | undefined {
  const weeks = /^mean([1-9]\d{0,2})$/.exec(name)?.[1];
  return weeks === undefined ? METHODS.find((method) => method.name === name) : methodOf(meanOfWeeks(Number(weeks)));
}

function methodOf(model: Model): Method {
  return {
    name: model.name,
    forecast: ({ quantities }, { horizon }) =>
      quantities.length < model.leastHistory ? undefined : { mean: meanForecast(model, quantities, horizon) },
  };
}
