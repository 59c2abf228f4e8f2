import { sum } from "../accuracy/error.ts";
import { customerRhythm } from "../customers/rhythm.ts";
import { DAYS_PER_WEEK, type Day, formatDay, weekOf } from "../history/calendar.ts";
import type { CustomerHistory } from "../history/history.ts";
import { compareIds } from "../history/ids.ts";
import type { CustomerForecast } from "./document.ts";

const RATE_WEEKS = 52;
const ACTIVITY_WEEKS = 13;
const MOST_LISTED = 10;

export interface CustomersForecast {
  /** Customers alive at the origin. */
  readonly alive: number;
  /** Expected number of customers who order in a week. */
  readonly activeInWeek: number;
  /** Those with the largest expected quantity; nobody of whom nothing is expected. */
  readonly largest: CustomerForecast[];
  readonly atRisk: CustomerForecast[];
}

/**
 * What the customers of a product will do if they go on as in the last year.
 *
 * @param weeks weeks of the product's history.
 */
export function forecastCustomers(
  histories: readonly CustomerHistory[],
  names: ReadonlyMap<string, string>,
  origin: Day,
  weeks: number,
  horizon: number,
): CustomersForecast {
  const forecasts = histories.map((history) => forecastCustomer(history, names, origin, weeks, horizon));
  forecasts.sort((a, b) => b.expected_quantity - a.expected_quantity || compareIds(a.id, b.id));
  const expected = forecasts.filter(({ expected_quantity }) => expected_quantity > 0);
  return {
    alive: forecasts.filter(({ status }) => status === "alive").length,
    activeInWeek: activeInWeek(histories, origin, weeks),
    largest: expected.slice(0, MOST_LISTED),
    atRisk: expected.filter(({ status }) => status === "at risk").slice(0, MOST_LISTED),
  };
}

function forecastCustomer(
  { id, orderDays, orderQuantities }: CustomerHistory,
  names: ReadonlyMap<string, string>,
  origin: Day,
  weeks: number,
  horizon: number,
): CustomerForecast {
  const { status, nextOrder } = customerRhythm(orderDays, origin);
  const window = Math.min(RATE_WEEKS, weeks);
  const recent = orderQuantities.filter((_, i) => orderDays[i]! >= origin - window * DAYS_PER_WEEK);
  const name = names.get(id);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    status,
    last_order: formatDay(orderDays.at(-1)!),
    expected_next_order: nextOrder === undefined ? null : formatDay(nextOrder),
    expected_quantity: status === "churned" ? 0 : (sum(recent) / window) * horizon,
  };
}

/** Mean number of customers who ordered in a week of the last quarter. */
function activeInWeek(histories: readonly CustomerHistory[], origin: Day, weeks: number): number {
  const window = Math.min(ACTIVITY_WEEKS, weeks);
  let customerWeeks = 0;
  for (const { orderDays } of histories) {
    const active = new Set<number>();
    for (const day of orderDays) active.add(weekOf(day, origin));
    for (const week of active) if (week >= -window) customerWeeks++;
  }
  return customerWeeks / window;
}
