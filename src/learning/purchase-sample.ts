import { type FittedSummary, fittedSummary } from "../customers/summary.ts";
import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { hashOf } from "../numeric/random.ts";

/** What is known of a pair of product and customer. */
export interface DrawnPair extends FittedSummary {
  /** The pair's own number, by which it is drawn. */
  readonly drawn: number;
}

/** Pairs that a task tells of: a sample of all. */
const MOST_PAIRS = 800;

/** @returns a sample of the pairs of these products, as `firstDrawn` gives it. */
export function drawnPairs(
  histories: readonly ProductHistory[],
  productIds: readonly string[],
  origin: Day,
): DrawnPair[] {
  const all = histories.flatMap(({ customers }, i) =>
    customers.map((customer) => ({ customer, drawn: hashOf(`${productIds[i]} ${customer.id}`) })),
  );
  return firstDrawn(all).map(({ customer, drawn }) => ({ drawn, ...fittedSummary(customer.orderDays, origin) }));
}

/**
 * @returns the pairs with the smallest numbers, ascending: of several samples of parts together the same as of the whole, so
 *   that nothing depends on which products were read together.
 */
export function firstDrawn<Pair extends { readonly drawn: number }>(pairs: readonly Pair[]): Pair[] {
  return pairs.toSorted((a, b) => a.drawn - b.drawn).slice(0, MOST_PAIRS);
}
