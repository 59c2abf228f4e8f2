import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  expectedOrders,
  type PurchaseParameters,
  probabilityAlive,
  probabilityOfOrder,
  USUAL_PARAMETERS,
} from "../../src/customers/purchase-model.ts";
import type { PurchaseSummary } from "../../src/customers/summary.ts";
import { generator } from "../../src/numeric/random.ts";
import lifetimes from "../reference/lifetimes-cdnow.json" with { type: "json" };
import { simulatedOrders } from "./simulate.ts";

const customer = (repeats: number, recency: number, age: number): PurchaseSummary => ({
  ...{ repeats, recency, age, logIntervals: 0 },
});

describe.each([
  ["BG/NBD", false, lifetimes.bg_nbd],
  ["MBG/NBD", true, lifetimes.mbg_nbd],
] as const)(
  `%s agrees with lifetimes ${lifetimes.versions.lifetimes} with its parameters`,
  (_name, firstMayBeLast, { params, cases }) => {
    const parameters: PurchaseParameters = { regularity: 1, firstMayBeLast, ...params };

    test.each(cases)(
      "frequency $frequency, recency $recency, T $T, to 1e-8",
      ({ frequency, recency, T, ...expected }) => {
        const summary = customer(frequency, recency, T);
        const alive = probabilityAlive(summary, parameters);
        expect(Math.abs(alive - expected.p_alive)).toBeLessThan(1e-8);
        expect(Math.abs(alive * expectedOrders(summary, parameters, 12) - expected.expected_purchases_12)).toBeLessThan(
          1e-8,
        );
      },
    );
  },
);

const weeks = fc.double({ min: 0, max: 300, noNaN: true });
const anyCustomer = fc
  .record({ repeats: fc.integer({ min: 0, max: 400 }), recency: weeks, silence: weeks })
  .map(({ repeats, recency, silence }) =>
    customer(repeats, repeats === 0 ? 0 : recency, (repeats === 0 ? 0 : recency) + silence),
  );
const positive = fc.double({ min: 0.05, max: 50, noNaN: true });
const anyParameters = fc
  .record({ regularity: fc.constantFrom(1, 2, 3), r: positive, alpha: positive, a: positive, b: positive })
  .map((some): PurchaseParameters => ({ ...some, firstMayBeLast: true }));

test("whoever the customer, probabilities are probabilities, and orders are no more than days", () => {
  fc.assert(
    fc.property(anyCustomer, anyParameters, fc.integer({ min: 1, max: 26 }), (summary, parameters, horizon) => {
      for (const probability of [
        probabilityAlive(summary, parameters),
        probabilityOfOrder(summary, parameters, horizon),
      ]) {
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1 + 1e-9);
      }
      const orders = expectedOrders(summary, parameters, horizon);
      expect(orders).toBeGreaterThanOrEqual(-1e-9);
      expect(orders).toBeLessThanOrEqual(7 * horizon);
      expect(orders).toBeGreaterThanOrEqual(probabilityOfOrder(summary, parameters, horizon) - 1e-6);
      expect(expectedOrders(summary, parameters, horizon + 1)).toBeGreaterThanOrEqual(orders - 1e-6);
    }),
    { seed: 1, numRuns: 500 },
  );
});

test("the longer a customer is silent, the less likely it is alive; sooner where it ordered often", () => {
  const weekly = (silence: number) => probabilityAlive(customer(50, 50, 50 + silence), USUAL_PARAMETERS);
  const quarterly = (silence: number) => probabilityAlive(customer(4, 52, 52 + silence), USUAL_PARAMETERS);
  expect([1, 4, 8, 16].map(weekly)).toEqual([1, 4, 8, 16].map(weekly).sort((a, b) => b - a));
  expect(weekly(1)).toBeGreaterThan(0.95);
  expect(weekly(10)).toBeLessThan(0.1);
  expect(quarterly(10)).toBeGreaterThan(0.7);
});

test("a weekly buyer is expected to order in nearly every week, not once", () => {
  const weekly = customer(100, 100, 100.5);
  expect(probabilityAlive(weekly, USUAL_PARAMETERS) * expectedOrders(weekly, USUAL_PARAMETERS, 12)).toBeGreaterThan(9);
});

// No reference values of the model with regular orders are at hand, so that it is held against customers who do as it says.
test.each([1, 2, 3])("regularity %i: alive, next order and orders are as often as simulated", (regularity) => {
  const parameters: PurchaseParameters = {
    ...{ regularity, firstMayBeLast: true },
    ...{ r: 6, alpha: 6, a: 3, b: 15 },
  };
  const random = generator(7);
  const [origin, horizon] = [140, 84];
  const sums = { ordered: 0, expectedOrdered: 0, orders: 0, expectedOrders: 0 };
  const count = 20_000;
  for (let i = 0; i < count; i++) {
    const days = simulatedOrders(parameters, origin + horizon, random);
    const before = days.filter((day) => day < origin);
    const after = days.length - before.length;
    const summary = customer(before.length - 1, before.at(-1)! / 7, origin / 7);
    const alive = probabilityAlive(summary, parameters);
    sums.ordered += after > 0 ? 1 : 0;
    sums.orders += after;
    sums.expectedOrdered += alive * probabilityOfOrder(summary, parameters, horizon / 7);
    sums.expectedOrders += alive * expectedOrders(summary, parameters, horizon / 7);
  }
  expect(Math.abs(sums.expectedOrdered / sums.ordered - 1)).toBeLessThan(0.03);
  expect(Math.abs(sums.expectedOrders / sums.orders - 1)).toBeLessThan(0.03);
});
