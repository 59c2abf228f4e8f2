import { expect, test } from "vitest";
import { PastDemand } from "../../src/demand/level.ts";
import { productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { type AsOfOptions, ProductPast } from "../../src/learning/as-of.ts";
import { NO_CUSTOMERS } from "../../src/learning/customer-facts.ts";
import { OWN_FEATURE_NAMES } from "../../src/learning/features.ts";
import { decodeRows, trainingBatch } from "../../src/learning/training-rows.ts";
import { historyOf, LEARNING, ORIGIN } from "../parts/lessons.ts";

/** Nothing happened to all products. */
const STEADY = { ...LEARNING, index: new Float64Array() };

/** @param orders customer, days before the origin, units. */
function pastOf(
  orders: readonly (readonly [string, number, number])[],
  options: Partial<AsOfOptions> = {},
): ProductPast {
  const lines = new OrderLinesBuilder();
  for (const [i, [customer, daysAgo, quantity]] of orders.entries()) {
    lines.add(0, customer, ORIGIN - daysAgo, quantity, i);
  }
  return new ProductPast(productHistories(lines.build(), 1, ORIGIN)[0]!, { ...STEADY, ...options });
}

const featureOf = (product: { readonly features: ArrayLike<number> }, name: string) =>
  product.features[OWN_FEATURE_NAMES.indexOf(name)];

test("an order on the day of a past origin is not known there, one on the day before is", () => {
  const past = pastOf([
    ["1", 15, 3],
    ["2", 14, 70],
    ["3", 7, 500],
  ]);
  expect([0, 1, 2].map((weeksAgo) => past.customersAsOf(weeksAgo).known)).toEqual([3, 2, 1]);
  expect([0, 1, 2].map((weeksAgo) => featureOf(past.asOf(weeksAgo), "customers"))).toEqual([3, 2, 1]);
  expect([0, 1, 2].map((weeksAgo) => featureOf(past.asOf(weeksAgo), "mean1"))).toEqual([500, 70, 3]);
  expect([0, 1, 2].map((weeksAgo) => featureOf(past.asOf(weeksAgo), "age"))).toEqual([3, 2, 1]);
});

test("customers are what the caller has found, if it has, and nobody where they are not looked at", () => {
  const orders = [["1", 15, 3] as const, ["2", 3, 7] as const];
  const given = { ...NO_CUSTOMERS, known: 17 };
  expect(featureOf(pastOf(orders).asOf(0, given), "customers")).toBe(17);
  const without = pastOf(orders, { withCustomers: false });
  for (const customers of [undefined, given]) {
    for (const name of ["customers", "customers4", "one-time share", "top customer"]) {
      expect(featureOf(without.asOf(0, customers), name)).toBe(0);
    }
  }
});

test("a single giant order counts for little in quantities, level and features alike", () => {
  const quantities = [...Array<number>(20).fill(4), 1000];
  const past = new ProductPast(historyOf(quantities), STEADY);
  expect([...past.quantities]).toEqual(quantities.with(-1, 20));
  const product = past.asOf(0);
  expect(featureOf(product, "mean1")).toBe(20);
  expect(product.mean).toBeCloseTo(100 / 21, 12);
  expect(product.levels[0]).toBe(6);
});

test("what happened to all products is taken out of quantities, level and features alike", () => {
  const index = Float64Array.of(...Array<number>(10).fill(2), 0, ...Array<number>(9).fill(1));
  const past = new ProductPast(historyOf([...Array<number>(10).fill(8), 0, ...Array<number>(9).fill(4)]), {
    ...STEADY,
    index,
  });
  expect([...past.quantities]).toEqual(Array(20).fill(4));
  for (const weeksAgo of [0, 5, 9, 12]) {
    const product = past.asOf(weeksAgo);
    expect(product.mean).toBe(4);
    expect(product.levels[0]).toBe(4);
    expect(featureOf(product, "mean8")).toBe(4);
  }
});

test("past horizons among the features are the twelve weeks that the mean is learned for", () => {
  const product = new ProductPast(historyOf(Array.from({ length: 13 }, (_, i) => i + 1)), STEADY).asOf(0);
  expect(featureOf(product, "block1")).toBe(7.5);
});

test("at the origin past years stand at its dates", () => {
  // 52 weeks are a day or two less than a year: what was sold on the same date is in the week before.
  const orders = Array.from({ length: 60 }, (_, week) => [`${week % 2}`, 7 * week + 4, 3] as const);
  const { quantities } = pastOf([...orders, ["1", 365, 90]]).now();
  expect(quantities.at(-52)).toBe(93);
  expect(pastOf([...orders, ["1", 365, 90]]).quantities.at(-53)).toBeGreaterThan(3);
});

test("a product is the same in training and in use", () => {
  const history = historyOf(Array.from({ length: 80 }, (_, i) => (i * 7) % 5));
  const past = new ProductPast(history, STEADY);
  const rows = decodeRows(trainingBatch([history], [7], STEADY).rows, LEARNING.horizon);
  expect(rows.length).toBeGreaterThan(10);
  for (const { weeksAgo, features, ...row } of rows) {
    const { features: used, ...product } = past.asOf(weeksAgo);
    expect(Array.from(features)).toEqual(used);
    expect(row).toMatchObject(product);
    expect(row).toMatchObject(new PastDemand(past.quantities, LEARNING.horizon).basisAt(80 - weeksAgo));
  }
});
