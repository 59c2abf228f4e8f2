import { putRight } from "../breaks/put-right.ts";
import { DAYS_PER_WEEK, type Day, formatDay, WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { type Lessons, NO_LESSONS } from "../learning/learn.ts";
import { sum } from "../numeric/sum.ts";
import { customerView } from "./customer-demand.ts";
import { type CustomersForecast, forecastCustomers } from "./customer-shares.ts";
import { forecastDemand } from "./demand.ts";
import type { DemandForecast } from "./demand-forecast.ts";
import { type CustomerForecast, type ForecastDocument, oneDecimal, type WeekPrediction } from "./document.ts";
import { notesOf } from "./notes.ts";

export interface ForecastOptions {
  readonly origin: Day;
  /** Weeks to forecast. */
  readonly horizon: number;
  /** Share of outcomes that shall lie within the intervals, 0 to 1. */
  readonly level: number;
  /** Time stamp of the run, ISO 8601. */
  readonly generatedAt: string;
  readonly productNames: ReadonlyMap<string, string>;
  readonly customerNames: ReadonlyMap<string, string>;
}

/** @returns the product's document, or why nothing honest can be said of its demand. */
export function forecastProduct(
  productId: string,
  history: ProductHistory,
  options: ForecastOptions,
  { demand: model, purchases }: Lessons = NO_LESSONS,
): { document: ForecastDocument } | { noForecast: string } {
  const { quantities } = history;
  if (quantities.length === 0) return { noForecast: "no order line before the origin" };
  if (!quantities.some((quantity) => quantity > 0)) return { noForecast: "no week with more sold than returned" };
  const { origin, horizon, level, customerNames } = options;
  const demand = forecastDemand(history, { origin, horizon, level, model });
  const view = customerView(history, purchases, origin, horizon);
  const customers = forecastCustomers(view, demand.mean, purchases, customerNames, origin);
  return { document: assemble(productId, history, demand, customers, options) };
}

function assemble(
  productId: string,
  history: ProductHistory,
  { modelType, weights, mean, intervals, accuracyEstimate }: DemandForecast,
  customers: CustomersForecast,
  { origin, horizon, level, generatedAt, productNames, customerNames }: ForecastOptions,
): ForecastDocument {
  const { quantities } = history;
  const predictions = roundedToAddUp(mean).map((predicted, week): WeekPrediction => {
    const start = origin + week * DAYS_PER_WEEK;
    const { lower, median, upper } = intervals.weeks[week]!;
    return {
      week_start: formatDay(start),
      week_end: formatDay(start + DAYS_PER_WEEK - 1),
      predicted_quantity: predicted,
      confidence_lower: Math.min(predicted, oneDecimal(lower)),
      confidence_upper: Math.max(predicted, oneDecimal(upper)),
      active_customers: Math.round(customers.activePerWeek[week]!),
      median_quantity: oneDecimal(median),
    };
  });
  const total = oneDecimal(sum(mean));
  const known = Math.min(total, oneDecimal(customers.knownQuantity));
  const name = productNames.get(productId);
  return {
    product_id: productId,
    as_of_date: formatDay(origin),
    forecast_weeks: horizon,
    predictions,
    summary: {
      total_predicted_quantity: total,
      active_customers: Math.round(customers.alive),
      avg_weekly_quantity: oneDecimal(total / horizon),
      total_confidence_lower: Math.min(total, oneDecimal(intervals.total.lower)),
      total_confidence_upper: Math.max(total, oneDecimal(intervals.total.upper)),
      known_customers_quantity: known,
      new_customers_quantity: oneDecimal(total - known),
    },
    model_metadata: {
      model_type: modelType,
      forecast_accuracy_estimate: accuracyEstimate === null ? null : Math.round(accuracyEstimate * 100) / 100,
      historical_weeks: quantities.length,
      generated_at: generatedAt,
      model: modelName(modelType, weights),
      interval_level: level,
    },
    ...(name === undefined ? {} : { product_name: name }),
    history: Array.from(quantities.subarray(-WEEKS_PER_YEAR), oneDecimal),
    customers: customers.largest.map(rounded),
    at_risk_customers: customers.atRisk.map(rounded),
    notes: notesOf(history, putRight(history, origin, horizon).breaks, customerNames, origin),
  };
}

/**
 * One decimal each, with the running sums rounded instead of the weeks: these add up to the rounded total for whoever
 * checks, and a slow mover keeps its total (12 weeks of 0.04 are 0.5, not 0).
 */
function roundedToAddUp(mean: Float64Array): number[] {
  let exactSum = 0;
  let roundedSum = 0;
  return Array.from(mean, (quantity) => {
    const before = roundedSum;
    exactSum += quantity;
    roundedSum = oneDecimal(exactSum);
    return oneDecimal(roundedSum - before);
  });
}

/** The methods and their weights in words. */
function modelName(modelType: DemandForecast["modelType"], weights: DemandForecast["weights"]): string {
  const methods = weights.map(({ method, weight }) => `${method} ${Math.round(100 * weight)} %`).join(", ");
  if (modelType === "ml") return `boosted-trees on ${methods}`;
  return modelType === "baseline" ? weights[0]!.method : methods;
}

function rounded(customer: CustomerForecast): CustomerForecast {
  const { quantity_at_stake: atStake } = customer;
  return {
    ...customer,
    probability_alive: Math.round(customer.probability_alive * 100) / 100,
    expected_quantity: oneDecimal(customer.expected_quantity),
    ...(atStake === undefined ? {} : { quantity_at_stake: oneDecimal(atStake) }),
  };
}
