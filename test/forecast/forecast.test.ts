import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ForecastDocument, parseDocument, serializeDocument } from "../../src/forecast/document.ts";
import { type ForecastOptions, forecastProduct } from "../../src/forecast/forecast.ts";
import { soldBefore } from "../../src/forecast/sold-before.ts";
import { DAYS_PER_WEEK, parseDay } from "../../src/history/calendar.ts";
import { withDecimals } from "../../src/history/decimals.ts";
import type { ProductHistory } from "../../src/history/history.ts";
import { untaught } from "../parts/lessons.ts";

const OPTIONS: ForecastOptions = {
  origin: parseDay("2025-11-11"),
  horizon: 12,
  level: 0.8,
  generatedAt: "2025-11-11T06:00:00Z",
  runId: "1",
  productNames: new Map(),
  customerNames: new Map(),
};

const HORIZONS = Array.from({ length: 23 }, (_, i) => 4 + i);
const LEVELS = [0.5, 0.8, 0.95];
const LESSONS = await Promise.all(
  HORIZONS.map((horizon) => Promise.all(LEVELS.map((level) => untaught({ horizon, level })))),
);
const lessonsFor = ({ horizon, level }: ForecastOptions) => LESSONS[HORIZONS.indexOf(horizon)]![LEVELS.indexOf(level)]!;
/** What is known without any order of the catalogue, of twelve weeks. */
const USUAL = lessonsFor(OPTIONS);

function documentFrom(
  quantities: readonly number[],
  options: Partial<ForecastOptions> = {},
  id = "1",
): ForecastDocument {
  const all = { ...OPTIONS, ...options };
  const result = forecastProduct(id, historyOf(quantities), all, lessonsFor(all));
  if (!("document" in result)) throw new Error(result.noForecast);
  return result.document;
}

function historyOf(quantities: readonly number[], customers: ProductHistory["customers"] = []): ProductHistory {
  const perWeek = new Int32Array(quantities.length);
  const none = new Float64Array(quantities.length);
  return {
    quantities: Float64Array.from(quantities),
    ...{ customersPerWeek: perWeek, ordersPerWeek: perWeek, returnsPerWeek: none, otherWeekByDate: none },
    customers,
  };
}

/** Quantities of at most so many decimals, from whole units to millionths. */
const anyHistory = fc.integer({ min: 0, max: 6 }).chain((decimals) =>
  fc.array(
    fc.oneof(
      fc.constant(0),
      fc.double({ min: -50, max: 1e6, noNaN: true }).map((quantity) => withDecimals(quantity, decimals)),
      fc.integer({ min: 0, max: 30 }).map((digits) => digits / 10 ** decimals),
    ),
    { minLength: 1, maxLength: 150 },
  ),
);

describe("whatever the history, a document", () => {
  test("has ordered, finite, not negative numbers with the decimals of its orders that add up", () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 4, max: 26 }), (quantities, horizon) => {
        fc.pre(quantities.some((quantity) => quantity > 0));
        const { predictions, summary, model_metadata, history, explanation } = documentFrom(quantities, { horizon });
        const decimals = model_metadata.quantity_decimals ?? 1;
        const inLastDecimal = (quantity: number) => Math.round(10 ** decimals * quantity);
        expect(history).toEqual(quantities.slice(-52).map((quantity) => quantity + 0));
        expect(predictions).toHaveLength(horizon);
        let sum = 0;
        let before = { cumulative_lower: 0, cumulative_upper: 0 };
        for (const week of predictions) {
          const { predicted_quantity: predicted, confidence_lower: lower, confidence_upper: upper } = week;
          expect(0 <= lower && lower <= predicted && predicted <= upper && upper < Number.POSITIVE_INFINITY).toBe(true);
          expect(lower <= week.median_quantity && week.median_quantity <= upper).toBe(true);
          for (const number of [predicted, lower, upper]) expect(withDecimals(number, decimals)).toBe(number);
          sum += inLastDecimal(predicted);
          const { cumulative_quantity: upTo, cumulative_lower, cumulative_upper } = week;
          expect(inLastDecimal(upTo)).toBe(sum);
          expect(cumulative_lower <= upTo && upTo <= cumulative_upper).toBe(true);
          for (const number of [upTo, cumulative_lower, cumulative_upper]) {
            expect(withDecimals(number, decimals)).toBe(number);
          }
          expect(before.cumulative_lower <= cumulative_lower).toBe(true);
          expect(before.cumulative_upper <= cumulative_upper).toBe(true);
          before = week;
        }
        expect(predictions.at(-1)).toMatchObject({
          cumulative_quantity: summary.total_predicted_quantity,
          cumulative_lower: summary.total_confidence_lower,
          cumulative_upper: summary.total_confidence_upper,
        });
        const total = summary.total_predicted_quantity;
        expect(sum).toBe(inLastDecimal(total));
        expect(explanation.parts.reduce((units, { quantity }) => units + inLastDecimal(quantity), 0)).toBe(sum);
        expect(explanation.parts[0]!.kind).toBe("level");
        const { aYearAgo } = soldBefore(history, horizon * DAYS_PER_WEEK);
        if (aYearAgo === undefined) expect(explanation.year_ago_quantity).toBeNull();
        else expect(inLastDecimal(explanation.year_ago_quantity!)).toBe(inLastDecimal(aYearAgo));
        expect(Math.abs(summary.avg_weekly_quantity - total / horizon)).toBeLessThan(0.51 / 10 ** decimals);
        expect(inLastDecimal(summary.known_customers_quantity) + inLastDecimal(summary.new_customers_quantity)).toBe(
          sum,
        );
        expect(summary.total_confidence_lower).toBeLessThanOrEqual(summary.total_predicted_quantity);
        expect(summary.total_confidence_upper).toBeGreaterThanOrEqual(summary.total_predicted_quantity);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("estimates an accuracy from 0 to 1, or none", () => {
    fc.assert(
      fc.property(anyHistory, (quantities) => {
        fc.pre(quantities.some((quantity) => quantity > 0));
        const { forecast_accuracy_estimate: accuracy } = documentFrom(quantities).model_metadata;
        expect(accuracy === null || (accuracy >= 0 && accuracy <= 1)).toBe(true);
      }),
      { seed: 2, numRuns: 200 },
    );
  });
});

