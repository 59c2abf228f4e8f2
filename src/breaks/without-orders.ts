import { DAYS_PER_WEEK, type Day, weekOf } from "../history/calendar.ts";
import type { CustomerHistory, ProductHistory } from "../history/history.ts";
import { compareIds } from "../history/ids.ts";

/**
 * The history as if some orders had never been made. Weeks before the first order that is left are dropped.
 *
 * @param isDropped whether the customer's order, by its place in the customer's columns, is left out.
 */
export function withoutOrders(
  history: ProductHistory,
  origin: Day,
  isDropped: (customer: CustomerHistory, order: number) => boolean,
): ProductHistory {
  const quantities = history.quantities.slice();
  const customersPerWeek = history.customersPerWeek.slice();
  const ordersPerWeek = history.ordersPerWeek.slice();
  const weeks = quantities.length;
  const customers: CustomerHistory[] = [];
  for (const customer of history.customers) {
    const { orderDays, orderQuantities } = customer;
    const kept: number[] = [];
    const weeksKept = new Set<number>();
    const weeksDropped = new Set<number>();
    for (let i = 0; i < orderDays.length; i++) {
      const week = weeks + weekOf(orderDays[i]!, origin);
      if (!isDropped(customer, i)) {
        kept.push(i);
        weeksKept.add(week);
        continue;
      }
      weeksDropped.add(week);
      // What was returned of the order may be in this week already: it makes no week that sold one of returns.
      quantities[week] = Math.max(quantities[week]! - orderQuantities[i]!, Math.min(0, quantities[week]!));
      ordersPerWeek[week] = Math.max(0, ordersPerWeek[week]! - 1);
    }
    for (const week of weeksDropped) if (!weeksKept.has(week)) customersPerWeek[week]! -= 1;
    if (kept.length === orderDays.length) customers.push(customer);
    else if (kept.length > 0) {
      customers.push({
        id: customer.id,
        orderDays: Int32Array.from(kept, (i) => orderDays[i]!),
        orderQuantities: Float64Array.from(kept, (i) => orderQuantities[i]!),
      });
    }
  }
  const first = ordersPerWeek.findIndex((orders) => orders > 0);
  const left = { ...history, quantities, customersPerWeek, ordersPerWeek, customers: byFirstOrder(customers) };
  return sinceWeek(left, Math.max(0, first), origin);
}

/** The history from a week of it on. */
export function sinceWeek(history: ProductHistory, week: number, origin: Day): ProductHistory {
  if (week === 0) return history;
  const firstDay = origin + (week - history.quantities.length) * DAYS_PER_WEEK;
  const customers = history.customers.map(({ id, orderDays, orderQuantities }): CustomerHistory => {
    const first = orderDays.findIndex((day) => day >= firstDay);
    const begin = first < 0 ? orderDays.length : first;
    return { id, orderDays: orderDays.subarray(begin), orderQuantities: orderQuantities.subarray(begin) };
  });
  return {
    ...history,
    quantities: history.quantities.subarray(week),
    customersPerWeek: history.customersPerWeek.subarray(week),
    ordersPerWeek: history.ordersPerWeek.subarray(week),
    returnsPerWeek: history.returnsPerWeek.subarray(week),
    otherWeekByDate: history.otherWeekByDate.subarray(week),
    customers: byFirstOrder(customers.filter(({ orderDays }) => orderDays.length > 0)),
  };
}

/** In the order that a history has them in. */
function byFirstOrder(customers: CustomerHistory[]): CustomerHistory[] {
  return customers.sort((a, b) => a.orderDays[0]! - b.orderDays[0]! || compareIds(a.id, b.id));
}
