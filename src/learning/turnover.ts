import { DAYS_PER_WEEK, type Day, WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { compareIds } from "../history/ids.ts";
import { hashOf } from "../numeric/random.ts";

/** A product as the source lists it. */
export interface DatedProduct {
  readonly id: string;
  readonly orders: number;
  /** Days of its oldest and its newest order. */
  readonly oldest: Day;
  readonly newest: Day;
}

/** Who ordered a product when: an entry for each customer and day, by customer, then by day. */
export interface CustomerDays {
  readonly id: string;
  /** Numbers made of the customers' ids. */
  readonly customers: Uint32Array;
  readonly days: Int32Array;
}

/** Products that may have succeeded one another, by the days of their orders. */
export interface Turnover {
  /** New ones, and those that ended; each fits at least one of the others. */
  readonly begun: readonly DatedProduct[];
  readonly ended: readonly DatedProduct[];
}

const weeks = (count: number) => count * DAYS_PER_WEEK;

/** After two years a product has seasons of its own. */
const LONGEST_AGO = weeks(2 * WEEKS_PER_YEAR);
/** What is first ordered soon after the first order of all may have been sold before. */
const LEAST_AFTER_FIRST = weeks(13);
const LEAST_AGE = weeks(2);
/** Fewest orders of a new product, and of one that ended, that can tell anything. */
const LEAST_ORDERS_BEGUN = 5;
const LEAST_ORDERS_ENDED = 10;
/** What was sold for less is an offer, or a season's: it has no level that would go on. */
const LEAST_LIFE = weeks(13);
const LEAST_SILENCE = weeks(3);
/** A product that ended is silent for so many times what lay between its orders. */
const LEAST_INTERVALS = 3;
/** The successor begins so long before the last order of what it succeeds, at most, or after it. */
const MOST_TOGETHER = weeks(6);
const MOST_BETWEEN = weeks(8);
/** Of either, those with the most orders: a limit on time and memory, not reached by most catalogues. */
const MOST = 1000;

/** Whether the one began when the other ended. */
export function followed(begun: DatedProduct, ended: DatedProduct): boolean {
  const between = begun.oldest - ended.newest;
  return between >= -MOST_TOGETHER && between <= MOST_BETWEEN && begun.oldest - ended.oldest >= LEAST_LIFE;
}

/** Whether the last of some days is longer ago than what usually lies between them would have it. */
export function isSilent(first: Day, last: Day, intervals: number, origin: Day): boolean {
  return origin - last >= Math.max(LEAST_SILENCE, (LEAST_INTERVALS * (last - first)) / intervals);
}

/** @param products all that are eligible at the origin, in any order. */
export function turnoverOf(products: readonly DatedProduct[], origin: Day): Turnover {
  const beginnings = Int32Array.from(products, ({ oldest }) => oldest).sort();
  // A single line far before all others is no beginning.
  const first = beginnings[Math.floor(beginnings.length / 100)] ?? origin;
  const begun = products.filter(
    ({ oldest, orders }) =>
      oldest - first >= LEAST_AFTER_FIRST &&
      origin - oldest >= LEAST_AGE &&
      origin - oldest <= LONGEST_AGO &&
      orders >= LEAST_ORDERS_BEGUN,
  );
  const ended = products.filter(
    ({ oldest, newest, orders }) =>
      newest - oldest >= LEAST_LIFE &&
      origin - newest <= LONGEST_AGO + MOST_BETWEEN &&
      orders >= LEAST_ORDERS_ENDED &&
      isSilent(oldest, newest, orders - 1, origin),
  );
  const newcomers = largest(begun).filter((product) => ended.some((other) => followed(product, other)));
  const gone = largest(ended).filter((product) => newcomers.some((other) => followed(other, product)));
  return { begun: newcomers, ended: gone };
}

function largest(products: readonly DatedProduct[]): DatedProduct[] {
  return products.toSorted((a, b) => b.orders - a.orders || compareIds(a.id, b.id)).slice(0, MOST);
}

export function customerDays(id: string, { customers }: ProductHistory): CustomerDays {
  const length = customers.reduce((sum, { orderDays }) => sum + orderDays.length, 0);
  const columns = { id, customers: new Uint32Array(length), days: new Int32Array(length) };
  let end = 0;
  for (const { id: customer, orderDays } of customers) {
    columns.customers.fill(hashOf(customer), end, end + orderDays.length);
    columns.days.set(orderDays, end);
    end += orderDays.length;
  }
  return columns;
}