test("the keys and their order are what readers of the cache rely on", () => {
  const document = documentFrom(Array(60).fill(5));
  expect(Object.keys(document).slice(0, 6)).toEqual([
    ...["product_id", "as_of_date", "forecast_weeks", "predictions", "summary", "model_metadata"],
  ]);
  expect(Object.keys(document.predictions[0]!)).toEqual([
    ...["week_start", "week_end", "predicted_quantity", "confidence_lower", "confidence_upper", "active_customers"],
    ...["median_quantity", "cumulative_quantity", "cumulative_lower", "cumulative_upper"],
  ]);
  expect(Object.keys(document.summary).slice(0, 3)).toEqual([
    ...["total_predicted_quantity", "active_customers", "avg_weekly_quantity"],
  ]);
  expect(Object.keys(document.model_metadata).slice(0, 4)).toEqual([
    ...["model_type", "forecast_accuracy_estimate", "historical_weeks", "generated_at"],
  ]);
});

test("weeks follow each other from the origin, over the end of the year", () => {
  const { predictions } = documentFrom(Array(60).fill(5), { origin: parseDay("2026-12-01") });
  expect(predictions[0]).toMatchObject({ week_start: "2026-12-01", week_end: "2026-12-07" });
  expect(predictions[4]).toMatchObject({ week_start: "2026-12-29", week_end: "2027-01-04" });
  expect(predictions[11]!.week_end).toBe("2027-02-22");
});

test("a constant demand is expected to go on nearly as it is, most likely", () => {
  const { predictions, summary, model_metadata } = documentFrom(Array(60).fill(5));
  for (const { predicted_quantity: predicted, confidence_lower, confidence_upper, median_quantity } of predictions) {
    expect(Math.abs(predicted / 5 - 1)).toBeLessThan(0.1);
    expect([confidence_lower < 5, median_quantity, confidence_upper > 5]).toEqual([true, 5, true]);
  }
  expect(summary.total_confidence_lower).toBeLessThan(60);
  expect(summary.total_confidence_upper).toBeGreaterThan(60);
  expect(model_metadata).toMatchObject({ model_type: "ml", historical_weeks: 60 });
  expect(model_metadata.model).toMatch(/^boosted-trees on \S+ \d+ %, /);
  expect(model_metadata.forecast_accuracy_estimate).toBeGreaterThan(0.7);
});

test("rounding the weeks of a slow mover leaves its total as it is", () => {
  for (const every of [3, 7, 13]) {
    const { predictions, summary } = documentFrom(
      Array.from({ length: 24 * every }, (_, week) => (week % every ? 0 : 0.1)),
    );
    expect(summary.total_predicted_quantity).toBeGreaterThan(0);
    const sum = predictions.reduce((total, { predicted_quantity }) => total + predicted_quantity, 0);
    expect(sum).toBeCloseTo(summary.total_predicted_quantity, 9);
  }
});

