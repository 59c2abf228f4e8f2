import { DAYS_PER_WEEK, type Day, formatDay, isoWeekOf, WEEKS_PER_YEAR, type Weekday } from "../history/calendar.ts";
import { productDecimals } from "../history/decimals.ts";
import type { ProductHistory } from "../history/history.ts";
import type { Lessons } from "../learning/learn.ts";
import { sum } from "../numeric/sum.ts";
import { CalendarWeeks } from "./calendar-weeks.ts";
import { customerView, viewIfSold } from "./customer-demand.ts";
import { type CustomersForecast, forecastCustomers } from "./customer-shares.ts";
import { forecastDemand } from "./demand.ts";
import type { DemandForecast, PutRightForecast } from "./demand-forecast.ts";
import {
  type CustomerForecast,
  documentQuantity,
  type ForecastDocument,
  SCHEMA_VERSION,
  type WeekPrediction,
} from "./document.ts";
import { explanationOf, ofShare } from "./explained.ts";
import { tidyIntervals } from "./interval.ts";
import type { MarketWeeks } from "./market-notes.ts";
import { notesOf } from "./notes.ts";
import { type PastTotal, pastForecasts } from "./past-forecasts.ts";
import { forecastWithout, gapsOf, type ProductGaps } from "./product-gaps.ts";

/** By what the documents of one run are known. */
export interface RunStamp {
  /** Start of the run, UTC, ISO 8601. */
  readonly generatedAt: string;
  /** Made anew for each run. */
  readonly runId: string;
}

export interface ForecastOptions extends RunStamp {
  readonly origin: Day;
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Share of outcomes that shall lie within the intervals, 0 to 1. */
  readonly level: number;
  /** Day on which weeks begin; nothing where they are counted from the origin. */
  readonly weekStart?: Weekday | undefined;
  readonly productNames: ReadonlyMap<string, string>;
  /** What quantities are counted in, by product; nothing where the source does not know. */
  readonly units?: ReadonlyMap<string, string> | undefined;
  readonly customerNames: ReadonlyMap<string, string>;
}

/** @returns the product's document, or why nothing honest can be said of its demand. */
export function forecastProduct(
  productId: string,
  history: ProductHistory,
  options: ForecastOptions,
  { demand: model, purchases, weekdayShares }: Lessons,
): { document: ForecastDocument } | { noForecast: string } {
  const { quantities } = history;
  if (quantities.length === 0) return { noForecast: "no order line before the origin" };
  if (!quantities.some((quantity) => quantity > 0)) return { noForecast: "no week with more sold than returned" };
  const { origin, horizon, customerNames } = options;
  const demand = forecastDemand(history, origin, model);
  const gaps = gapsOf(history, model.pooled.index, sum(demand.mean) / horizon);
  const probabilitySold = history.succeededBy ? 0 : (gaps.stopped?.shareOfBefore ?? 1);
  const view = viewIfSold(customerView(history, purchases, origin, horizon), probabilitySold);
  const { weekStart } = options;
  const calendar = weekStart && new CalendarWeeks(origin, weekStart, weekdayShares);
  const coveredBy = (weeks: Float64Array) => (calendar ? calendar.covered(weeks) : weeks);
  const customers = forecastCustomers(view, coveredBy(demand.mean), purchases, customerNames, origin);
  const { stockOut } = gaps;
  const isUnderWay = stockOut && stockOut.until === undefined;
  const unconstrained = isUnderWay
    ? Math.max(
        ...[demand.mean, forecastWithout(stockOut, history, origin, model)].map((weeks) => sum(coveredBy(weeks))),
      )
    : undefined;
  const past = pastForecasts(productId, history, demand, origin, model);
  const found = { demand, customers, gaps, unconstrained, past };
  return { document: assemble(productId, history, found, options, model.pooled, calendar) };
}

/** What a document is made from. */
interface Found {
  readonly demand: PutRightForecast;
  readonly customers: CustomersForecast;
  readonly gaps: ProductGaps;
  /** Units of all weeks, if a stock-out that seems to be under way had not been; nothing where none is. */
  readonly unconstrained: number | undefined;
  readonly past: readonly PastTotal[];
}

