import { activeBetween } from "../demand/life.ts";
import { WEEKS_PER_YEAR } from "../history/calendar.ts";

/** Weeks in a row without an order: from week `begin` of the history up to but not including week `end`. */
export interface Gap {
  readonly begin: number;
  readonly end: number;
  /** How probable so long a gap is if the product's weeks with an order came by chance alone. */
  readonly probability: number;
}

/** Weeks that a gap is compared with. */
const WINDOW_WEEKS = 104;
/** A product sells nearly every week from this share of weeks with an order on. */
const NEARLY_EVERY_WEEK = 0.9;
/** Fewest weeks that tell whether it does. */
const LEAST_WEEKS = 26;
/** A gap that goes on for longer is no matter of stock any more. */
const MOST_STOCK_OUT_WEEKS = 13;
const RARE = 0.001;
/** A gap is no stop unless it is so many times as long as any before. */
const LEAST_OF_LONGEST = 2;

/**
 * A gap that is longest in a product that sells nearly every week, under way or over within the last 52 weeks: what an
 * empty shelf looks like. It must be improbable at any of 52 weeks (Boole's inequality).
 *
 * @param orders orders in each week, oldest first.
 */
export function stockOut(orders: ArrayLike<number>): Gap | undefined {
  const n = orders.length;
  const gaps = gapsFrom(orders, Math.max(0, n - WINDOW_WEEKS)).filter(({ end }) => end > n - WEEKS_PER_YEAR);
  const underWay = gaps.filter(({ end }) => end === n);
  const longest = gaps.toSorted((a, b) => b.end - b.begin - (a.end - a.begin));
  for (const { begin, end } of [...underWay, ...longest]) {
    const rhythm = end === n ? rhythmBefore(orders, begin) : rhythmWithout(orders, end - begin);
    if (!isNearlyEveryWeek(rhythm)) continue;
    if (end === n && end - begin > MOST_STOCK_OUT_WEEKS) return undefined;
    const probability = Math.min(1, WEEKS_PER_YEAR * probabilityOfNone(end - begin, rhythm));
    if (probability < RARE) return { begin, end, probability };
  }
  return undefined;
}

/**
 * The gap under way, where it is unusually long for the product: improbable by how often it was ordered in the two years
 * before, and twice as long as any gap so far, which a season may explain. In a product that sells nearly every week it is
 * a matter of stock for a quarter.
 *
 * @param orders orders in each week, oldest first.
 */
export function stop(orders: ArrayLike<number>): (Gap & { readonly longestBefore: number }) | undefined {
  const n = orders.length;
  const gaps = gapsFrom(orders, 0);
  const last = gaps.at(-1);
  if (last?.end !== n || last.begin === 0) return undefined;
  const { begin, end } = last;
  const longestBefore = gaps.slice(0, -1).reduce((most, gap) => Math.max(most, gap.end - gap.begin), 0);
  const rhythm = rhythmBefore(orders, begin);
  if (isNearlyEveryWeek(rhythm) && end - begin <= MOST_STOCK_OUT_WEEKS) return undefined;
  const probability = probabilityOfNone(end - begin, rhythm);
  const isStop = probability < RARE && end - begin >= LEAST_OF_LONGEST * longestBefore;
  return isStop ? { begin, end, probability, longestBefore } : undefined;
}

/**
 * Probability of no order in so many weeks, after the rhythm before and with nothing else known (Laplace's rule of
 * succession, week by week).
 */
function probabilityOfNone(gap: number, { active, weeks }: Rhythm): number {
  let probability = 1;
  for (let i = 0; i < gap; i++) probability *= (weeks - active + 1 + i) / (weeks + 2 + i);
  return probability;
}

/** How many of some weeks had an order. */
interface Rhythm {
  readonly active: number;
  readonly weeks: number;
}

/** Of a gap under way, the weeks before it: they stay the same while it grows. */
function rhythmBefore(orders: ArrayLike<number>, begin: number): Rhythm {
  const first = Math.max(0, begin - WINDOW_WEEKS);
  return { active: activeBetween(orders, first, begin), weeks: begin - first };
}

/** The last weeks, without so many that had no order. */
function rhythmWithout(orders: ArrayLike<number>, gap: number): Rhythm {
  const first = Math.max(0, orders.length - WINDOW_WEEKS);
  return { active: activeBetween(orders, first, orders.length), weeks: orders.length - first - gap };
}

function isNearlyEveryWeek({ active, weeks }: Rhythm): boolean {
  return weeks >= LEAST_WEEKS && active >= NEARLY_EVERY_WEEK * weeks;
}

function gapsFrom(orders: ArrayLike<number>, first: number): { begin: number; end: number }[] {
  const gaps: { begin: number; end: number }[] = [];
  for (let week = first; week < orders.length; week++) {
    if (orders[week]! > 0) continue;
    const begin = week;
    while (week < orders.length && orders[week] === 0) week++;
    gaps.push({ begin, end: week });
  }
  return gaps;
}
