import type { CustomerState } from "../customers/outlook.ts";
import type { Weekday } from "../history/calendar.ts";
import { withDecimals } from "../history/decimals.ts";
import { isIntegerId } from "../history/ids.ts";
import type { Reason } from "../learning/reasons.ts";
import type { PartKind } from "./demand-forecast.ts";

/** Of documents, metadata and index; within one, keys are only added. `build/forecast.schema.json` describes each. */
export const SCHEMA_VERSION = 1;

/** What the cache holds for a product; its keys and their order are what the readers of the cache rely on. */
export interface ForecastDocument {
  /** The id with all its digits; JSON has it as `IdForm` says. */
  product_id: string;
  as_of_date: string;
  forecast_weeks: number;
  predictions: WeekPrediction[];
  summary: {
    total_predicted_quantity: number;
    active_customers: number;
    avg_weekly_quantity: number;
    total_confidence_lower: number;
    total_confidence_upper: number;
    /** Part of the total expected of the customers known so far; the rest comes from new ones. */
    known_customers_quantity: number;
    new_customers_quantity: number;
    /** The total if a stock-out that seems to be under way had not been, no less than the total; missing where none is noted. */
    unconstrained_quantity?: number;
  };
  model_metadata: {
    model_type: "statistical" | "ml" | "baseline";
    /** 1 less the error that is expected of the total, as a share of what is sold, 0 to 1; null where it is not known. */
    forecast_accuracy_estimate: number | null;
    historical_weeks: number;
    generated_at: string;
    model: string;
    interval_level: number;
    /** Decimals of the quantities, where it is not one: two to six. */
    quantity_decimals?: number;
  };
  product_name?: string;
  /** Net quantities of the last 52 weeks at most, oldest first. */
  history: number[];
  customers: CustomerForecast[];
  at_risk_customers: CustomerForecast[];
  /** What must be known of the data behind the forecast; mostly none. */
  notes: Note[];
  explanation: Explanation;
  /** The product's own forecasts at past dates, made anew with what is known today of all products; the last one first. */
  past_forecasts: PastForecast[];
  /** What quantities are counted in, as the source has it; null where it does not say, or says several. */
  unit: string | null;
  schema_version: number;
  /** Of the run that made it, as in the run's metadata and index. */
  run_id: string;
  /** Day on which calendar weeks begin; missing where weeks are counted from the origin. */
  week_starts_on?: Weekday;
}

/** What would have been said at a past date whose weeks are over, by the product's orders before it. */
export interface PastForecast {
  as_of_date: string;
  /** Total of the `forecast_weeks` weeks from that date on, and net units that came in them. */
  predicted_quantity: number;
  actual_quantity: number;
}

/** Why the total is what it is. */
export interface Explanation {
  /** They add up to the total, to the last decimal: its level, and what each of the others adds. */
  parts: { kind: PartKind; quantity: number }[];
  /** What moved the correction by what is known of all products, the most first, against that of all on average. */
  reasons: { kind: Reason; quantity: number }[];
  /** Mean of the last 13 weeks, or of all where there are fewer. */
  mean_of_last_13_weeks: number;
  /** Net units of the forecast weeks a year ago; null where the history does not reach back so far. */
  year_ago_quantity: number | null;
}

/** Dates are first days of weeks, quantities units. */
export type Note =
  /** First ordered so many weeks ago. */
  | { kind: "new"; weeks: number }
  /** It goes on where this product ended, which so many of its first customers had ordered; its history has both. */
  | { kind: "successor"; from: string; customers: number; customers_before: number; product: NotedProduct }
  /** This product has taken its place: so many of that one's first customers had ordered it; nothing more is expected. */
  | { kind: "replaced"; from: string; customers: number; customers_before: number; product: NotedProduct }
  /** No order for so many weeks, which is improbable by how often it was ordered before. */
  | { kind: "stopped"; from: string; weeks: number; longest_gap_before: number; probability: number }
  /** No order for so many weeks of a product that is ordered nearly every week; until null while it goes on. */
  | { kind: "possible-stock-out"; from: string; until: string | null; weeks: number; probability: number }
  /** A week far beyond the others, and the customer who bought most of it. */
  | { kind: "outlier"; from: string; quantity: number; usual_quantity: number; customer?: NotedCustomer }
  /** Much was returned of what was sold in the last 52 weeks. */
  | { kind: "returns"; returned_quantity: number; sold_quantity: number }
  /** Order lines of these days, the last one included, came twice; so many units are counted once. */
  | { kind: "double-import"; from: string; until: string; quantity: number }
  /** Quantities have been in another unit since this day; earlier ones are counted `factor` times. */
  | { kind: "unit-change"; from: string; factor: number }
  /** A customer who places a large order every year is due to, and the forecast has the order. */
  | { kind: "yearly-order"; due: string; quantity: number; years: number; customer: NotedCustomer }
  /** A customer of this share of the units is silent for too long; the forecast is that of the others. */
  | { kind: "customer-lost"; last_order: string; share: number; quantity_a_week: number; customer: NotedCustomer }
  /** For so many weeks `factor` times as much has been sold as before. */
  | { kind: "level-shift"; from: string; weeks: number; factor: number }
  /** For so many weeks all products together have sold `factor` times as much as before; their intervals hold both. */
  | { kind: "market-shift"; from: string; weeks: number; factor: number }
  /** Nearly nothing of anything is ordered in these days ahead, the last one included, as in past years. */
  | { kind: "closing"; from: string; until: string }
  /** The source has no order line at all of these days, the last one included: they are missing, not without demand. */
  | { kind: "source-gap"; from: string; until: string; weeks: number };

