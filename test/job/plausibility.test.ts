import { expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { implausibility, type SourceExtent } from "../../src/job/plausibility.ts";

const WELL: SourceExtent = {
  ...{ products: 479, newest: parseDay("2025-11-10"), origin: parseDay("2025-11-11"), lastProducts: 481 },
  ...{ minCustomers: 2, minOrders: 3, mostDrop: 0.5, mostAgeDays: 21 },
};
const problem = (changes: Partial<SourceExtent>) => implausibility({ ...WELL, ...changes });

test("a source as it was the night before is forecast, and one that nothing is known of", () => {
  expect(problem({})).toBeUndefined();
  expect(problem({ lastProducts: undefined })).toBeUndefined();
  expect(problem({ lastProducts: 0 })).toBeUndefined();
});

test("a source without products is refused, whatever was there before", () => {
  expect(problem({ products: 0, newest: undefined, lastProducts: undefined, mostDrop: 1 })).toMatchObject({
    refusal: "empty",
    message:
      "no product is eligible: none was ordered by 2 customers (FORECAST_MIN_CUSTOMERS) " +
      "in 3 orders (FORECAST_MIN_ORDERS) before the origin",
  });
});

test("half of the last run's products may be gone, fewer are refused, and a setting allows it", () => {
  expect(problem({ products: 55, lastProducts: 110 })).toBeUndefined();
  expect(problem({ products: 54, lastProducts: 109 })).toMatchObject({
    refusal: "shrunk",
    message:
      "54 products are eligible, 109 were in the last run: 50.5% are gone, more than 50.0% " +
      "(FORECAST_MOST_DROP or --most-drop allows more)",
  });
  expect(problem({ products: 1, lastProducts: 10_000, mostDrop: 1 })).toBeUndefined();
  expect(problem({ products: 480, mostDrop: 0 })).toMatchObject({ refusal: "shrunk" });
});

test("order lines of three weeks before the origin are new enough, older ones are refused", () => {
  expect(problem({ newest: parseDay("2025-10-21") })).toBeUndefined();
  expect(problem({ newest: parseDay("2025-10-20") })).toMatchObject({
    refusal: "old",
    message:
      "the newest order line is of 2025-10-20: no product was ordered on the 21 days before 2025-11-11, " +
      "more than 21 days; --as-of 2025-10-21 forecasts from the day after it, FORECAST_MOST_AGE or --most-age allows more",
  });
  expect(problem({ newest: parseDay("2025-10-20"), mostAgeDays: 22 })).toBeUndefined();
});