test.each([
  [0.0025, 4],
  [0.012345, 6],
  [0.25, 2],
])("a product that sells %s a week keeps the decimals that its orders have", (quantity, decimals) => {
  const { predictions, summary, model_metadata, history } = documentFrom(Array(60).fill(quantity));
  const nearly = (found: number, expected: number) => {
    expect(Math.abs(found / expected - 1)).toBeLessThan(0.1);
    expect(found).toBe(withDecimals(found, decimals));
  };
  for (const { predicted_quantity, median_quantity } of predictions) {
    nearly(predicted_quantity, quantity);
    nearly(median_quantity, quantity);
  }
  nearly(summary.total_predicted_quantity, 12 * quantity);
  nearly(summary.avg_weekly_quantity, quantity);
  expect(history).toEqual(Array(52).fill(quantity));
  expect(model_metadata.quantity_decimals).toBe(decimals);
});

test("a document of one decimal does not speak of it", () => {
  for (const quantity of [3, 0.5])
    expect(documentFrom(Array(60).fill(quantity)).model_metadata).not.toHaveProperty("quantity_decimals");
});

test("a customer of whom less than the last decimal is expected is not listed, whatever the unit", () => {
  const every = (days: number, count: number, quantity: number) => ({
    orderDays: Int32Array.from({ length: count }, (_, i) => OPTIONS.origin - 1 - days * (count - 1 - i)),
    orderQuantities: new Float64Array(count).fill(quantity),
  });
  for (const unit of [1, 0.001]) {
    const gone = { id: "gone", orderDays: Int32Array.of(OPTIONS.origin - 380), orderQuantities: Float64Array.of(unit) };
    const result = forecastProduct(
      "1",
      historyOf(Array(60).fill(4 * unit), [{ id: "here", ...every(7, 50, 4 * unit) }, gone]),
      OPTIONS,
      USUAL,
    );
    const { customers } = (result as { document: ForecastDocument }).document;
    expect(customers.map(({ id }) => id)).toContain("here");
    for (const { expected_quantity } of customers) expect(expected_quantity).toBeGreaterThan(0);
  }
});

test("a season that repeats is forecast by the weeks of past years", () => {
  const weeksAgo = Array.from({ length: 161 }, (_, week) => 161 - week);
  const year = [52, 104, 157];
  const seasonal = (ago: number) => 100 + (year.find((weeks) => weeks >= ago)! - ago - 26) ** 2;
  const quantities = weeksAgo.map((ago) => (ago > 157 ? 500 : seasonal(ago)));
  const { predictions, summary } = documentFrom(quantities);
  const lastYear = quantities.slice(-52, -40);
  const total = lastYear.reduce((sum, quantity) => sum + quantity, 0);
  expect(Math.abs(summary.total_predicted_quantity / total - 1)).toBeLessThan(0.25);
  // Of a falling season every week expects less than the one before.
  const weeks = predictions.map(({ predicted_quantity }) => predicted_quantity);
  expect(weeks).toEqual(weeks.toSorted((a, b) => b - a));
  expect(weeks[0]! / weeks[11]!).toBeGreaterThan(1.2);
});

test("a young product is forecast with more doubt than an old one of the same demand", () => {
  const young = documentFrom([3, 0, 5, 4]);
  const old = documentFrom(Array.from({ length: 60 }, (_, week) => [3, 0, 5, 4][week % 4]!));
  const doubt = ({ summary }: ForecastDocument) =>
    (summary.total_confidence_upper - summary.total_confidence_lower) / summary.total_predicted_quantity;
  expect(doubt(young)).toBeGreaterThan(1.2 * doubt(old));
  const accuracyOf = ({ model_metadata }: ForecastDocument) => model_metadata.forecast_accuracy_estimate!;
  expect(accuracyOf(young)).toBeLessThan(accuracyOf(old));
});

test("a higher level gives wider intervals", () => {
  const quantities = Array.from({ length: 80 }, (_, week) => 50 + ((week * 37) % 41));
  const width = (level: number) => {
    const { summary, predictions } = documentFrom(quantities, { level });
    const { confidence_lower, confidence_upper } = predictions[0]!;
    return [confidence_upper - confidence_lower, summary.total_confidence_upper - summary.total_confidence_lower];
  };
  expect(width(0.95)[0]).toBeGreaterThan(width(0.5)[0]!);
  expect(width(0.95)[1]).toBeGreaterThan(width(0.5)[1]!);
});