export interface NotedCustomer {
  /** The id with all its digits; JSON has it as `IdForm` says. */
  id: string;
  name?: string;
  quantity: number;
}

export interface NotedProduct {
  /** The id with all its digits; JSON has it as `IdForm` says. */
  id: string;
  name?: string;
}

export interface WeekPrediction {
  week_start: string;
  week_end: string;
  predicted_quantity: number;
  confidence_lower: number;
  confidence_upper: number;
  active_customers: number;
  /** Demand is as likely above it as below; it is lower than the mean where large orders are rare. */
  median_quantity: number;
  /** Demand from the origin to the end of the week, with its own interval; the last one is the total. */
  cumulative_quantity: number;
  cumulative_lower: number;
  cumulative_upper: number;
  /** Week of ISO 8601 that most of the week is in; only of calendar weeks. */
  iso_week?: string;
}

export interface CustomerForecast {
  /** The id with all its digits; JSON has it as `IdForm` says. */
  id: string;
  name?: string;
  status: CustomerState;
  /** Probability that the customer orders again within a year. */
  probability_alive: number;
  last_order: string;
  /** The order is as likely before as after it, if one comes within a year; null where none is expected to. */
  expected_next_order: string | null;
  /** The customer's part of the total. */
  expected_quantity: number;
  /** What more would be expected of a customer at risk if it were known not to have stopped. */
  quantity_at_stake?: number;
}

/**
 * A quantity as documents have it.
 *
 * @param decimals those of the product.
 * @throws RangeError for a number that JSON cannot hold.
 */
export function documentQuantity(quantity: number, decimals: number): number {
  const rounded = withDecimals(quantity, decimals);
  if (!Number.isFinite(rounded)) throw new RangeError(`a quantity of the forecast is not finite: ${quantity}`);
  // Adding zero turns −0 into 0.
  return rounded + 0;
}

/** A factor as documents have it, with three digits. */
export function documentFactor(factor: number): number {
  return Number(factor.toPrecision(3));
}

/** How ids stand in JSON: as numbers with every digit where they are integers, or all as strings. */
export const ID_FORMS = ["number", "string"] as const;
export type IdForm = (typeof ID_FORMS)[number];

/** The document as JSON text. */
export function serializeDocument(document: ForecastDocument, ids: IdForm = "number"): string {
  const withId = (of: { id: string }) => ({ ...of, id: idToJson(of.id, ids) });
  return JSON.stringify({
    ...document,
    product_id: idToJson(document.product_id, ids),
    customers: document.customers.map(withId),
    at_risk_customers: document.at_risk_customers.map(withId),
    notes: document.notes.map((note) => {
      if ("customer" in note) return { ...note, customer: withId(note.customer) };
      return "product" in note ? { ...note, product: withId(note.product) } : note;
    }),
  });
}

/** @throws SyntaxError when the text is not a forecast document. */
export function parseDocument(text: string): ForecastDocument {
  const document = JSON.parse(text, idFromJson);
  if (typeof document?.product_id !== "string" || !Array.isArray(document.predictions)) {
    throw new SyntaxError("not a forecast document");
  }
  return document;
}

/** The id as `JSON.stringify` is to be given it. */
export function idToJson(id: string, ids: IdForm): unknown {
  return ids === "number" && isIntegerId(id) ? (JSON as JsonWithSource).rawJSON(id) : id;
}

/** For `JSON.parse`: ids as texts with all their digits. */
export function idFromJson(key: string, value: unknown, context?: { source?: string }): unknown {
  return (key === "product_id" || key === "id") && typeof value === "number" ? context?.source : value;
}

/** ECMAScript's "JSON.parse source text access", which TypeScript does not know yet. */
interface JsonWithSource extends JSON {
  rawJSON(text: string): unknown;
}
