import { weeksToNextOrder } from "../customers/outlook.ts";
import type { PurchaseParameters } from "../customers/purchase-model.ts";
import { DAYS_PER_WEEK, type Day, formatDay } from "../history/calendar.ts";
import { compareIds } from "../history/ids.ts";
import { sum } from "../numeric/sum.ts";
import type { CustomerDemand, CustomerView } from "./customer-demand.ts";
import type { CustomerForecast } from "./document.ts";

const MOST_LISTED = 10;

export interface CustomersForecast {
  /** Expected number of customers alive at the origin. */
  readonly alive: number;
  /** Expected number of customers who order in each week. */
  readonly activePerWeek: Float64Array;
  /** Expected of the customers known so far; what is left of the product's total is expected of new ones. */
  readonly knownQuantity: number;
  /** Those with the largest expected quantity; nobody of whom nothing is expected. */
  readonly largest: CustomerForecast[];
  /** Those with the largest quantity at stake. */
  readonly atRisk: CustomerForecast[];
}

/**
 * The customers' shares of a product's forecast: what they are expected to order, scaled week by week so that known and new
 * customers together come to the forecast.
 *
 * @param mean the product's forecast, as many weeks as the view has.
 */
export function forecastCustomers(
  view: CustomerView,
  mean: Float64Array,
  parameters: PurchaseParameters,
  names: ReadonlyMap<string, string>,
  origin: Day,
): CustomersForecast {
  const scale = mean.map((quantity, week) => {
    const expected = view.known[week]! + view.fromNew[week]!;
    return expected > 0 ? quantity / expected : 0;
  });
  const shares = view.customers.map((customer): Share => {
    const { outlook, orderSize } = customer;
    let quantity = 0;
    for (let week = 0; week < scale.length; week++) quantity += outlook.orders[week]! * orderSize * scale[week]!;
    return { customer, quantity, atStake: quantity * (outlook.ifAlive - 1) };
  });
  const describe = (share: Share) => customerForecast(share, parameters, names, origin);
  return {
    alive: sum(view.customers.map(({ outlook }) => outlook.probabilityAlive)),
    activePerWeek: view.active.map((active, week) => active * scale[week]!),
    knownQuantity: sum(shares.map(({ quantity }) => quantity)),
    largest: largestBy(shares, ({ quantity }) => quantity).map(describe),
    atRisk: largestBy(
      shares.filter(({ customer }) => customer.outlook.state === "at risk"),
      ({ atStake }) => atStake,
    ).map((share) => ({ ...describe(share), quantity_at_stake: share.atStake })),
  };
}

/** A customer's part of the horizon's total. */
interface Share {
  readonly customer: CustomerDemand;
  readonly quantity: number;
  /** What more would be expected if the customer were known not to have stopped. */
  readonly atStake: number;
}

function largestBy(shares: readonly Share[], value: (share: Share) => number): Share[] {
  return shares
    .filter((share) => value(share) > 0)
    .sort((a, b) => value(b) - value(a) || compareIds(a.customer.id, b.customer.id))
    .slice(0, MOST_LISTED);
}

function customerForecast(
  { customer: { id, outlook, summary, lastOrder }, quantity }: Share,
  parameters: PurchaseParameters,
  names: ReadonlyMap<string, string>,
  origin: Day,
): CustomerForecast {
  const name = names.get(id);
  const next = origin + Math.floor(weeksToNextOrder(summary, parameters) * DAYS_PER_WEEK);
  return {
    id,
    ...(name === undefined ? {} : { name }),
    status: outlook.state,
    probability_alive: outlook.probabilityAlive,
    last_order: formatDay(lastOrder),
    expected_next_order: outlook.state === "churned" ? null : formatDay(next),
    expected_quantity: quantity,
  };
}
