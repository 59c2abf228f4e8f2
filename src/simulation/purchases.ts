// How one customer comes to buy one product, again and again. Days are counted from the start.
import { DAYS_PER_WEEK } from "../history/calendar.ts";
import type { Random } from "./random.ts";
import { firstReaching } from "./running-sums.ts";

export interface Product {
  /** On sale from this day up to but not including `until`. */
  readonly from: number;
  readonly until: number;
  /** Expected number of buyers in comparison with other products. */
  readonly popularity: number;
  /** Seasonal days that have passed at the beginning of each day: a day in season counts more. */
  readonly seasonalClock: Float64Array;
  /** Mean seasonal days from one purchase of a customer to its next. */
  readonly interval: number;
  /** Change of the demand a year, as a share of the demand at first. */
  readonly trend: number;
  readonly typicalQuantity: number;
  /** Standard deviation of the logarithm of the quantities of one customer. */
  readonly quantitySpread: number;
  /** Quantities are multiples of it; ignored for what is sold by weight. */
  readonly pack: number;
  /** Quantities have one decimal. */
  readonly byWeight: boolean;
}

export interface Customer {
  /** Orders from this day up to but not including `until`. */
  readonly from: number;
  readonly until: number;
  readonly ordersOnce: boolean;
  /** Mean days from one order to the next. */
  readonly orderInterval: number;
  /** Regularity of purchases: the shape of the gamma distribution of intervals, 1 being quite irregular. */
  readonly regularity: number;
  /** Its quantities in comparison with other customers'. */
  readonly size: number;
  /** How often a product is drawn for the set of products it buys. */
  readonly draws: number;
}

/** Takes one order line: day from the start, quantity, and whether it is a return. */
export type TakeLine = (day: number, quantity: number, isReturn: boolean) => void;

const DAYS_PER_YEAR = 365;
const RETURNED_SHARE = 0.02;
const BOUGHT_ONCE_SHARE = 0.12;
const LOYAL_SHARE = 0.3;
const MEAN_DAYS_TO_LOSE_INTEREST = 1100;
const MEAN_DAYS_TO_DISCOVER = 700;
const MEAN_DAYS_TO_DISCOVER_NEW = 90;

/**
 * @param openness probability that a customer who wants to order on a day does; otherwise it tries again within a week.
 * @returns for each day, and one past the last, the customer's first day of order from that day on; the number of days
 *   where there is none.
 */
export function nextOrderDays(random: Random, customer: Customer, openness: Float64Array): Int32Array {
  const days = openness.length;
  const next = new Int32Array(days + 1).fill(days);
  let filled = 0;
  let wanted = customer.from + random.uniform() * customer.orderInterval;
  while (true) {
    let day = Math.max(filled, Math.floor(wanted));
    while (day < days && !random.chance(openness[day]!)) day += 1 + random.below(DAYS_PER_WEEK);
    if (day >= Math.min(days, customer.until)) return next;
    next.fill(day, filled, day + 1);
    filled = day + 1;
    if (customer.ordersOnce) return next;
    wanted = day + random.gamma(customer.regularity) * customer.orderInterval;
  }
}

/**
 * Simulates all purchases of one product by one customer, and some returns. A purchase becomes due after a gamma-
 * distributed number of seasonal days and is made with the customer's next order.
 *
 * @param nextOrderDay of the customer, see `nextOrderDays`.
 * @param openness as there; returns come on days when nearly everybody orders.
 */
export function simulatePurchases(
  random: Random,
  customer: Customer,
  product: Product,
  nextOrderDay: Int32Array,
  openness: Float64Array,
  take: TakeLine,
): void {
  const days = nextOrderDay.length - 1;
  const clock = product.seasonalClock;
  const interval = product.interval * random.logNormal(0.4);
  const customerQuantity = product.typicalQuantity * customer.size * random.logNormal(0.4);
  const boughtOnce = random.chance(BOUGHT_ONCE_SHARE);
  const begin = Math.floor(Math.max(customer.from, product.from) + daysToFirstPurchase(random, customer, product));
  const lastsFor = random.chance(LOYAL_SHARE)
    ? Number.POSITIVE_INFINITY
    : random.exponential() * MEAN_DAYS_TO_LOSE_INTEREST;
  const end = Math.min(days, product.until, begin + lastsFor);

  let day = nextOrderDay[Math.min(begin, days)]!;
  while (day < end) {
    const season = clock[day + 1]! - clock[day]!;
    const wanted = customerQuantity * (0.6 + 0.4 * season) * random.logNormal(product.quantitySpread);
    const packs = Math.max(1, Math.round(product.byWeight ? wanted * 10 : wanted / product.pack));
    take(day, quantityOf(product, packs), false);
    if (random.chance(RETURNED_SHARE)) {
      const returned = random.chance(0.5) ? packs : Math.ceil(packs * random.uniform() + 0.001);
      const returnDay = firstOpenDay(openness, day + 2 + random.below(19));
      if (returnDay < days) take(returnDay, -quantityOf(product, Math.min(packs, returned)), true);
    }
    if (boughtOnce) return;
    const level = Math.min(3, Math.max(0.3, 1 + (product.trend * (day - product.from)) / DAYS_PER_YEAR));
    const due = firstReaching(clock, clock[day]! + (random.gamma(customer.regularity) * interval) / level);
    day = nextOrderDay[Math.min(days, Math.max(day + 1, due))]!;
  }
}

function firstOpenDay(openness: Float64Array, from: number): number {
  let day = from;
  while (day < openness.length && openness[day]! < 0.5) day++;
  return day;
}

function daysToFirstPurchase(random: Random, customer: Customer, product: Product): number {
  if (customer.ordersOnce) return 0;
  if (product.from > 0) return random.exponential() * MEAN_DAYS_TO_DISCOVER_NEW;
  return random.chance(0.5) ? random.uniform() * product.interval : random.exponential() * MEAN_DAYS_TO_DISCOVER;
}

function quantityOf(product: Product, packs: number): number {
  return product.byWeight ? packs / 10 : packs * product.pack;
}
