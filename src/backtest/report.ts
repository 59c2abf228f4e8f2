import type { Difference } from "../accuracy/compare.ts";
import type { Measures } from "../accuracy/measures.ts";
import type { Note } from "../forecast/document.ts";

/** What a backtest found; `--json` prints it. */
export interface BacktestReport {
  readonly origins: readonly string[];
  /** Products that were forecast at one origin at least. */
  readonly products: number;
  /** Products times origins. */
  readonly forecasts: number;
  readonly failed: number;
  readonly horizon: number;
  readonly interval_level: number;
  readonly models: readonly ModelReport[];
  readonly by_origin: readonly GroupReport[];
  readonly by_class: readonly GroupReport[];
  /** Ten groups, from the products that sell least to those that sell most. */
  readonly by_volume_decile: readonly GroupReport[];
  /** Each week ahead is measured as a horizon of its own. */
  readonly by_week: readonly GroupReport[];
  readonly by_history: readonly GroupReport[];
  readonly differences: readonly ModelDifference[];
  /** Null where `auto` was not measured. */
  readonly honesty: Honesty | null;
}

export interface ModelReport extends Measures {
  readonly model: string;
  /** Forecast value added: the share of another method's WAPE that is saved; null where that was not measured. */
  readonly gain_over_naive: number | null;
  readonly gain_over_mean13: number | null;
}

export interface GroupReport {
  readonly group: string;
  /** Products times origins. */
  readonly forecasts: number;
  readonly models: readonly ModelReport[];
}

/** Difference in a measure, with its 95 % interval over products: below zero the model is the better one. */
export interface ModelDifference extends Difference {
  readonly measure: "wape" | "total_wape" | "rmsse";
  readonly model: string;
  readonly against: string;
}

/** What the documents promise, and what came true. */
export interface Honesty {
  /** Forecasts that estimate their accuracy. */
  readonly forecasts: number;
  readonly mean_estimate: number | null;
  readonly mean_accuracy: number | null;
  readonly rank_correlation: number | null;
  /** Forecasts from the lowest to the highest estimate. */
  readonly deciles: readonly { readonly estimate: number; readonly accuracy: number; readonly forecasts: number }[];
  readonly promised_coverage: number;
  readonly coverage: number | null;
  readonly total_coverage: number | null;
  readonly coverage_by_class: readonly {
    readonly group: string;
    readonly coverage: number | null;
    readonly total_coverage: number | null;
  }[];
  /** Share of forecasts whose interval of the demand up to the end of each week held what came: lead times from one week on. */
  readonly cumulative_coverage: readonly number[];
}

/** Products as pictures: those that `auto` forecast best and worst at the latest origin. */
export interface ForecastExamples {
  readonly origin: string;
  /** How many products there were to take them from: the largest ones, that make up this share of all units. */
  readonly candidates: number;
  readonly share: number;
  /** The best one first, and the worst one first; no product is in both. */
  readonly best: readonly ForecastExample[];
  readonly worst: readonly ForecastExample[];
}

/** Quantities are units a week. */
export interface ForecastExample {
  readonly product_id: string;
  readonly product_name?: string;
  /** Units of the horizon. */
  readonly sold: number;
  /** WAPE over the weeks of the horizon. */
  readonly wape: number;
  /** The last 52 weeks before the origin at most, oldest first. */
  readonly history: readonly number[];
  readonly actual: readonly number[];
  readonly mean: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What was to be known of the data at the origin. */
  readonly notes: readonly Note[];
}
