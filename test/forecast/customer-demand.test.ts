import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { USUAL_PARAMETERS } from "../../src/customers/purchase-model.ts";
import { customerView } from "../../src/forecast/customer-demand.ts";
import { forecastCustomers } from "../../src/forecast/customer-shares.ts";
import { parseDay } from "../../src/history/calendar.ts";
import type { CustomerHistory } from "../../src/history/history.ts";
import { sum } from "../../src/numeric/sum.ts";

const ORIGIN = parseDay("2025-11-11");
const HORIZON = 12;

function customer(id: string, before: readonly number[], quantity = 4): CustomerHistory {
  const orderDays = Int32Array.from(
    before.toSorted((a, b) => b - a),
    (days) => ORIGIN - days,
  );
  return { id, orderDays, orderQuantities: new Float64Array(before.length).fill(quantity) };
}

const every = (days: number, count: number, last: number) => Array.from({ length: count }, (_, i) => last + days * i);

/** Net units a week of these customers, less returns of `returned` units each week. */
function weeklyOf(customers: readonly CustomerHistory[], returned = 0): Float64Array {
  const first = Math.min(...customers.map(({ orderDays }) => orderDays[0]!));
  const quantities = new Float64Array(Math.ceil((ORIGIN - first) / 7)).fill(-returned);
  for (const { orderDays, orderQuantities } of customers) {
    for (const [i, day] of orderDays.entries()) {
      quantities[quantities.length - Math.ceil((ORIGIN - day) / 7)]! += orderQuantities[i]!;
    }
  }
  return quantities;
}

function viewOf(customers: readonly CustomerHistory[], quantities = weeklyOf(customers)) {
  return customerView({ quantities, customers }, USUAL_PARAMETERS, ORIGIN, HORIZON);
}

describe("the view of a product's customers", () => {
  test("expects a weekly buyer's rate, not one order", () => {
    const { known, fromNew, active } = viewOf([customer("1", every(7, 100, 2))]);
    expect(sum(known)).toBeGreaterThan(0.75 * 4 * HORIZON);
    expect(sum(known)).toBeLessThan(1.1 * 4 * HORIZON);
    expect(sum(fromNew)).toBe(0);
    expect(sum(active)).toBeGreaterThan(0.75 * HORIZON);
  });

  test("counts a customer once a week, however often it orders", () => {
    const { active } = viewOf([customer("1", every(1, 300, 1))]);
    expect(active[0]).toBeLessThanOrEqual(1);
    expect(active[0]).toBeGreaterThan(0.65);
  });

  test("expects new customers as often as they came in the last quarter, and that some come back", () => {
    const onceEach = Array.from({ length: 52 }, (_, week) => customer(`${week}`, [7 * week + 3], 10));
    const { fromNew, known } = viewOf(onceEach);
    expect(fromNew[0]).toBeCloseTo(10, 6);
    expect(fromNew[11]).toBeGreaterThan(10);
    expect(sum(known)).toBeGreaterThan(0);
  });

  test("nets what is usually returned", () => {
    const customers = [customer("1", every(7, 100, 2))];
    const gross = viewOf(customers);
    const net = viewOf(customers, weeklyOf(customers, 1));
    expect(sum(net.known) / sum(gross.known)).toBeCloseTo(0.75, 6);
    expect(net.active).toEqual(gross.active);
  });

  test("expects of orders that name nobody what they were in the last quarter", () => {
    expect(viewOf([], new Float64Array(30).fill(5))).toMatchObject({
      customers: [],
      fromNew: new Float64Array(12).fill(5),
    });
    const named = [customer("1", every(7, 100, 2))];
    const { known, fromNew } = viewOf(named, weeklyOf(named, -6));
    expect(known).toEqual(viewOf(named).known);
    expect(fromNew[0]).toBeCloseTo(6, 6);
  });

  test("at a past origin knows nothing of what came later", () => {
    const customers = [customer("1", every(7, 60, 2)), customer("2", [30, 20]), customer("3", every(20, 10, 120))];
    const past = ORIGIN - 84;
    const before = customers
      .map(({ id, orderDays, orderQuantities }) => {
        const count = orderDays.filter((day) => day < past).length;
        return { id, orderDays: orderDays.subarray(0, count), orderQuantities: orderQuantities.subarray(0, count) };
      })
      .filter(({ orderDays }) => orderDays.length > 0);
    const quantities = weeklyOf(customers).subarray(0, -12);
    const at = (some: readonly CustomerHistory[]) =>
      customerView({ quantities, customers: some }, USUAL_PARAMETERS, past, HORIZON);
    expect(at(customers)).toEqual(at(before));
  });
});

const anyCustomers = fc.array(
  fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 60 }),
    quantity: fc.double({ min: 0.5, max: 500, noNaN: true }),
  }),
  { maxLength: 20 },
);
const anyForecast = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), { minLength: HORIZON, maxLength: HORIZON });

test("whatever is forecast, the customers' parts and that of new ones come to it", () => {
  fc.assert(
    fc.property(anyCustomers, anyForecast, (some, forecast) => {
      const customers = some.map(({ days, quantity }, i) => customer(`${i}`, days, quantity));
      const view = viewOf(customers, customers.length > 0 ? weeklyOf(customers) : new Float64Array(20).fill(1));
      const mean = Float64Array.from(forecast);
      const { knownQuantity, largest, atRisk, alive, activePerWeek } = forecastCustomers(
        ...([view, mean, USUAL_PARAMETERS, new Map(), ORIGIN] as const),
      );
      expect(knownQuantity).toBeGreaterThanOrEqual(0);
      expect(knownQuantity).toBeLessThanOrEqual(sum(mean) * (1 + 1e-9));
      expect(alive).toBeLessThanOrEqual(customers.length + 1e-9);
      if (customers.length <= 10) {
        // Those of whom nothing is expected are not listed.
        const listed = sum(largest.map(({ expected_quantity }) => expected_quantity));
        expect(listed).toBeLessThanOrEqual(knownQuantity * (1 + 1e-9));
        expect(listed).toBeGreaterThanOrEqual(knownQuantity - 0.05 * customers.length);
      }
      for (const active of activePerWeek) expect(active).toBeGreaterThanOrEqual(0);
      for (const { expected_next_order } of [...largest, ...atRisk]) {
        if (expected_next_order !== null) expect(parseDay(expected_next_order)).toBeGreaterThanOrEqual(ORIGIN);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});
