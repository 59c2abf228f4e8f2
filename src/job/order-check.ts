import type { Day } from "../history/calendar.ts";
import type { OrderLines } from "../history/order-lines.ts";
import { drawToFront, generator } from "../numeric/random.ts";
import type { Eligibility, EligibleProduct, Period, Source } from "../sources/source.ts";
import { type DuplicateLines, duplicateLines } from "./duplicate-lines.ts";
import { newestOf } from "./plausibility.ts";

/** What a look at the order lines of some products says. */
export interface OrderCheck {
  /** Products that can be forecast, and how many of them were looked at. */
  readonly eligible: number;
  /** Day of the newest order line of these; nothing where there is none. */
  readonly newest: Day | undefined;
  readonly products: number;
  readonly lines: number;
  readonly duplicates: DuplicateLines;
  /** Nothing where no line lies far before the rest. */
  readonly early: EarlyLines | undefined;
}

/** Single order lines from long before the time in which the range was sold. */
export interface EarlyLines {
  /** Of all products that can be forecast. */
  readonly lines: number;
  readonly products: number;
  readonly first: Day;
  /** Day from which the range was sold. */
  readonly since: Day;
}

const MOST_PRODUCTS = 500;
/** Orders of the products that are looked at together: more would take longer than anybody waits. */
const MOST_ORDERS = 250_000;
const SEED = 1;

const BLOCK_DAYS = 28;
const BLOCKS_PER_YEAR = 13;
/** Share of the products usually sold in a block of the last year that makes an older block one of the market. */
const BROAD = 0.1;
/** Share of all orders that lines far before the rest are at most: more are a part of the history. */
const FEW = 0.01;
/** Lines this long before the market begins are far before the rest. */
const FAR_DAYS = 182;

/**
 * Looks at the order lines of products drawn evenly, 500 at most.
 *
 * @throws SourceError
 */
export async function checkOrders(source: Source, eligibility: Eligibility): Promise<OrderCheck> {
  const eligible = await source.eligibleProducts(eligibility);
  const { ids, lines } = await linesOfSample(source, eligible, eligibility);
  return {
    eligible: eligible.length,
    newest: newestOf(eligible),
    products: ids.length,
    lines: lines.day.length,
    duplicates: duplicateLines(lines),
    early: await earlyLines(source, eligible, eligibility, broadSince(lines)),
  };
}

/** Looks for single lines from long before the others only. @throws SourceError */
export async function lookForEarlyLines(
  source: Source,
  eligible: readonly EligibleProduct[],
  period: Period,
): Promise<EarlyLines | undefined> {
  const { lines } = await linesOfSample(source, eligible, period);
  return earlyLines(source, eligible, period, broadSince(lines));
}

async function linesOfSample(source: Source, eligible: readonly EligibleProduct[], period: Period) {
  const ids = sampleOf(eligible);
  return { ids, lines: await source.orderLines(ids, period) };
}

/** @returns ids of products, drawn evenly, as many as can be looked at; one at least if there is one. */
function sampleOf(products: readonly EligibleProduct[]): string[] {
  const drawn = [...products];
  const most = Math.min(MOST_PRODUCTS, drawn.length);
  drawToFront(drawn, most, generator(SEED));
  let orders = 0;
  const end = drawn.slice(0, most).findIndex((product) => {
    orders += product.orders;
    return orders > MOST_ORDERS;
  });
  return drawn.slice(0, end < 0 ? most : Math.max(1, end)).map(({ id }) => id);
}

/**
 * The first day from which the range was sold: of the oldest four weeks with a tenth of the products that are usual in the
 * last year, if half of the year that follows is like that.
 *
 * @returns nothing where there is no line.
 */
export function broadSince({ product, day }: OrderLines): Day | undefined {
  if (day.length === 0) return undefined;
  const newest = day.reduce((most, other) => Math.max(most, other));
  const blocks = new Map<number, { first: Day; readonly products: Set<number> }>();
  for (let i = 0; i < day.length; i++) {
    const number = Math.floor((newest - day[i]!) / BLOCK_DAYS);
    const block = blocks.get(number) ?? { first: day[i]!, products: new Set() };
    block.first = Math.min(block.first, day[i]!);
    block.products.add(product[i]!);
    blocks.set(number, block);
  }
  const breadth = (number: number) => blocks.get(number)?.products.size ?? 0;
  const year = Array.from({ length: BLOCKS_PER_YEAR }, (_, number) => breadth(number)).sort((a, b) => a - b);
  const least = Math.max(1, BROAD * year[(BLOCKS_PER_YEAR - 1) / 2]!);
  const isBroad = (number: number) => breadth(number) >= least;
  const oldestFirst = [...blocks.keys()].sort((a, b) => b - a);
  const begins = oldestFirst.find((number) => {
    const following = Array.from({ length: Math.min(BLOCKS_PER_YEAR, number + 1) }, (_, i) => number - i);
    return isBroad(number) && 2 * following.filter(isBroad).length >= following.length;
  });
  return begins === undefined ? undefined : blocks.get(begins)!.first;
}

/** Lines far before that day, of all products that can be forecast, where these are few and far between. */
async function earlyLines(
  source: Source,
  eligible: readonly EligibleProduct[],
  { start }: Period,
  since: Day | undefined,
): Promise<EarlyLines | undefined> {
  if (since === undefined) return undefined;
  const period = { start, origin: since - FAR_DAYS };
  if (period.origin <= start) return undefined;
  const known = new Set(eligible.map(({ id }) => id));
  const sold = await source.eligibleProducts({ ...period, minCustomers: 0, minOrders: 1 });
  const early = sold.filter(({ id }) => known.has(id));
  const lines = ordersOf(early);
  if (lines === 0 || lines > FEW * ordersOf(eligible)) return undefined;
  const { day } = await source.orderLines(sampleOf(early), period);
  if (day.length === 0) return undefined;
  const first = day.reduce((least, other) => Math.min(least, other));
  const blocks = new Set(Array.from(day, (each) => Math.floor((since - each) / BLOCK_DAYS)));
  if (2 * blocks.size * BLOCK_DAYS > since - first) return undefined;
  return { lines, products: early.length, first, since };
}

function ordersOf(products: readonly EligibleProduct[]): number {
  return products.reduce((sum, { orders }) => sum + orders, 0);
}
