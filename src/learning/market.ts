import { activeBetween, soldUntil } from "../demand/life.ts";
import { WEEKS_PER_YEAR } from "../history/calendar.ts";
import { exp, log } from "../numeric/elementary.ts";
import { mean } from "../numeric/sum.ts";
import { levelNow, noiseAbout, SMOOTHING, smoothed } from "./alike-weeks.ts";
import { opennessOf, opennessOfFew } from "./rests.ts";

/**
 * How demand of all products moved, week by week, like for like: by products that were sold throughout, each compared with
 * itself, so that neither its units nor who joined or left the range matter.
 */
export interface Market {
  /** Weeks before the origin for which enough products are known. */
  readonly weeks: number;
  /** Level of each of these weeks, oldest first, as multiples of what all products sell now; zero in weeks of rest. */
  readonly index: Float64Array;
  /** The same where no week is drawn towards those around it. */
  readonly unsmoothed: Float64Array;
  /** How far orders were taken in each of these weeks: 1 but in weeks of rest. */
  readonly openness: Float64Array;
  /** How far weeks lie about the index by chance, as a standard deviation of logarithms. */
  readonly noise: number;
}

/** Fewest products that tell of a week. */
const LEAST_PRODUCTS = 20;
/** A product's usual demand is that of a year; the next year begins half a year later, so that years hang together. */
const NEXT_YEAR = 26;
/** Fewest weeks of a year that a product must have been sold through, and fewest of them with demand. */
const LEAST_WEEKS = 13;
const LEAST_ACTIVE_WEEKS = 2;
/** A week counts up to so many times the product's mean week with demand. */
const MOST_OF_SIZE = 3;
/** As many orders are half of what a product can count for. */
const HALF_WEIGHT = 200;
/** Weeks that are looked at together to see how far a product goes with all others. */
const BLOCK = 4;
/** Deviation from all others, in what chance explains, from which on a product counts for less. */
const MOST_DEVIATION = 1.5;
const ROUNDS = 40;
/**
 * That nothing moved counts in each week as much as this part of a product of which all is known: about a fifth of an order. Without
 * it a week in which a few lumpy products sold a single unit says a level of 1e-14, and totals are 1e25. With five times as much
 * totals of 30 products of medical miss 11 % more; simulated ones and workshop are the same with all of these.
 */
const UNMOVED = 0.05;

/** @param products net units a week of each, up to the origin; any of them may be empty. */
export function marketOf(products: readonly Float64Array[]): Market {
  const lives = products.map(lifeOf).filter((life) => life.end - life.begin >= LEAST_WEEKS);
  const weeks = lives.map(({ quantities, begin }) => quantities.length - begin).sort((a, b) => b - a)[
    LEAST_PRODUCTS - 1
  ];
  if (weeks === undefined) return flatMarket(opennessOfFew(products));
  const years = lives.map((life) => yearsOf(life, weeks));
  const { seen, index: moved } = likeForLike(years.flat(), weeks);
  const openness = opennessOf(seen);
  const share = sharedMovement(years, moved, openness);
  const raw = moved.map((level) => (level > 0 ? exp(share * log(level)) : 0));
  const noise = noiseAbout(raw);
  const unsmoothed = raw.map((level, t) => (openness[t] === 1 ? level : 0));
  const index = smoothed(unsmoothed, noise);
  const now = levelNow({ index, noise }, 0) ?? 1;
  const relativeToNow = (levels: Float64Array) => levels.map((level) => level / now);
  return { weeks, index: relativeToNow(index), unsmoothed: relativeToNow(unsmoothed), openness, noise };
}

/**
 * What is taken for the market where too few products tell of it: nothing ever happened to all of them but that nobody ordered.
 *
 * @param openness of each week, 0 or 1.
 */
export function flatMarket(openness: Float64Array): Market {
  return { weeks: openness.length, index: openness, unsmoothed: openness, openness, noise: 0 };
}

/**
 * The level of each week with which the demand of each product is best described as what it usually sells times that level, by
 * turns of either.
 *
 * @returns the levels seen, and those that are drawn to one where little is seen.
 */
function likeForLike(years: readonly ProductYear[], weeks: number) {
  let index = new Float64Array(weeks).fill(1);
  let seen = index;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = new Float64Array(weeks);
    const weights = new Float64Array(weeks);
    for (const year of years) {
      const { begin, demand } = year;
      const usual = usualOf(year, index);
      const weight = weightOf(year, index, usual);
      for (let k = 0; k < demand.length; k++) {
        sums[begin + k]! += (weight * demand[k]!) / usual;
        weights[begin + k]! += weight;
      }
    }
    seen = sums.map((sum, t) => (weights[t]! > 0 ? sum / weights[t]! : 1));
    index = sums.map((sum, t) => (sum + UNMOVED) / (weights[t]! + UNMOVED));
  }
  return { seen, index };
}

/** The weeks through which a product was sold. */
interface Life {
  readonly quantities: Float64Array;
  readonly begin: number;
  readonly end: number;
}

