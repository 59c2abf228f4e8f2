import { NEW_WEEKS, WEEKS_PER_YEAR } from "../history/calendar.ts";
import { expectedOrders, type PurchaseParameters, probabilityAlive, probabilityOfOrder } from "./purchase-model.ts";
import type { PurchaseSummary } from "./summary.ts";

export type CustomerState = "new" | "alive" | "at risk" | "churned";

/** What is to be expected of a customer of a product. */
export interface CustomerOutlook {
  /**
   * Probability that the customer is alive, in the sense that it will order again within a year. One that has not stopped
   * but orders once in ten years would be alive to the model, and dead to whoever plans.
   */
  readonly probabilityAlive: number;
  readonly state: CustomerState;
  /** Expected orders in each week of the horizon, the probability to have stopped allowed for. */
  readonly orders: Float64Array;
  /** How many times as much would be expected if the customer were known not to have stopped, at least one. */
  readonly ifAlive: number;
}

/** Nothing is expected of a customer so unlikely to be alive. */
const NEGLIGIBLE = 1e-6;
const LEAST_ALIVE = 0.5;
const LEAST_AT_RISK = 0.2;

/** @param horizon weeks from the origin. */
export function customerOutlook(
  summary: PurchaseSummary,
  parameters: PurchaseParameters,
  horizon: number,
): CustomerOutlook {
  const alive = probabilityAlive(summary, parameters);
  const orders = new Float64Array(horizon);
  let before = 0;
  for (let week = 0; week < horizon && alive > NEGLIGIBLE; week++) {
    const upTo = expectedOrders(summary, parameters, week + 1);
    orders[week] = alive * (upTo - before);
    before = upTo;
  }
  const withinYear = alive * probabilityOfOrder(summary, parameters, WEEKS_PER_YEAR);
  return {
    probabilityAlive: withinYear,
    state: stateOf(summary, withinYear),
    orders,
    ifAlive: 1 / Math.max(NEGLIGIBLE, alive),
  };
}

/**
 * The same of a product that is still sold with some probability only: no customer is more likely to order it again.
 *
 * @param summary what the outlook was made from.
 */
export function outlookIfSold(
  outlook: CustomerOutlook,
  summary: PurchaseSummary,
  probabilitySold: number,
): CustomerOutlook {
  if (probabilitySold >= 1) return outlook;
  const withinYear = Math.min(outlook.probabilityAlive, probabilitySold);
  return {
    ...outlook,
    probabilityAlive: withinYear,
    state: stateOf(summary, withinYear),
    ifAlive: Math.max(outlook.ifAlive, 1 / Math.max(NEGLIGIBLE, probabilitySold)),
  };
}

/**
 * A customer whose first order is at most 12 weeks ago is new, unless it has come back since and then stayed away; any
 * other is alive, at risk or churned as it is likely, unlikely or very unlikely to order again within a year.
 */
function stateOf({ repeats, age }: PurchaseSummary, probability: number): CustomerState {
  if (age <= NEW_WEEKS && (repeats === 0 || probability >= LEAST_ALIVE)) return "new";
  if (probability >= LEAST_ALIVE) return "alive";
  return probability >= LEAST_AT_RISK ? "at risk" : "churned";
}

/**
 * Weeks from the origin to the next order of a customer that will order within a year: as likely earlier as later. So a
 * customer that is overdue is not expected at once, but later the longer it has been silent.
 */
export function weeksToNextOrder(summary: PurchaseSummary, parameters: PurchaseParameters): number {
  const half = probabilityOfOrder(summary, parameters, WEEKS_PER_YEAR) / 2;
  let low = 0;
  let high = WEEKS_PER_YEAR;
  // To less than a day.
  while (high - low > 0.05) {
    const middle = (low + high) / 2;
    if (probabilityOfOrder(summary, parameters, middle) < half) low = middle;
    else high = middle;
  }
  return high;
}
