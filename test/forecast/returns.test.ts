import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../src/forecast/document.ts";
import { forecastProduct } from "../../src/forecast/forecast.ts";
import { productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { ORIGIN, untaught } from "../parts/lessons.ts";

const LESSONS = await untaught();

type Line = readonly [weeksAgo: number, customer: string, quantity: number];

/** From order lines to the document; each line is an order of its own on the first day of its week. */
function resultOf(lines: readonly Line[]) {
  const builder = new OrderLinesBuilder();
  for (const [i, [weeksAgo, customer, quantity]] of lines.entries()) {
    builder.add(0, customer, ORIGIN - 7 * weeksAgo, quantity, i);
  }
  const options = {
    ...{ origin: ORIGIN, horizon: 12, level: 0.8, generatedAt: "2025-11-11T06:00:00Z", runId: "1" },
    ...{ productNames: new Map(), customerNames: new Map() },
  };
  return forecastProduct("1", productHistories(builder.build(), 1, ORIGIN)[0]!, options, LESSONS);
}

function documentOf(lines: readonly Line[]): ForecastDocument {
  const result = resultOf(lines);
  if (!("document" in result)) throw new Error(result.noForecast);
  return result.document;
}

const weekly = (customer: string, quantity: number, weeks = 104): Line[] =>
  Array.from({ length: weeks }, (_, i) => [i + 1, customer, quantity]);
const total = (document: ForecastDocument) => document.summary.total_predicted_quantity;

describe("returns", () => {
  test("are subtracted from what is expected, of the product and of its customers", () => {
    const kept = documentOf(weekly("1", 6));
    const returned = documentOf([...weekly("1", 10), ...weekly("1", -4)]);
    expect(Math.abs(total(returned) / total(kept) - 1)).toBeLessThan(0.05);
    expect(returned.summary.known_customers_quantity / total(returned)).toBeCloseTo(
      kept.summary.known_customers_quantity / total(kept),
      1,
    );
    expect(returned.customers.map(({ id }) => id)).toEqual(["1"]);
  });

  test("make no customer, and are no sign of life of one", () => {
    const { customers, summary } = documentOf([...weekly("1", 6), ...weekly("2", -1), [60, "3", 5], [1, "3", -5]]);
    expect(customers.find(({ id }) => id === "2")).toBeUndefined();
    expect(customers.filter(({ id }) => id === "3").every(({ status }) => status === "churned")).toBe(true);
    expect(summary.active_customers).toBe(1);
  });

  test("show as weeks below zero in the history, and never in the forecast", () => {
    const document = documentOf([...weekly("1", 6), [2, "1", -40]]);
    expect(document.history.at(-2)).toBe(-34);
    for (const { predicted_quantity, confidence_lower, median_quantity } of document.predictions) {
      expect(Math.min(predicted_quantity, confidence_lower, median_quantity)).toBeGreaterThanOrEqual(0);
    }
    expect(document.summary.total_confidence_lower).toBeGreaterThanOrEqual(0);
  });

  test("of all that was sold leave nothing to forecast", () => {
    expect(resultOf([...weekly("1", 6), ...weekly("1", -6)])).toEqual({
      noForecast: "no week with more sold than returned",
    });
    expect(resultOf(weekly("1", -6))).toEqual({ noForecast: "no week with more sold than returned" });
  });

  test("of what was sold the week before are forecast as little as is kept", () => {
    const alternating = weekly("1", 10).map(([week, customer]): Line => [week, customer, week % 2 ? -10 : 10]);
    expect(total(documentOf(alternating))).toBeLessThan(60);
  });
});

describe("quantities", () => {
  test("of parts of a unit keep them, in the interval too; whole units have whole bounds", () => {
    const byWeight = documentOf(weekly("1", 0).map(([week], i): Line => [week, "1", 0.4 + ((i * 7) % 5) / 10]));
    expect(total(byWeight)).toBeGreaterThan(0.5 * 12);
    expect(total(byWeight)).toBeLessThan(0.7 * 12);
    expect(byWeight.predictions[0]!.confidence_lower).toBeGreaterThan(0.2);
    expect(byWeight.predictions[0]!.confidence_upper).toBeLessThan(1);
    const whole = documentOf(weekly("1", 5).map(([week], i): Line => [week, "1", 3 + (i % 5)]));
    const { confidence_lower: lower, confidence_upper: upper, predicted_quantity: mean } = whole.predictions[0]!;
    expect([lower, upper].every((bound) => Number.isInteger(bound) || bound === mean)).toBe(true);
  });

  test.each([1e9, 1e12, 1e15])("of %d units a week are forecast as a million a week are", (quantity) => {
    const share = (units: number) => total(documentOf(weekly("1", units))) / (12 * units);
    expect(share(quantity)).toBeCloseTo(share(1e6), 6);
    expect(Math.abs(share(quantity) - 1)).toBeLessThan(0.1);
  });

  test("of any size and sign give a document that is in order, or a reason", () => {
    const line = fc.tuple(
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom("1", "2", "3"),
      fc.oneof(fc.integer({ min: -30, max: 30 }), fc.double({ min: -1e3, max: 1e12, noNaN: true })),
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 60 }), (lines) => {
        const result = resultOf(lines);
        if (!("document" in result)) {
          expect(result.noForecast).toBe("no week with more sold than returned");
          return;
        }
        const { predictions, summary, customers } = result.document;
        for (const { predicted_quantity: mean, confidence_lower, confidence_upper } of predictions) {
          expect(0 <= confidence_lower && confidence_lower <= mean && mean <= confidence_upper).toBe(true);
        }
        const { known_customers_quantity: known, new_customers_quantity: fresh } = summary;
        expect(known >= 0 && fresh >= 0 && summary.active_customers <= 3).toBe(true);
        for (const { expected_quantity } of customers) expect(expected_quantity).toBeGreaterThan(0);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
