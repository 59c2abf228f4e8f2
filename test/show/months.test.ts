import { expect, test } from "vitest";
import { monthsOf } from "../../src/show/months.ts";
import { DISTINCT, documentOf, GRAMS } from "./documents.ts";

test("weeks are split into months by days, which add up to the total", () => {
  const months = monthsOf(documentOf([], [7, 0, 14]));
  expect(months.map(({ month, from, until, quantity }) => [month, from, until, quantity])).toEqual([
    ["2025-11", "2025-11-11", "2025-11-30", 20],
    ["2025-12", "2025-12-01", "2025-12-31", 31],
    ["2026-01", "2026-01-01", "2026-01-31", 31],
    ["2026-02", "2026-02-01", "2026-02-02", 2],
  ]);
});

test("months have the decimals of the product, and no rounding is lost", () => {
  for (const document of [DISTINCT, GRAMS]) {
    const total = document.predictions.reduce((sum, week) => sum + week.predicted_quantity, 0);
    const sum = monthsOf(document).reduce((all, { quantity }) => all + quantity, 0);
    expect(sum).toBeCloseTo(total, 8);
  }
});

test("a first week that is a part of one gives its days only", () => {
  const document = documentOf([], [7, 0, 14]);
  document.predictions[0] = { ...document.predictions[0]!, week_start: "2025-11-14", predicted_quantity: 4 };
  expect(monthsOf(document)[0]).toMatchObject({ from: "2025-11-14", until: "2025-11-30", quantity: 17 });
});