function assemble(
  productId: string,
  history: ProductHistory,
  { demand, customers, gaps, unconstrained, past }: Found,
  { origin, horizon, level, generatedAt, runId, weekStart, productNames, units, customerNames }: ForecastOptions,
  market: MarketWeeks,
  calendar: CalendarWeeks | undefined,
): ForecastDocument {
  const { quantities } = history;
  const { weights, accuracyEstimate, breaks } = demand;
  const { mean, intervals, explanation } = calendar ? inCalendarWeeks(demand, calendar, quantities) : demand;
  const activePerWeek = calendar ? calendar.split(customers.activePerWeek) : customers.activePerWeek;
  const decimals = productDecimals(history);
  const rounded = (quantity: number) => documentQuantity(quantity, decimals);
  const upTo = roundedRunningSums(mean, decimals);
  const predictions = upTo.map((cumulative, week): WeekPrediction => {
    const predicted = documentQuantity(cumulative - (upTo[week - 1] ?? 0), decimals);
    const start = origin + week * DAYS_PER_WEEK;
    const { first, last } = calendar?.daysOf(week) ?? { first: start, last: start + DAYS_PER_WEEK - 1 };
    const { lower, median, upper } = intervals.weeks[week]!;
    const interval = intervals.cumulative[week]!;
    return {
      week_start: formatDay(first),
      week_end: formatDay(last),
      predicted_quantity: predicted,
      confidence_lower: Math.min(predicted, rounded(lower)),
      confidence_upper: Math.max(predicted, rounded(upper)),
      active_customers: Math.round(activePerWeek[week]!),
      median_quantity: rounded(median),
      cumulative_quantity: cumulative,
      cumulative_lower: Math.min(cumulative, rounded(interval.lower)),
      cumulative_upper: Math.max(cumulative, rounded(interval.upper)),
      ...(calendar && { iso_week: isoWeekOf(last - HALF_A_WEEK) }),
    };
  });
  const total = rounded(sum(mean));
  const weeks = calendar?.length(horizon) ?? horizon;
  const known = Math.min(total, rounded(customers.knownQuantity));
  const name = productNames.get(productId);
  return {
    product_id: productId,
    as_of_date: formatDay(origin),
    forecast_weeks: horizon,
    predictions,
    summary: {
      total_predicted_quantity: total,
      active_customers: Math.round(customers.alive),
      avg_weekly_quantity: rounded(total / weeks),
      total_confidence_lower: Math.min(total, rounded(intervals.total.lower)),
      total_confidence_upper: Math.max(total, rounded(intervals.total.upper)),
      known_customers_quantity: known,
      new_customers_quantity: rounded(total - known),
      ...(unconstrained !== undefined && { unconstrained_quantity: rounded(unconstrained) }),
    },
    model_metadata: {
      model_type: "ml",
      forecast_accuracy_estimate: accuracyEstimate === null ? null : Math.round(accuracyEstimate * 100) / 100,
      historical_weeks: quantities.length,
      generated_at: generatedAt,
      model: modelName(weights),
      interval_level: level,
      ...(decimals === 1 ? {} : { quantity_decimals: decimals }),
    },
    ...(name === undefined ? {} : { product_name: name }),
    history: Array.from(quantities.subarray(-WEEKS_PER_YEAR), rounded),
    customers: listed(customers.largest, decimals, (customer) => customer.expected_quantity),
    at_risk_customers: listed(customers.atRisk, decimals, (customer) => customer.quantity_at_stake!),
    notes: notesOf(history, breaks, gaps, { customers: customerNames, products: productNames }, origin, market),
    explanation: explanationOf(explanation, total, quantities, Math.round(weeks * DAYS_PER_WEEK), decimals),
    past_forecasts: past.map(({ origin: then, predicted, actual }) => ({
      as_of_date: formatDay(then),
      predicted_quantity: rounded(predicted),
      actual_quantity: rounded(actual),
    })),
    unit: units?.get(productId) ?? null,
    schema_version: SCHEMA_VERSION,
    run_id: runId,
    ...(weekStart && { week_starts_on: weekStart }),
  };
}

/** Of a calendar week the fourth day from its end is in the same week of ISO 8601 as most of its days. */
const HALF_A_WEEK = 3;

function inCalendarWeeks(
  { mean, intervals, explanation }: PutRightForecast,
  calendar: CalendarWeeks,
  quantities: Float64Array,
): Pick<PutRightForecast, "mean" | "intervals" | "explanation"> {
  const split = calendar.split(calendar.covered(mean));
  const isWhole = quantities.every(Number.isInteger);
  return {
    mean: split,
    intervals: tidyIntervals(split, calendar.intervals(mean, intervals), isWhole),
    explanation: ofShare(explanation, calendar.coveredShare(mean)),
  };
}

/**
 * The running sums are rounded instead of the weeks: so these add up to the rounded total for whoever checks, and a slow mover
 * keeps its total (with one decimal, 12 weeks of 0.04 are 0.5, not 0).
 */
function roundedRunningSums(mean: Float64Array, decimals: number): number[] {
  let exactSum = 0;
  return Array.from(mean, (quantity) => {
    exactSum += quantity;
    return documentQuantity(exactSum, decimals);
  });
}

/** The methods and their weights in words. */
function modelName(weights: DemandForecast["weights"]): string {
  return `boosted-trees on ${weights.map(({ method, weight }) => `${method} ${Math.round(100 * weight)} %`).join(", ")}`;
}

/** Customers as documents have them, without those whose quantity is rounded to nothing. */
function listed(
  customers: readonly CustomerForecast[],
  decimals: number,
  quantity: (customer: CustomerForecast) => number,
): CustomerForecast[] {
  return customers
    .map((customer): CustomerForecast => {
      const { quantity_at_stake: atStake } = customer;
      return {
        ...customer,
        probability_alive: Math.round(customer.probability_alive * 100) / 100,
        expected_quantity: documentQuantity(customer.expected_quantity, decimals),
        ...(atStake === undefined ? {} : { quantity_at_stake: documentQuantity(atStake, decimals) }),
      };
    })
    .filter((customer) => quantity(customer) > 0);
}
