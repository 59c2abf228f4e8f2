import { describe, expect, test } from "vitest";
import { forecastProduct } from "../../src/forecast/forecast.ts";
import { gapsOf } from "../../src/forecast/product-gaps.ts";
import { productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { ORIGIN, untaught } from "../parts/lessons.ts";

const UNKNOWN_MARKET = new Float64Array();
const lessons = await untaught();

/** Twelve units a week for 120 weeks, bought by thirty customers in turn, until so many weeks before the origin. */
function soldUntil(silent: number) {
  const lines = new OrderLinesBuilder();
  for (let week = 0; week < 120; week++) lines.add(0, `${week % 30}`, ORIGIN - 7 * (120 + silent - week), 12, week);
  return productHistories(lines.build(), 1, ORIGIN)[0]!;
}

function documentOf(silent: number, weekStart?: "monday") {
  const run = { generatedAt: "2025-11-11T06:00:00Z", runId: "00000000-0000-4000-8000-000000000000" };
  const names = { productNames: new Map(), customerNames: new Map() };
  const options = { ...run, ...names, origin: ORIGIN, horizon: 12, level: 0.8, weekStart };
  const result = forecastProduct("1", soldUntil(silent), options, lessons);
  if ("noForecast" in result) throw new Error(result.noForecast);
  return result.document;
}

describe("a stop", () => {
  test("is none where half of what was sold before is expected, which goes on", () => {
    expect(gapsOf(soldUntil(20), UNKNOWN_MARKET, 6)).toEqual({});
    expect(gapsOf(soldUntil(20), UNKNOWN_MARKET, 5.9)).toMatchObject({
      stopped: { first: 120, until: undefined, weeks: 20, shareOfBefore: 5.9 / 12 },
    });
  });

  test("counts weeks in which orders were taken, and begins with the first of them", () => {
    const index = new Float64Array(144).fill(1).fill(0, 118, 122);
    expect(gapsOf(soldUntil(24), index, 0)).toMatchObject({ stopped: { first: 122, weeks: 22 } });
  });

  test("that is noted leaves no customer likelier to order again than the product is to be sold", () => {
    const { notes, summary, customers } = documentOf(16);
    expect(notes).toMatchObject([{ kind: "stopped" }]);
    const share = summary.total_predicted_quantity / (12 * 12);
    expect(customers.length).toBeGreaterThan(0);
    for (const { probability_alive, status } of customers) {
      expect(probability_alive).toBeLessThanOrEqual(share + 0.005);
      expect(status).not.toBe("alive");
    }
    expect(summary).not.toHaveProperty("unconstrained_quantity");
  });
});

describe("a stock-out", () => {
  test("under way leaves what would be expected without it", () => {
    const { summary, notes } = documentOf(6);
    expect(notes).toMatchObject([{ kind: "possible-stock-out", until: null }]);
    const usual = documentOf(0).summary.total_predicted_quantity;
    expect(summary.total_predicted_quantity).toBeLessThan(0.8 * usual);
    expect(summary.unconstrained_quantity).toBeGreaterThan(0.9 * usual);
    expect(summary.unconstrained_quantity).toBeLessThan(1.1 * usual);
  });

  test("is of the same days as the total where weeks are those of the calendar", () => {
    const { summary } = documentOf(6, "monday");
    const { unconstrained_quantity: whole } = documentOf(6).summary;
    expect(summary.unconstrained_quantity).toBeLessThan(whole!);
    expect(summary.unconstrained_quantity).toBeGreaterThan((11 / 12) * whole! - 1);
  });

  test("that is not there leaves nothing of the kind", () => {
    expect(documentOf(0).summary).not.toHaveProperty("unconstrained_quantity");
  });
});
