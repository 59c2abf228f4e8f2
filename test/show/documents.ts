import type { CustomerForecast, ForecastDocument, Note, WeekPrediction } from "../../src/forecast/document.ts";

/** A document of `weeks` weeks that are all alike; quantities are those of a week. */
export function documentOf(
  history: number[],
  [quantity, lower, upper]: [mean: number, lower: number, upper: number],
  changes: Partial<ForecastDocument> = {},
  weeks = 12,
): ForecastDocument {
  return {
    product_id: "12345",
    product_name: "Oak chair",
    as_of_date: "2025-11-11",
    forecast_weeks: weeks,
    predictions: Array.from({ length: weeks }, (_, week): WeekPrediction => {
      const start = Temporal.PlainDate.from("2025-11-11").add({ weeks: week });
      return {
        week_start: start.toString(),
        week_end: start.add({ days: 6 }).toString(),
        predicted_quantity: quantity,
        confidence_lower: lower,
        confidence_upper: upper,
        active_customers: 15,
        median_quantity: quantity,
      };
    }),
    summary: {
      total_predicted_quantity: weeks * quantity,
      active_customers: 47,
      avg_weekly_quantity: quantity,
      total_confidence_lower: 0.9 * weeks * quantity,
      total_confidence_upper: 1.1 * weeks * quantity,
      known_customers_quantity: 0.8 * weeks * quantity,
      new_customers_quantity: 0.2 * weeks * quantity,
    },
    model_metadata: {
      model_type: "statistical",
      forecast_accuracy_estimate: 0.78,
      historical_weeks: history.length,
      generated_at: "2025-11-11T06:00:00Z",
      model: "ses",
      interval_level: 0.8,
    },
    history,
    customers: [],
    at_risk_customers: [],
    notes: [],
    ...changes,
  };
}

export function customerOf(changes: Partial<CustomerForecast> = {}): CustomerForecast {
  return {
    id: "20054",
    name: "Redcombe Supplies",
    status: "alive",
    probability_alive: 0.97,
    last_order: "2025-11-01",
    expected_next_order: "2025-11-20",
    expected_quantity: 1492.6,
    ...changes,
  };
}

/** Notes of every kind. */
export const NOTES: Note[] = [
  { kind: "new", weeks: 1 },
  { kind: "stopped", from: "2025-07-29", weeks: 15, longest_gap_before: 4, probability: 3.3e-10 },
  { kind: "possible-stock-out", from: "2025-10-07", until: null, weeks: 5, probability: 0.00011 },
  { kind: "possible-stock-out", from: "2025-01-07", until: "2025-02-18", weeks: 6, probability: 4.2e-6 },
  {
    kind: "outlier",
    from: "2025-09-02",
    quantity: 1008,
    usual_quantity: 13.5,
    customer: { id: "20054", name: "Redcombe Supplies", quantity: 1000 },
  },
  { kind: "returns", returned_quantity: 150, sold_quantity: 517 },
];

/** A year of weeks around 30 with a season, whole numbers. */
export const YEAR = Array.from({ length: 52 }, (_, week) => Math.round(30 + 20 * Math.sin(week / 8) + (week % 5) * 2));

/** A small document with everything in it. */
export const EXAMPLE = documentOf(
  [280, 310, 295, 320, 305, -5, 299, 301],
  [302, 250, 350.2],
  {
    customers: [
      customerOf({ id: "9007199254740993" }),
      customerOf({ id: "7", name: "漢字商店", expected_quantity: 3 }),
    ],
    at_risk_customers: [
      customerOf({
        id: "8",
        name: "Langford Hotels",
        status: "at risk",
        expected_next_order: null,
        quantity_at_stake: 620.4,
      }),
    ],
  },
  4,
);
