import { type Day, weekOf } from "../history/calendar.ts";
import type { CustomerHistory, ProductHistory } from "../history/history.ts";

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
  const first = Math.max(
    0,
    ordersPerWeek.findIndex((orders) => orders > 0),
  );
  return sinceWeek({ ...history, quantities, customersPerWeek, ordersPerWeek, customers }, first);
}

/** The history's weekly columns from a week of it on. */
export function sinceWeek(history: ProductHistory, first: number): ProductHistory {
  return {
    ...history,
    quantities: history.quantities.subarray(first),
    customersPerWeek: history.customersPerWeek.subarray(first),
    ordersPerWeek: history.ordersPerWeek.subarray(first),
    returnsPerWeek: history.returnsPerWeek.subarray(first),
  };
}