function lifeOf(quantities: Float64Array): Life {
  // The week of the first order is no ordinary one.
  return { quantities, begin: 1, end: soldUntil(quantities) };
}

/** A product's demand in a year of the market, from week `begin` of it on. */
interface ProductYear {
  readonly begin: number;
  readonly demand: Float64Array;
  readonly total: number;
  readonly activeWeeks: number;
  /** About how many orders there were, if each week's came by chance: its mean squared by its variance, for all weeks. */
  readonly information: number;
}

function yearsOf({ quantities, begin, end }: Life, weeks: number): ProductYear[] {
  const years: ProductYear[] = [];
  const shift = weeks - quantities.length;
  for (let until = quantities.length; until > begin; until -= NEXT_YEAR) {
    const first = Math.max(begin, until - WEEKS_PER_YEAR, -shift);
    const last = Math.min(end, until);
    if (last - first < LEAST_WEEKS) continue;
    const demand = quantities.slice(first, last).map((quantity) => Math.max(0, quantity));
    let total = demand.reduce((sum, quantity) => sum + quantity, 0);
    const activeWeeks = activeBetween(demand, 0, demand.length);
    if (activeWeeks < LEAST_ACTIVE_WEEKS) continue;
    const most = (MOST_OF_SIZE * total) / activeWeeks;
    for (let k = 0; k < demand.length; k++) demand[k] = Math.min(most, demand[k]!);
    total = demand.reduce((sum, quantity) => sum + quantity, 0);
    years.push({ begin: first + shift, demand, total, activeWeeks, information: informationOf(demand, total) });
  }
  return years;
}

function informationOf(demand: Float64Array, total: number): number {
  const mean = total / demand.length;
  const squares = demand.reduce((sum, quantity) => sum + (quantity - mean) * (quantity - mean), 0);
  return squares === 0 ? 1e9 : (total * total) / squares;
}

/** What the product would have sold a week had the index been one. */
function usualOf({ begin, demand, total }: ProductYear, index: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < demand.length; k++) sum += index[begin + k]!;
  return total / sum;
}

/** What a product counts for: the more, the more is known of it, and the less, the less it goes with all others. */
function weightOf(
  { begin, demand, total, activeWeeks, information }: ProductYear,
  index: Float64Array,
  usual: number,
): number {
  let squares = 0;
  let blocks = 0;
  for (let first = 0; first + BLOCK <= demand.length; first += BLOCK) {
    let came = 0;
    let expected = 0;
    for (let k = first; k < first + BLOCK; k++) {
      came += demand[k]!;
      expected += usual * index[begin + k]!;
    }
    blocks++;
    if (expected > 0) squares += ((came - expected) * (came - expected)) / expected;
  }
  const deviation = (squares * activeWeeks) / total / blocks;
  const known = information / (information + HALF_WEIGHT);
  return known * Math.min(1, MOST_DEVIATION / deviation);
}

/**
 * How far the index moves because all products do, not some of them by chance: the part of its variance that is left without that
 * of a mean of products drawn at random (an empirical Bayes estimate; Efron & Morris, Stein's Estimation Rule and Its Competitors,
 * 1973). Both are of weeks nearby together, as a product lies above or below all others for a while. Of 30 products drawn it saves
 * 2.5 % of the error of totals (13 dates of six sets: up to 16 % of medical, and 1 % worse at one of wholesale).
 *
 * @param products the years of each.
 * @param openness of each week; weeks of rest are left out.
 * @returns what the logarithm of the index is to be multiplied by, 0 to 1.
 */
function sharedMovement(
  products: readonly (readonly ProductYear[])[],
  index: Float64Array,
  openness: Float64Array,
): number {
  const expected = new Float64Array(index.length);
  const weights = new Float64Array(index.length);
  const squares = new Float64Array(index.length);
  for (const years of products) {
    const away = new Float64Array(index.length);
    for (const year of years) {
      const { begin, demand } = year;
      const usual = usualOf(year, index);
      const weight = weightOf(year, index, usual);
      for (let k = 0; k < demand.length; k++) {
        const t = begin + k;
        if (openness[t] !== 1) continue;
        away[t]! += weight * (demand[k]! / usual - index[t]!);
        expected[t]! += weight * index[t]!;
        weights[t]! += weight;
      }
    }
    for (let t = 0; t < squares.length; t++) squares[t]! += squared(sumNearby(away, t));
  }
  const known = [...expected.keys()].filter((t) => expected[t]! > 0);
  const chance = mean(known.map((t) => squares[t]! / squared(sumNearby(expected, t))));
  const levels = known.map((t) => log(sumNearby(expected, t) / sumNearby(weights, t)));
  const usual = mean(levels);
  const variance = mean(levels.map((level) => squared(level - usual)));
  return variance > 0 ? Math.max(0, 1 - chance / variance) : 1;
}

function squared(x: number): number {
  return x * x;
}

function sumNearby(values: Float64Array, t: number): number {
  const end = Math.min(values.length, t + SMOOTHING + 1);
  let total = 0;
  for (let i = Math.max(0, t - SMOOTHING); i < end; i++) total += values[i]!;
  return total;
}
