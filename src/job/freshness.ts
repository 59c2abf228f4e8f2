import { type Day, formatDay } from "../history/calendar.ts";
import { COUNT } from "../values/count.ts";

/** More days than a weekend with a holiday. */
const SUSPICIOUS_DAYS = 4;
/** Fewer products may well rest for some days together. */
const LEAST_PRODUCTS = 100;

/** How old the newest order line before the origin is. */
export interface Freshness {
  /** Days between it and the origin, on which nothing was ordered. */
  readonly quietDays: number;
  /** A source that is late seems to lag behind; the forecasts of one that is too old would be worse than those that are there. */
  readonly state: "fresh" | "late" | "too old";
  readonly text: string;
}

/**
 * @param newest day of the newest order line before the origin.
 * @param products that the order lines are of.
 * @param mostAgeDays days before the origin that it may be old.
 */
export function freshnessOf(newest: Day, origin: Day, products: number, mostAgeDays: number): Freshness {
  const quietDays = origin - newest - 1;
  const isLate = quietDays >= SUSPICIOUS_DAYS && products >= LEAST_PRODUCTS;
  const state = origin - newest > mostAgeDays ? "too old" : isLate ? "late" : "fresh";
  const line = `the newest order line is of ${formatDay(newest)}`;
  const text =
    state === "fresh"
      ? line
      : `${line}: no product was ordered on the ${COUNT.format(quietDays)} days before ${formatDay(origin)}`;
  return { quietDays, state, text };
}
