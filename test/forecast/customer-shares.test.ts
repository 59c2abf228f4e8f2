import { expect, test } from "vitest";
import type { CustomerState } from "../../src/customers/outlook.ts";
import { USUAL_PARAMETERS } from "../../src/customers/purchase-model.ts";
import { purchaseSummary } from "../../src/customers/summary.ts";
import type { CustomerDemand } from "../../src/forecast/customer-demand.ts";
import { forecastCustomers } from "../../src/forecast/customer-shares.ts";
import { parseDay } from "../../src/history/calendar.ts";

const ORIGIN = parseDay("2025-11-11");
const DAYS = Int32Array.of(ORIGIN - 70, ORIGIN - 35);

function customer(id: string, state: CustomerState, ordersAWeek: number, ifAlive = 1): CustomerDemand {
  return {
    ...{ id, lastOrder: ORIGIN - 35, summary: purchaseSummary(DAYS, ORIGIN), weeksPerOrder: 1, orderSize: 5 },
    outlook: { probabilityAlive: 0.5, state, orders: Float64Array.of(ordersAWeek, ordersAWeek), ifAlive },
  };
}

const customers = [customer("7", "alive", 1), customer("8", "at risk", 2, 3), customer("9", "churned", 0.5)];
const view = {
  customers,
  known: Float64Array.of(17.5, 17.5),
  fromNew: Float64Array.of(17.5, 0),
  active: Float64Array.of(4, 4),
};
const names = new Map([["8", "Eight"]]);
const { largest, atRisk, ...all } = forecastCustomers(view, Float64Array.of(35, 35), USUAL_PARAMETERS, names, ORIGIN);

test("customers have their part of what is forecast, new ones the rest", () => {
  // The first week is as the view expects; in the second, of known customers alone, twice as much is forecast.
  expect(largest.map(({ id, expected_quantity }) => [id, expected_quantity])).toEqual([
    ["8", 30],
    ["7", 15],
    ["9", 7.5],
  ]);
  expect(all).toEqual({ alive: 1.5, activePerWeek: Float64Array.of(4, 8), knownQuantity: 52.5 });
});

test("one that has churned has no date for its next order, every other has one after the origin", () => {
  const next = Object.fromEntries(largest.map(({ status, expected_next_order: day }) => [status, day]));
  expect(next.churned).toBeNull();
  for (const day of [next.alive, next["at risk"]]) expect(parseDay(day!)).toBeGreaterThanOrEqual(ORIGIN);
  for (const { last_order } of largest) expect(last_order).toBe("2025-10-07");
});

test("at stake is what more would come of a customer at risk if it had not stopped", () => {
  expect(atRisk).toEqual([{ ...largest[0], name: "Eight", quantity_at_stake: 60 }]);
});
