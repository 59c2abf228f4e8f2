import { expect, test } from "vitest";
import { customerOutlook, outlookIfSold, weeksToNextOrder } from "../../src/customers/outlook.ts";
import { expectedOrders, probabilityAlive, USUAL_PARAMETERS } from "../../src/customers/purchase-model.ts";
import { fittedSummary } from "../../src/customers/summary.ts";
import { sum } from "../../src/numeric/sum.ts";

const ORIGIN = 1000;
/** Days of orders so many days before the origin. */
const ordered = (...before: number[]) =>
  fittedSummary(
    Int32Array.from(
      before.toSorted((a, b) => b - a),
      (day) => ORIGIN - day,
    ),
    ORIGIN,
  );
const every = (days: number, count: number, last: number) =>
  ordered(...Array.from({ length: count }, (_, i) => last + days * i));
const stateOf = (summary: ReturnType<typeof ordered>) => customerOutlook(summary, USUAL_PARAMETERS, 12).state;

test("a summary counts what came after the first order, in weeks", () => {
  expect(ordered(70, 56, 7)).toEqual({
    ...{ repeats: 2, recency: 9, age: 10, logIntervals: expect.closeTo(Math.log(2) + Math.log(7), 12) },
  });
  expect(ordered(3)).toEqual({ repeats: 0, recency: 0, age: 3 / 7, logIntervals: 0 });
});

test("a regular customer is alive, at risk when its order stays away, then churned", () => {
  expect([3, 40, 70].map((last) => stateOf(every(7, 60, last)))).toEqual(["alive", "at risk", "churned"]);
  expect([3, 60, 150, 400].map((last) => stateOf(every(30, 12, last)))).toEqual([
    ...["alive", "alive", "at risk", "churned"],
  ]);
});

test("a customer is new for twelve weeks, unless it came back and stayed away", () => {
  expect([ordered(1), ordered(84), every(7, 4, 5)].map(stateOf)).toEqual(["new", "new", "new"]);
  expect(stateOf(ordered(85))).not.toBe("new");
  expect(stateOf(every(1, 20, 60))).toBe("churned");
});

test("orders are spread over the weeks, fewer from week to week as the customer may have stopped", () => {
  const { orders } = customerOutlook(every(4, 50, 2), USUAL_PARAMETERS, 12);
  expect(orders).toHaveLength(12);
  expect(orders).toEqual(orders.toSorted((a, b) => b - a));
  expect(orders[11]).toBeGreaterThan(0.9);
});

test("orders are those of a customer who has not stopped, times the probability that it has not", () => {
  const silent = every(30, 12, 100);
  const alive = probabilityAlive(silent, USUAL_PARAMETERS);
  const { orders, ifAlive } = customerOutlook(silent, USUAL_PARAMETERS, 12);
  expect(alive).toBeLessThan(0.8);
  expect(sum(orders)).toBeCloseTo(alive * expectedOrders(silent, USUAL_PARAMETERS, 12), 12);
  expect(ifAlive).toBeCloseTo(1 / alive, 12);
});

test("the next order is after the origin, and later the longer the customer has been silent", () => {
  const weeks = [1, 30, 90, 200].map((last) => weeksToNextOrder(every(14, 20, last), USUAL_PARAMETERS));
  expect(weeks[0]).toBeGreaterThan(0);
  expect(weeks).toEqual(weeks.toSorted((a, b) => a - b));
  expect(weeks.at(-1)).toBeLessThan(52);
});

test("with regular orders the next one waits for the interval", () => {
  const regular = { ...USUAL_PARAMETERS, regularity: 3 };
  const justOrdered = weeksToNextOrder(every(28, 20, 1), regular);
  expect(justOrdered).toBeGreaterThan(2.5);
  expect(justOrdered).toBeLessThan(5);
  expect(weeksToNextOrder(every(28, 20, 25), regular)).toBeLessThan(justOrdered);
});

test("nobody is likelier to order a product again than it is to be sold, and more is at stake then", () => {
  const summary = every(7, 60, 3);
  const outlook = customerOutlook(summary, USUAL_PARAMETERS, 12);
  expect(outlookIfSold(outlook, summary, 1)).toBe(outlook);
  expect(outlookIfSold(outlook, summary, 0.4)).toEqual({
    ...outlook,
    probabilityAlive: 0.4,
    state: "at risk",
    ifAlive: 2.5,
  });
  expect(outlookIfSold(outlook, summary, 0)).toMatchObject({ probabilityAlive: 0, state: "churned", ifAlive: 1e6 });
  const lost = every(7, 60, 70);
  const { probabilityAlive } = customerOutlook(lost, USUAL_PARAMETERS, 12);
  expect(outlookIfSold(customerOutlook(lost, USUAL_PARAMETERS, 12), lost, 0.4).probabilityAlive).toBe(probabilityAlive);
});
