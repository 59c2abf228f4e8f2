import { DAYS_PER_WEEK, type Day, WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { Succession } from "../history/succession.ts";
import { log } from "../numeric/elementary.ts";
import { type CustomerDays, type DatedProduct, followed, isSilent } from "./turnover.ts";

/** A product with its customers. */
export type CustomersOf = DatedProduct & CustomerDays;

/** Weeks of the successor that are looked at, its first ones, at most, and of the predecessor, its last ones. */
const MOST_DAYS = 26 * DAYS_PER_WEEK;
/** Pairs of the catalogue that may be expected to have so many customers in common by chance. */
const MOST_BY_CHANCE = 0.1;
/** Tastes are alike: to order one of two products is at least so probable for whoever orders the other. */
const LEAST_CHANCE = 0.05;
/** Another product with nearly as many customers in common leaves it open who succeeds whom (logarithms of probabilities). */
const MOST_OF_BEST = 0.75;
/** Share of the successor's first customers who had ordered the predecessor. */
const LEAST_SHARE = 0.4;

/** How much of the catalogue each customer buys: its share in all pairs of product and customer. */
export class Popularity {
  readonly #products = new Map<number, number>();
  #pairs = 0;

  /** @param products a sample of all. */
  constructor(products: readonly CustomerDays[], origin: Day) {
    for (const product of products) {
      const customers = customersBetween(product, origin - WEEKS_PER_YEAR * DAYS_PER_WEEK, origin);
      for (const customer of customers.keys()) this.#products.set(customer, (this.#products.get(customer) ?? 0) + 1);
      this.#pairs += customers.size;
    }
  }

  /** Probability that it is this one, of one customer of a product. */
  share(customer: number): number {
    return (this.#products.get(customer) ?? 1) / Math.max(1, this.#pairs);
  }
}

/** A new product and one that ended, with customers in common. */
interface Pair {
  readonly begun: CustomersOf;
  readonly ended: CustomersOf;
  /** Customers of the one in its first days, and those of them whom the other had as well. */
  readonly customers: number;
  readonly inCommon: number;
  /** Logarithm of the probability of as many in common by chance, at most; and whether that is too little for chance. */
  readonly chance: number;
  readonly isImprobable: boolean;
}

/**
 * Which products go on under a new id, by their customers: of those that ended and those that began about then, pairs that
 * share far more customers than chance would have it (each by how much of the catalogue it buys), and than either shares with
 * any other. No unit enters, and neither does the order of products.
 *
 * A wrong pair harms more than a missed one. Of one product in 20 that was renamed 4 to 26 weeks before one of 13 origins of six
 * sets, with a fifth of its customers lost and up to three weeks without an order, 102 of 1,255 are found and five other pairs: six
 * in ten where many customers come back (liquor), a fifth of simulated ones, who are few, and 1 to 9 % where a product has other
 * customers every month (grocery, wholesale). Where nothing was renamed six are, nearly all of grocery, whose old ones never came back. With
 * LEAST_SHARE .25 found and others are 103 and 12. Half and twice of the other limits, with further ones that changed nothing and were
 * dropped (102 and 8): MOST_BY_CHANCE 94 and 8, 111 and 10; LEAST_CHANCE 124 and 11, 75 and 1; MOST_DAYS 89 and 7, 103 and 8;
 * MOST_OF_BEST 85 and 3, and 103 and 8 with 1.
 */
export function successionsAmong(
  begun: readonly CustomersOf[],
  ended: readonly CustomersOf[],
  popularity: Popularity,
  origin: Day,
): Succession[] {
  const pairs = pairsOf(begun, ended, popularity, origin);
  const best = new Map<CustomersOf, number[]>();
  for (const { begun, ended, chance } of pairs) {
    for (const product of [begun, ended]) {
      best.set(product, [chance, ...(best.get(product) ?? [0, 0])].sort((a, b) => a - b).slice(0, 2));
    }
  }
  const isBestOf = (product: CustomersOf, chance: number) => {
    const [first, second] = best.get(product)!;
    return first === chance && second! > MOST_OF_BEST * chance;
  };
  return pairs
    .filter(({ isImprobable, begun, ended, chance }) => {
      return isImprobable && isBestOf(begun, chance) && isBestOf(ended, chance);
    })
    .filter((pair) => goesOn(pair, origin))
    .map(({ begun, ended, customers, inCommon }) => ({
      ...{ predecessor: ended.id, successor: begun.id, since: begun.oldest },
      ...{ customers, customersBefore: inCommon },
    }));
}

function pairsOf(
  begun: readonly CustomersOf[],
  ended: readonly CustomersOf[],
  popularity: Popularity,
  origin: Day,
): Pair[] {
  const lastCustomers = ended.map(lastCustomersOf);
  const endedOf = new Map<number, number[]>();
  for (const [number, customers] of lastCustomers.entries()) {
    for (const customer of customers.keys()) {
      const others = endedOf.get(customer);
      if (others) others.push(number);
      else endedOf.set(customer, [number]);
    }
  }
  const compared = begun.reduce((sum, one) => sum + ended.filter((other) => followed(one, other)).length, 0);
  const most = log(MOST_BY_CHANCE / compared);
  // Whatever is more probable is neither a pair nor in the way of one.
  const mostRival = MOST_OF_BEST * most;
  const pairs: Pair[] = [];
  for (const product of begun) {
    const found = customersBetween(product, product.oldest, product.oldest + MOST_DAYS);
    const first = [...found].sort(([, a], [, b]) => a - b);
    const shares = Float64Array.from(first, ([customer]) => popularity.share(customer));
    const counts = new Int32Array(ended.length);
    for (const [customer] of first) for (const other of endedOf.get(customer) ?? []) counts[other]!++;
    for (const [number, other] of ended.entries()) {
      if (counts[number] === 0 || !followed(product, other)) continue;
      const days = Math.min(MOST_DAYS, origin - product.oldest, Math.floor((other.newest + 1 - other.oldest) / 2));
      const later = first.findIndex(([, since]) => since >= product.oldest + days);
      const customers = later < 0 ? first.length : later;
      if (probabilityByChance(counts[number]!, LEAST_CHANCE * customers) > mostRival) continue;
      const before = lastCustomers[number]!;
      let inCommon = 0;
      let expected = 0;
      for (let i = 0; i < customers; i++) {
        expected += Math.min(1, Math.max(LEAST_CHANCE, before.size * shares[i]!));
        if (before.has(first[i]![0])) inCommon++;
      }
      const chance = probabilityByChance(inCommon, expected);
      if (chance > mostRival) continue;
      const isImprobable = chance <= most;
      pairs.push({ begun: product, ended: other, customers, inCommon, chance, isImprobable });
    }
  }
  return pairs;
}

/**
 * Logarithm of the probability of so many independent events at least, where fewer are expected: Chernoff's bound (Hoeffding,
 * 1963, theorem 1).
 */
function probabilityByChance(events: number, expected: number): number {
  return events <= expected ? 0 : events - expected - events * log(events / expected);
}

/** Whether the one has enough of the other's customers, and that one is silent by its own last weeks. */
function goesOn({ ended, customers, inCommon }: Pair, origin: Day): boolean {
  const end = ended.newest + 1;
  const lived = Math.min(MOST_DAYS, end - ended.oldest);
  return (
    inCommon / customers >= LEAST_SHARE &&
    isSilent(end - lived, ended.newest, weeksBetween(ended, end - lived, end), origin)
  );
}

function lastCustomersOf(ended: CustomersOf): Customers {
  return customersBetween(ended, ended.newest + 1 - MOST_DAYS, ended.newest + 1);
}

/** Customers by their numbers, with the first of their order days. */
type Customers = Map<number, Day>;

/** Who ordered from a day up to but not including another. */
function customersBetween({ customers, days }: CustomerDays, from: Day, to: Day): Customers {
  const found: Customers = new Map();
  for (const [i, day] of days.entries()) {
    if (day >= from && day < to && !found.has(customers[i]!)) found.set(customers[i]!, day);
  }
  return found;
}

/** In how many weeks before a day the product was ordered. */
function weeksBetween({ days }: CustomerDays, from: Day, to: Day): number {
  const weeks = new Set<number>();
  for (const day of days) if (day >= from && day < to) weeks.add(Math.floor((to - 1 - day) / DAYS_PER_WEEK));
  return weeks.size;
}
