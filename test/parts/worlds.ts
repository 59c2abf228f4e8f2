import { DAYS_PER_WEEK, type Day, weekOf } from "../../src/history/calendar.ts";
import { FEASTS } from "../../src/history/feasts.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { Random } from "../../src/simulation/random.ts";
import { ORIGIN } from "./lessons.ts";

/** Weeks after the origin for which a world goes on, so that what came is known. */
const WEEKS_AFTER = 12;
/** A week with more orders is written as one line. */
const MOST_LINES = 60;

export interface World {
  /** Weeks before the origin. */
  readonly weeks: number;
  readonly products: number;
  readonly seed: number;
  /** How many times its usual orders a product gets in a week, counted from the origin; mostly 1. */
  readonly rate: (product: number, week: number) => number;
}

/** Products of half an order to twelve a week, which come by chance (Poisson), of one to eight units each, by a few customers. */
export function randomWorld({ weeks, products, seed, rate }: World): OrderBook {
  const lines = new OrderLinesBuilder();
  let order = 0;
  for (let product = 0; product < products; product++) {
    const random = new Random(seed, product);
    const level = random.uniform() * random.uniform();
    const usual = 1 + 11 * level * level;
    const size = 1 + random.below(4);
    const customers = 3 + random.below(8);
    for (let week = -weeks; week < WEEKS_AFTER; week++) {
      const orders = poisson(usual * rate(product, week), random);
      const linesOfWeek = orders > MOST_LINES ? 1 : orders;
      for (let line = 0; line < linesOfWeek; line++) {
        const units = orders > MOST_LINES ? orders * size : 1 + random.below(2 * size);
        lines.add(product, `c${random.below(customers)}`, ORIGIN + 7 * week + random.below(7), units, order++);
      }
    }
  }
  return bookOf(products, lines);
}

/** Of a large mean the mean itself. */
function poisson(mean: number, random: Random): number {
  if (mean > 1000) return Math.round(mean);
  let count = -1;
  for (let time = 0; time <= mean; time += random.exponential()) count++;
  return count;
}

/** Products X0, X1, … that sell 6 to 17 units, the same every week, times a rate that is mostly 1. */
export function exactWorld(
  products: number,
  weeks: number,
  rate: (product: number, week: number) => number = () => 1,
): OrderBook {
  const lines = new OrderLinesBuilder();
  let order = 0;
  for (let product = 0; product < products; product++) {
    for (let week = -weeks; week < 0; week++) {
      const quantity = (6 + (product % 12)) * rate(product, week);
      const customer = `c${(product + week + weeks) % 3}`;
      if (quantity > 0) lines.add(product, customer, weekday(product, week), quantity, order++);
    }
  }
  return bookOf(products, lines);
}

function weekday(product: number, week: number): Day {
  return ORIGIN + 7 * week + (product % 7);
}

function bookOf(products: number, lines: OrderLinesBuilder): OrderBook {
  const productIds = Array.from({ length: products }, (_, product) => `X${product}`);
  return { productIds, lines: lines.build(), names: { products: new Map(), customers: new Map() } };
}

/** Both books as one, in which what the second one names has a letter before it: other products, bought by other customers. */
export function withNewcomers(book: OrderBook, newcomers: OrderBook): OrderBook {
  const builder = new OrderLinesBuilder();
  for (const [{ lines }, first, letter] of [
    [book, 0, ""],
    [newcomers, book.productIds.length, "N"],
  ] as const) {
    for (const [i, product] of lines.product.entries()) {
      const customer = letter + lines.customers[lines.customer[i]!]!;
      builder.add(first + product, customer, lines.day[i]!, lines.quantity[i]!, `${letter}${lines.order[i]}`);
    }
  }
  const productIds = [...book.productIds, ...newcomers.productIds.map((id) => `N${id}`)];
  return { ...book, productIds, lines: builder.build() };
}

/** The same book with the lines of one product changed, or without them. */
export function withProduct(
  book: OrderBook,
  id: string,
  change: (line: { day: Day; quantity: number }) => { day: Day; quantity: number } | undefined,
): OrderBook {
  const { productIds, lines } = book;
  const builder = new OrderLinesBuilder();
  for (const [i, product] of lines.product.entries()) {
    const line = { day: lines.day[i]!, quantity: lines.quantity[i]! };
    const changed = productIds[product] === id ? change(line) : line;
    if (changed)
      builder.add(product, lines.customers[lines.customer[i]!]!, changed.day, changed.quantity, lines.order[i]!);
  }
  return { ...book, lines: builder.build() };
}

/** Whether a week, counted from `ORIGIN`, is one of so many that end before Easter. */
export function isBeforeEaster(week: number, weeks: number): boolean {
  const first = ORIGIN + DAYS_PER_WEEK * week;
  const easter = FEASTS.find(({ name }) => name === "Easter")!.nearestTo(first + 3);
  const until = weekOf(easter, first);
  return until > 0 && until <= weeks;
}
