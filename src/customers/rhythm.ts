/** How a customer orders a product, from the days of its orders alone. */
export interface Rhythm {
  readonly status: "alive" | "at risk" | "churned";
  /** Mean days between two orders; undefined for a customer that ordered once. */
  readonly interval: number | undefined;
  /** Day on which the next order is expected, not before the origin; undefined where none can be told or is expected. */
  readonly nextOrder: number | undefined;
}

/** A customer that ordered once counts as if it came back in so many days. */
const INTERVAL_OF_ONE_ORDER = 91;
const AT_RISK_AFTER = 2;
const CHURNED_AFTER = 4;

/**
 * A rule of thumb: a customer is at risk when nothing came for twice its mean interval, and churned after four times.
 *
 * @param orderDays days with an order, ascending, at least one, all before the origin.
 */
export function customerRhythm(orderDays: Int32Array, origin: number): Rhythm {
  const first = orderDays[0]!;
  const last = orderDays.at(-1)!;
  const interval = orderDays.length > 1 ? (last - first) / (orderDays.length - 1) : undefined;
  // A week is the grain of the forecast: a daily buyer is not at risk after a long weekend.
  const expected = Math.max(7, interval ?? INTERVAL_OF_ONE_ORDER);
  const overdue = (origin - last) / expected;
  const status = overdue > CHURNED_AFTER ? "churned" : overdue > AT_RISK_AFTER ? "at risk" : "alive";
  const nextOrder =
    interval === undefined || status === "churned" ? undefined : Math.max(origin, last + Math.round(interval));
  return { status, interval, nextOrder };
}
