import { expect, test } from "vitest";
import type { CustomerHistory } from "../../src/history/history.ts";
import { customerFacts, NO_CUSTOMERS } from "../../src/learning/customer-facts.ts";

const DAY = 20_000;

/** @param orders days before `DAY`, and units. */
function customer(...orders: readonly (readonly [daysAgo: number, quantity: number])[]): CustomerHistory {
  return {
    id: "1",
    orderDays: Int32Array.from(orders, ([daysAgo]) => DAY - daysAgo),
    orderQuantities: Float64Array.from(orders, ([, quantity]) => quantity),
  };
}

test("nobody is known where nobody ordered before the day", () => {
  expect(customerFacts([], DAY)).toEqual(NO_CUSTOMERS);
  expect(customerFacts([customer([0, 5], [-7, 5])], DAY)).toEqual(NO_CUSTOMERS);
});

test("customers, orders and shares are counted up to the day", () => {
  const customers = [
    customer([400, 1], [380, 1]),
    customer([100, 10], [60, 20], [20, 30], [0, 1000]),
    customer([80, 40]),
    customer([182, 7]),
  ];
  expect(customerFacts(customers, DAY)).toMatchObject({
    known: 4,
    orderedWithin: [1, 2, 3, 3],
    orders26: 5,
    oneTimeShare: 2 / 4,
    newShare: 1 / 3,
    newQuantityShare: 40 / 107,
    topShare: 60 / 107,
  });
});

test("a customer in rhythm is expected to go on, one long overdue not, one in between in part", () => {
  const everyFourWeeks = (last: number) => customer([last + 56, 8], [last + 28, 8], [last, 8]);
  const facts = (last: number) => customerFacts([everyFourWeeks(last)], DAY);
  expect(facts(7)).toMatchObject({ inRhythm: 1, expectedQuantity: 2 });
  expect(facts(42)).toMatchObject({ inRhythm: 1, expectedQuantity: 2 });
  expect(facts(63).inRhythm).toBeCloseTo(0.5, 12);
  expect(facts(63).expectedQuantity).toBeCloseTo(1, 12);
  expect(facts(84)).toMatchObject({ inRhythm: 0, expectedQuantity: 0 });
});

test("who orders daily is expected no more than once a week, by the mean of the last eight orders", () => {
  const orders = Array.from({ length: 20 }, (_, i): [number, number] => [20 - i, i < 12 ? 1000 : 3]);
  expect(customerFacts([customer(...orders)], DAY).expectedQuantity).toBe(3);
});
