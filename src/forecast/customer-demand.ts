import { type CustomerOutlook, customerOutlook, outlookIfSold } from "../customers/outlook.ts";
import type { PurchaseParameters } from "../customers/purchase-model.ts";
import { type PurchaseSummary, purchaseSummary } from "../customers/summary.ts";
import { DAYS_PER_WEEK, type Day, WEEKS_PER_YEAR, weekOf } from "../history/calendar.ts";
import { type CustomerHistory, customersBefore, type ProductHistory } from "../history/history.ts";
import { sum } from "../numeric/sum.ts";

/** A product's demand as that of its customers. All columns have a number for each week of the horizon. */
export interface CustomerView {
  readonly customers: readonly CustomerDemand[];
  /** Net units expected of known customers. */
  readonly known: Float64Array;
  /** Net units expected of customers not known yet: of new ones, their further orders too, and of orders that name nobody. */
  readonly fromNew: Float64Array;
  /** Expected number of customers who order, the new ones too. */
  readonly active: Float64Array;
}

/** The same of a product that is still sold with some probability only. */
export function viewIfSold(view: CustomerView, probabilitySold: number): CustomerView {
  if (probabilitySold >= 1) return view;
  const customers = view.customers.map((customer) => {
    return { ...customer, outlook: outlookIfSold(customer.outlook, customer.summary, probabilitySold) };
  });
  return { ...view, customers };
}

export interface CustomerDemand {
  readonly id: string;
  readonly lastOrder: Day;
  readonly summary: PurchaseSummary;
  readonly outlook: CustomerOutlook;
  /** Weeks with an order for each order so far: one, or less for a customer who orders several times in a week. */
  readonly weeksPerOrder: number;
  /** Net units an order. */
  readonly orderSize: number;
}

/** New customers come, and orders name nobody, as often as in so many weeks before the origin. */
const QUARTER_WEEKS = 13;
const FIRST_ORDER: PurchaseSummary = { repeats: 0, recency: 0, age: 0 };

/**
 * What the customers of a product are expected to order.
 *
 * @param history `quantities` up to the origin, which may be a past one; orders from then on are left aside.
 */
export function customerView(
  { quantities, customers }: Pick<ProductHistory, "quantities" | "customers">,
  parameters: PurchaseParameters,
  origin: Day,
  horizon: number,
): CustomerView {
  const known = customersBefore(customers, origin);
  const orders = sum(known.map(({ orderDays }) => orderDays.length));
  const meanSize = unitsSince(known, Number.NEGATIVE_INFINITY) / Math.max(1, orders);
  // As much is returned of an order as in the last year.
  const yearUnits = unitsSince(known, origin - WEEKS_PER_YEAR * DAYS_PER_WEEK);
  const net = yearUnits > 0 ? Math.min(1, Math.max(0, sum(quantities.subarray(-WEEKS_PER_YEAR)) / yearUnits)) : 1;

  const demands = known.map(({ id, orderDays: days, orderQuantities }): CustomerDemand => {
    const summary = purchaseSummary(days, origin);
    const outlook =
      days.length === 1
        ? outlookAfterFirstOrder(summary, parameters, horizon)
        : customerOutlook(summary, parameters, horizon);
    // The mean of the customer's orders and one of the usual size.
    const size = (sum(orderQuantities) + meanSize) / (days.length + 1);
    return {
      id,
      lastOrder: days.at(-1)!,
      summary,
      outlook,
      weeksPerOrder: weeksWithOrder(days, origin) / days.length,
      orderSize: net * size,
    };
  });

  const weeks = Math.min(QUARTER_WEEKS, quantities.length);
  const quarter = origin - weeks * DAYS_PER_WEEK;
  const named = net * unitsSince(known, quarter);
  const unnamed = Math.max(0, sum(quantities.subarray(-weeks)) - named) / weeks;
  const arrivals = known.filter(({ orderDays }) => orderDays[0]! >= quarter).length / weeks;
  const firstSize = (net * sum(known.map(({ orderQuantities }) => orderQuantities[0]!))) / Math.max(1, known.length);
  const active = ordersOfNew(arrivals, parameters, horizon);
  const fromNew = active.map((count) => count * firstSize + unnamed);
  const ofKnown = new Float64Array(horizon);
  for (const { outlook, orderSize, weeksPerOrder } of demands) {
    for (let week = 0; week < horizon; week++) {
      ofKnown[week]! += outlook.orders[week]! * orderSize;
      active[week]! += Math.min(1, outlook.orders[week]! * weeksPerOrder);
    }
  }
  return { customers: demands, known: ofKnown, fromNew, active };
}

/**
 * Most customers of many products ordered once, and all whose order is as long ago have the same outlook: it is kept, for
 * as long as the parameters are.
 */
function outlookAfterFirstOrder(
  summary: PurchaseSummary,
  parameters: PurchaseParameters,
  horizon: number,
): CustomerOutlook {
  let kept = afterFirstOrder.get(parameters);
  if (kept?.horizon !== horizon) {
    kept = { horizon, byAge: new Map() };
    afterFirstOrder.set(parameters, kept);
  }
  let outlook = kept.byAge.get(summary.age);
  if (!outlook) {
    outlook = customerOutlook(summary, parameters, horizon);
    kept.byAge.set(summary.age, outlook);
  }
  return outlook;
}

const afterFirstOrder = new WeakMap<
  PurchaseParameters,
  { readonly horizon: number; readonly byAge: Map<number, CustomerOutlook> }
>();

/** Orders in each week of customers who come so many a week: the first ones, and further ones of those who came before. */
function ordersOfNew(arrivals: number, parameters: PurchaseParameters, horizon: number): Float64Array {
  if (arrivals === 0) return new Float64Array(horizon);
  let ordersEach = 1;
  return outlookAfterFirstOrder(FIRST_ORDER, parameters, horizon).orders.map((further) => {
    const orders = arrivals * ordersEach;
    ordersEach += further;
    return orders;
  });
}

/** Units that these customers ordered from a day on. */
function unitsSince(customers: readonly CustomerHistory[], since: Day): number {
  let units = 0;
  for (const { orderDays, orderQuantities } of customers) {
    for (let k = orderDays.length - 1; k >= 0 && orderDays[k]! >= since; k--) units += orderQuantities[k]!;
  }
  return units;
}

function weeksWithOrder(days: Int32Array, origin: Day): number {
  let weeks = 0;
  let last = Number.NaN;
  for (let i = 0; i < days.length; i++) {
    const week = weekOf(days[i]!, origin);
    if (week !== last) weeks++;
    last = week;
  }
  return weeks;
}
