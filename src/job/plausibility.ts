import { type Day, formatDay } from "../history/calendar.ts";
import { MOST_AGE, MOST_DROP } from "../settings/plausibility.ts";
import type { EligibleProduct } from "../sources/source.ts";
import { COUNT } from "../values/count.ts";
import { freshnessOf } from "./freshness.ts";
import { percentOf } from "./report.ts";

export const REFUSALS = ["empty", "shrunk", "old"] as const;
export type Refusal = (typeof REFUSALS)[number];

/** The source answers, and what it gives cannot be what is to be forecast: nothing has been written. */
export class ImplausibleSourceError extends Error {
  override readonly name = "ImplausibleSourceError";
  readonly refusal: Refusal;

  constructor(refusal: Refusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}

/** What a source has, and what it is to have. */
export interface SourceExtent {
  /** Products that can be forecast, all of them also where only some are asked for. */
  readonly products: number;
  /** Of the newest order line before the origin; nothing where there is none. */
  readonly newest: Day | undefined;
  readonly origin: Day;
  readonly minCustomers: number;
  readonly minOrders: number;
  /** Products of the last run of all products; nothing where none is known of. */
  readonly lastProducts: number | undefined;
  /** Share of the last run's products that may be gone. */
  readonly mostDrop: number;
  readonly mostAgeDays: number;
}

/** Why nothing is to be forecast from such a source; nothing where all is well. */
export function implausibility(extent: SourceExtent): ImplausibleSourceError | undefined {
  const { products, newest, origin, minCustomers, minOrders, lastProducts, mostDrop, mostAgeDays } = extent;
  if (products === 0 || newest === undefined) {
    return new ImplausibleSourceError(
      "empty",
      `no product is eligible: none was ordered by ${minCustomers} customers (FORECAST_MIN_CUSTOMERS) ` +
        `in ${minOrders} orders (FORECAST_MIN_ORDERS) before the origin`,
    );
  }
  if (lastProducts !== undefined && products < (1 - mostDrop) * lastProducts) {
    return new ImplausibleSourceError(
      "shrunk",
      `${COUNT.format(products)} products are eligible, ${COUNT.format(lastProducts)} were in the last run: ` +
        `${percentOf(1 - products / lastProducts)} are gone, more than ${percentOf(mostDrop)} ` +
        `(${MOST_DROP.env} or --${MOST_DROP.flag} allows more)`,
    );
  }
  const { state, text } = freshnessOf(newest, origin, products, mostAgeDays);
  if (state !== "too old") return undefined;
  return new ImplausibleSourceError(
    "old",
    `${text}, more than ${mostAgeDays} days; --as-of ${formatDay(newest + 1)} forecasts from the day after it, ` +
      `${MOST_AGE.env} or --${MOST_AGE.flag} allows more`,
  );
}

/** Day of the newest order line of the products; nothing where there is none. */
export function newestOf(products: readonly EligibleProduct[]): Day | undefined {
  return products.length === 0 ? undefined : products.reduce((most, { newest }) => Math.max(most, newest), -Infinity);
}
