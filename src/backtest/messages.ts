import type { DemandClass } from "../demand/demand-class.ts";
import type { Note } from "../forecast/document.ts";
import type { Day } from "../history/calendar.ts";
import type { SourceHandle } from "../sources/registry.ts";
import type { LessonsOfVariants } from "./lessons.ts";
import type { MethodForecast } from "./methods.ts";

/** What goes between the main thread and the worker threads; all of it can be cloned. */

/** What each worker is given once, when it starts. */
export interface BacktestSetup {
  readonly kind: "backtest";
  readonly source: SourceHandle;
  readonly historyStart: Day;
  readonly horizon: number;
  readonly level: number;
  /** Names of the methods to measure. */
  readonly methods: readonly string[];
  /** Whether the forecasts themselves are wanted back, beside their scores. */
  readonly keepForecasts: boolean;
  /** The origin of which examples of `auto` are wanted back, if any. */
  readonly exampleOrigin: Day | undefined;
}

export interface BacktestTask {
  readonly kind: "evaluate";
  readonly origin: Day;
  /** Position of the first product among all forecasts of the backtest. */
  readonly first: number;
  readonly productIds: readonly string[];
  readonly lessons: LessonsOfVariants;
}

export interface BatchEvaluation {
  readonly products: EvaluatedProduct[];
  /** Sums in the order of `SUMS`, by product, then method. */
  readonly scores: Float64Array;
  /** Sums over the products of the batch, by method, then week. */
  readonly weekScores: Float64Array;
  /** How many products had what came up to the end of each week within the interval of `auto`. */
  readonly coveredCumulative: Float64Array;
  /** Weeks of the horizon up to the last one in which something was sold or returned. */
  readonly soldUntil: number;
}

export interface EvaluatedProduct {
  readonly productId: string;
  readonly demandClass: DemandClass;
  readonly historyWeeks: number;
  /** Units of the last 52 weeks before the origin. */
  readonly volume: number;
  /** What `auto` said of its accuracy, and what came true by the same measure; null where there is none. */
  readonly accuracyEstimate: number | null;
  readonly accuracy: number | null;
  readonly forecasts?: EvaluatedForecasts;
  readonly example?: Example;
}

/** What `auto` forecast, beside what was known and what came. */
export interface Example {
  /** The last 52 weeks at most, oldest first. */
  readonly history: Float64Array;
  readonly actual: Float64Array;
  readonly forecast: MethodForecast;
  /** What was to be known of the data at the origin. */
  readonly notes: readonly Note[];
}

export interface EvaluatedForecasts {
  /** The last 52 weeks at most, oldest first. */
  readonly history: Float64Array;
  readonly actual: Float64Array;
  /** One forecast for each method. */
  readonly methods: readonly MethodForecast[];
}
