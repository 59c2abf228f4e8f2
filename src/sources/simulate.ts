// How one customer comes to buy one product, again and again. Every number is made of uniform draws with + − × ÷ and
// square roots only, which IEEE 754 rounds alike everywhere, so that every runtime simulates the same orders to the
// bit: no Math.exp, log, sin or pow, whose last bit the language leaves open. Days are counted from the start.

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
const MOST_DAYS_TO_TRY_AGAIN = 7;
const RETURNED_SHARE = 0.02;
const BOUGHT_ONCE_SHARE = 0.12;
const LOYAL_SHARE = 0.3;
const MEAN_DAYS_TO_LOSE_INTEREST = 1100;
const MEAN_DAYS_TO_DISCOVER = 700;
const MEAN_DAYS_TO_DISCOVER_NEW = 90;

/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna, 2021, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 47), its state filled by splitmix (Steele et al., 2014, OOPSLA) with 32-bit words. The keys, 32-bit integers,
 * name one stream of numbers, whose values do not depend on what other streams were asked for.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(...keys: readonly number[]) {
    let state = 0;
    for (const key of keys) state = scramble((state ^ key) + 0x9e3779b9);
    this.#a = scramble(state + 0x9e3779b9);
    this.#b = scramble(state + 0x3c6ef372);
    this.#c = scramble(state + 0xdaa66d2b);
    this.#d = scramble(state + 0x78dde6e4);
  }

  /** In [0, 1). */
  uniform(): number {
    const product = Math.imul(this.#b, 5);
    const word = Math.imul((product << 7) | (product >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return (word >>> 0) / 0x100000000;
  }

  /** 0, 1, … n − 1. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** 0, 1, … with the probabilities whose running sums, up to any total, are given. */
  index(sums: Float64Array): number {
    return Math.min(sums.length - 1, firstReaching(sums, this.uniform() * sums.at(-1)!));
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Mean 1; by comparisons alone (von Neumann, 1951, "Various techniques used in connection with random digits"). */
  exponential(): number {
    for (let whole = 0; ; whole++) {
      const fraction = this.uniform();
      let last = fraction;
      let next = this.uniform();
      let falls = 0;
      while (next < last) {
        last = next;
        next = this.uniform();
        falls++;
      }
      if (falls % 2 === 0) return whole + fraction;
    }
  }

  /** Gamma-distributed with mean 1 and an integer shape: the mean of as many exponential numbers. */
  gamma(shape: number): number {
    let sum = 0;
    for (let i = 0; i < shape; i++) sum += this.exponential();
    return sum / shape;
  }

  /** Nearly log-normal, median 1; `spread` is the logarithm's standard deviation. At most about exp(3.5 spread). */
  logNormal(spread: number): number {
    const sumOfFour = this.uniform() + this.uniform() + this.uniform() + this.uniform();
    return exponentialOf(spread * (sumOfFour - 2) * Math.sqrt(3));
  }
}

function scramble(word: number): number {
  let z = word | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return z ^ (z >>> 15);
}

/** Roughly e to the power of x, |x| < 8: the compound growth of 1024 small steps. */
function exponentialOf(x: number): number {
  let power = 1 + x / 1024;
  for (let doubling = 0; doubling < 10; doubling++) power *= power;
  return power;
}

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
    while (day < days && !random.chance(openness[day]!)) day += 1 + random.below(MOST_DAYS_TO_TRY_AGAIN);
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
  const end = Math.min(days, customer.until, product.until, begin + lastsFor);

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

/** Entry i is the sum of the numbers up to and including number i. */
export function runningSums(numbers: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(numbers, (number) => {
    sum += number;
    return sum;
  });
}

/** Index of the first entry that is at least `target`; the number of entries where there is none. */
function firstReaching(ascending: Float64Array, target: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle]! < target) low = middle + 1;
    else high = middle;
  }
  return low;
}