test("nothing is said of a product that sold nothing", () => {
  expect(forecastProduct("1", historyOf([]), OPTIONS, USUAL)).toEqual({
    noForecast: "no order line before the origin",
  });
  expect(forecastProduct("1", historyOf([0, -3]), OPTIONS, USUAL)).toEqual({
    noForecast: "no week with more sold than returned",
  });
});

test("a number that JSON cannot hold is an error", () => {
  expect(() => documentFrom(Array(30).fill(1e308))).toThrow("not finite");
});

describe("customers", () => {
  const weekly = (from: number, every: number, count: number, quantity: number) => ({
    orderDays: Int32Array.from({ length: count }, (_, i) => OPTIONS.origin - from - every * (count - 1 - i)),
    orderQuantities: new Float64Array(count).fill(quantity),
  });
  const customers = [
    { id: "10", ...weekly(1, 7, 52, 4) },
    { id: "9", ...weekly(1, 14, 26, 20) },
    { id: "A", ...weekly(90, 20, 10, 150) },
    { id: "gone", ...weekly(300, 7, 10, 500) },
  ];
  const quantities = new Float64Array(53);
  for (const { orderDays, orderQuantities } of customers) {
    for (const [i, day] of orderDays.entries()) {
      quantities[quantities.length - Math.ceil((OPTIONS.origin - day) / 7)]! += orderQuantities[i]!;
    }
  }
  const options = { ...OPTIONS, customerNames: new Map([["9", "Northfield"]]) };
  const result = forecastProduct("1", historyOf([...quantities], customers), options, USUAL);
  const document = (result as { document: ForecastDocument }).document;

  test("are listed by what is expected of them, those at risk by what is at stake", () => {
    expect(document.customers.map(({ id, status }) => [id, status])).toEqual([
      ["A", "at risk"],
      ["9", "alive"],
      ["10", "alive"],
      ["gone", "churned"],
    ]);
    expect(document.at_risk_customers.map(({ id }) => id)).toEqual(["A"]);
    expect(document.at_risk_customers[0]!.quantity_at_stake).toBeGreaterThan(0);
    expect(document.summary.active_customers).toBe(2);
  });

  test("have their name, state, dates and part of the total", () => {
    expect(document.customers[1]).toEqual({
      ...{ id: "9", name: "Northfield", status: "alive", last_order: "2025-11-10" },
      ...{ probability_alive: expect.any(Number), expected_next_order: expect.stringMatching(/^2025-1[12]-/) },
      expected_quantity: expect.any(Number),
    });
    expect(document.customers[1]!.probability_alive).toBeGreaterThan(0.9);
  });

  test("come to the product's total, new ones with them", () => {
    const { total_predicted_quantity, known_customers_quantity, new_customers_quantity } = document.summary;
    expect(known_customers_quantity + new_customers_quantity).toBeCloseTo(total_predicted_quantity, 6);
    const listed = document.customers.reduce((total, { expected_quantity }) => total + expected_quantity, 0);
    expect(Math.abs(listed - known_customers_quantity)).toBeLessThan(0.05 * (12 + document.customers.length));
  });

  test("who order in a week are as many as the forecast stands for", () => {
    const tenBuyers = Array.from({ length: 10 }, (_, i) => ({ id: `${i}`, ...weekly(1 + (i % 5), 7, 60, 3) }));
    const tenths = forecastProduct("1", historyOf(Array(60).fill(30), tenBuyers), OPTIONS, USUAL);
    const { predictions } = (tenths as { document: ForecastDocument }).document;
    for (const { active_customers, predicted_quantity } of predictions) {
      expect(active_customers).toBe(Math.round(predicted_quantity / 3));
    }
  });
});

describe("as JSON", () => {
  test("integer ids are numbers with every digit, other ids are strings, and all come back as they were", () => {
    const ids = { "9007199254740993": "9007199254740993", "007": '"007"', "A:1\n": '"A:1\\n"', "-5": "-5" };
    for (const [id, json] of Object.entries(ids)) {
      const text = serializeDocument(documentFrom([1, 2, 3], {}, id));
      expect(text.startsWith(`{"product_id":${json},"as_of_date":`)).toBe(true);
      expect(parseDocument(text)).toEqual(documentFrom([1, 2, 3], {}, id));
    }
  });

  test("a text that is no document is an error", () => {
    for (const text of ["{}", "null", "[]", "gibberish"]) expect(() => parseDocument(text)).toThrow(SyntaxError);
  });
});
