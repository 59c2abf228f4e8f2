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
        cumulative_quantity: (week + 1) * quantity,
        cumulative_lower: week === 0 ? lower : 0.9 * (week + 1) * quantity,
        cumulative_upper: week === 0 ? upper : 1.1 * (week + 1) * quantity,
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
    explanation: {
      parts: [
        { kind: "level", quantity: 0.9 * weeks * quantity },
        { kind: "correction", quantity: 0.1 * weeks * quantity },
      ],
      reasons: [{ kind: "customers", quantity: 0.1 * weeks * quantity }],
      mean_of_last_13_weeks: quantity,
      year_ago_quantity: null,
    },
    unit: null,
    past_forecasts: [
      { as_of_date: "2025-08-19", predicted_quantity: weeks * quantity, actual_quantity: 1.2 * weeks * quantity },
      { as_of_date: "2025-05-27", predicted_quantity: weeks * quantity, actual_quantity: 0.8 * weeks * quantity },
    ],
    ...{ schema_version: 1, run_id: "0b6cfa2e-4a7e-4d3a-9a55-1f7f6d1b3c11" },
    ...changes,
  };
}

/** A document of a product of which grams are sold, in kilograms. */
export const GRAMS = documentOf(Array(52).fill(0.0025), [0.0025, 0.001, 0.0042], {
  model_metadata: { ...documentOf([], [1, 1, 1]).model_metadata, quantity_decimals: 4 },
  customers: [customerOf({ expected_quantity: 0.0031 })],
  notes: [{ kind: "returns", returned_quantity: 0.0012, sold_quantity: 0.13 }],
});

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
  { kind: "double-import", from: "2025-10-01", until: "2025-10-03", quantity: 84 },
  { kind: "unit-change", from: "2025-06-02", factor: 0.0833 },
  {
    ...{ kind: "yearly-order", due: "2025-12-01", quantity: 2000, years: 3 },
    customer: { id: "7", name: "Hill School", quantity: 6000 },
  },
  {
    ...{ kind: "customer-lost", last_order: "2025-09-30", share: 0.6, quantity_a_week: 42.5 },
    customer: { id: "8", quantity: 2210 },
  },
  { kind: "level-shift", from: "2025-09-30", weeks: 6, factor: 3.04 },
  {
    ...{ kind: "successor", from: "2025-08-26", customers: 19, customers_before: 17 },
    product: { id: "30871", name: "Hook 40 mm" },
  },
  {
    ...{ kind: "replaced", from: "2025-08-26", customers: 19, customers_before: 17 },
    product: { id: "A/1 #?" },
  },
  { kind: "closing", from: "2025-12-23", until: "2026-01-05" },
  { kind: "source-gap", from: "2024-11-12", until: "2024-12-02", weeks: 3 },
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

const DISTINCT_WEEKS = documentOf([], [0, 0, 0]).predictions.map((week, i) => ({
  ...week,
  predicted_quantity: 200.1 + 3 * i,
  confidence_lower: 150.2 + 2 * i,
  confidence_upper: 260.3 + 5 * i,
  active_customers: 30 + i,
  median_quantity: 190.4 + i,
  cumulative_quantity: 200.2 + 203 * i,
  cumulative_lower: 150.3 + 180 * i,
  cumulative_upper: 260.4 + 225 * i,
}));

/** A document in which no two numbers are alike, so that a number in the place of another is seen. */
export const DISTINCT = documentOf(
  Array.from({ length: 52 }, (_, week) => 100 + week ** 2),
  [0, 0, 0],
  {
    explanation: {
      parts: [
        { kind: "level", quantity: 2400.2 },
        { kind: "product-season", quantity: 201.3 },
      ],
      reasons: [{ kind: "season", quantity: 77.7 }],
      ...{ mean_of_last_13_weeks: 2150.5, year_ago_quantity: 1706 },
    },
    past_forecasts: [
      { as_of_date: "2025-08-19", predicted_quantity: 1310.4, actual_quantity: 1420.6 },
      { as_of_date: "2025-05-27", predicted_quantity: 1105.2, actual_quantity: 990.8 },
    ],
    predictions: DISTINCT_WEEKS,
    summary: {
      total_predicted_quantity: 2601.5,
      active_customers: 47,
      avg_weekly_quantity: 216.8,
      total_confidence_lower: 2222.6,
      total_confidence_upper: 3033.7,
      known_customers_quantity: 1999.1,
      new_customers_quantity: 602.4,
    },
    model_metadata: {
      model_type: "ml",
      forecast_accuracy_estimate: 0.81,
      historical_weeks: 333,
      generated_at: "2025-11-11T06:07:08Z",
      model: "tsb",
      interval_level: 0.75,
    },
    customers: [
      {
        id: "11",
        name: "Ash Retail",
        status: "alive",
        probability_alive: 0.91,
        last_order: "2025-10-30",
        expected_next_order: "2025-11-19",
        expected_quantity: 700.1,
      },
      {
        id: "12",
        name: "Birch Stores",
        status: "alive",
        probability_alive: 0.64,
        last_order: "2025-09-28",
        expected_next_order: "2025-12-17",
        expected_quantity: 50.2,
      },
    ],
    at_risk_customers: [
      {
        id: "13",
        name: "Cedar Homes",
        status: "at risk",
        probability_alive: 0.33,
        last_order: "2025-05-06",
        expected_next_order: "2026-01-15",
        expected_quantity: 40.3,
        quantity_at_stake: 90.4,
      },
    ],
  },
);

/** A document of calendar weeks, the first of which is the rest of one: a Thursday to Sunday. */
export const CALENDAR: ForecastDocument = {
  ...DISTINCT,
  as_of_date: "2026-11-26",
  week_starts_on: "monday",
  predictions: DISTINCT_WEEKS.map((week, i) => {
    const monday = Temporal.PlainDate.from("2026-11-23").add({ weeks: i });
    return {
      ...week,
      week_start: i === 0 ? "2026-11-26" : monday.toString(),
      week_end: monday.add({ days: 6 }).toString(),
      iso_week: `${monday.yearOfWeek}-W${String(monday.weekOfYear).padStart(2, "0")}`,
    };
  }),
};
