import { sum } from "../numeric/sum.ts";
import type { Market } from "./market.ts";
import { isPooled } from "./table.ts";

/** A past origin whose horizon is over, at which a product's own forecast is made anew. */
export interface PastOrigin {
  /** Weeks from it to the origin. */
  readonly weeksAgo: number;
  /** So many mean weeks are the total of its horizon: by the season of all products, and how far orders were taken. */
  readonly weeks: number;
}

const MOST_ORIGINS = 2;

/** @returns a horizon ago, then a horizon before each, as far as enough was known of all products. */
export function pastOrigins(market: Market, horizon: number): number[] {
  const origins = Array.from({ length: MOST_ORIGINS }, (_, i) => horizon * (i + 1));
  return origins.filter((weeksAgo) => isPooled(market, weeksAgo));
}

/** @param stretches of `marketPooled`. */
export function withWeeks(
  origins: readonly number[],
  { openness }: Market,
  stretches: ReadonlyMap<number, number>,
  horizon: number,
): PastOrigin[] {
  return origins.map((weeksAgo) => {
    const begin = openness.length - weeksAgo;
    return { weeksAgo, weeks: stretches.get(weeksAgo)! * sum(openness.subarray(begin, begin + horizon)) };
  });
}
