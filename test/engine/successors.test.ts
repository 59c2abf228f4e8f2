import { beforeAll, describe, expect, test } from "vitest";
import type { ForecastDocument } from "../../src/forecast/document.ts";
import { forecasts } from "../parts/engine.ts";
import { ORIGIN } from "../parts/lessons.ts";
import { type Line, orderBook } from "../parts/orders.ts";
import { renamed, shop } from "../parts/renamed.ts";

type Documents = Awaited<ReturnType<typeof forecasts>>;

const SHOP = shop(30);
const RENAMED = renamed(SHOP, "7", "N", ORIGIN - 35);
const totalOf = ({ summary }: ForecastDocument) => summary.total_predicted_quantity;

let before: Documents;
let after: Documents;
beforeAll(async () => {
  before = await forecasts(orderBook(SHOP));
  after = await forecasts(orderBook(RENAMED));
});
const documentOf = (documents: Documents, id: string) => documents.get(id)!.document;

describe("a product that was given a new id five weeks ago", () => {
  test("is forecast as it would be under the old one", () => {
    const [old, successor] = [documentOf(before, "7"), documentOf(after, "N")];
    expect(totalOf(successor) / totalOf(old)).toBeGreaterThan(0.97);
    expect(totalOf(successor) / totalOf(old)).toBeLessThan(1.03);
    const { total_confidence_lower: lower, total_confidence_upper: upper } = old.summary;
    expect(successor.summary.total_confidence_lower / lower).toBeCloseTo(1, 0);
    expect(successor.summary.total_confidence_upper / upper).toBeCloseTo(1, 0);
    expect(successor.history).toEqual(old.history);
    expect(successor.model_metadata.historical_weeks).toBe(old.model_metadata.historical_weeks);
    expect(successor.past_forecasts.map(({ actual_quantity }) => actual_quantity)).toEqual(
      old.past_forecasts.map(({ actual_quantity }) => actual_quantity),
    );
    expect(successor.customers.length).toBe(old.customers.length);
  });

  test("says so, and is not new", () => {
    expect(documentOf(after, "N").notes).toEqual([
      {
        ...{ kind: "successor", from: expect.stringMatching(/^2025-10-/), customers: expect.any(Number) },
        ...{ customers_before: expect.any(Number), product: { id: "7" } },
      },
    ]);
  });

  test("leaves nothing to be expected of the old id, which says why", () => {
    const { predictions, summary, notes, customers, at_risk_customers, explanation } = documentOf(after, "7");
    expect(notes).toEqual([{ ...documentOf(after, "N").notes[0], kind: "replaced", product: { id: "N" } }]);
    for (const [key, quantity] of Object.entries(summary)) expect([key, quantity]).toEqual([key, 0]);
    for (const week of predictions) {
      expect(week).toMatchObject({
        predicted_quantity: 0,
        confidence_lower: 0,
        confidence_upper: 0,
        active_customers: 0,
      });
      expect(week).toMatchObject({ median_quantity: 0, cumulative_lower: 0, cumulative_upper: 0 });
    }
    expect([customers, at_risk_customers]).toEqual([[], []]);
    expect(explanation.parts).toEqual([{ kind: "level", quantity: 0 }]);
    expect(explanation.reasons).toEqual([]);
  });

  test("costs no other product anything: all are forecast as before", () => {
    for (const [id, { document }] of before) {
      if (id !== "7") expect(totalOf(documentOf(after, id)) / totalOf(document)).toBeCloseTo(1, 1);
    }
  });

  test("in packs of twelve is forecast in packs", async () => {
    const inPacks = RENAMED.map(([order, product, customer, date, quantity]): Line => {
      return [order, product, customer, date, product === "N" ? quantity : 12 * quantity];
    });
    const document = documentOf(await forecasts(orderBook(inPacks)), "N");
    expect(document.notes.map(({ kind }) => kind)).toEqual(["successor", "unit-change"]);
    expect(totalOf(document) / totalOf(documentOf(after, "N"))).toBeCloseTo(1, 0);
  });
});
