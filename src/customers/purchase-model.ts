import { power } from "../numeric/elementary.ts";
import type { PurchaseSummary } from "./summary.ts";

/**
 * How the customers of all products order: while alive, each at its own rate; after each order it may stop, with its own
 * probability. Rates vary between customers as a gamma distribution, probabilities as a beta distribution.
 *
 * With `regularity` one, orders come at random: the MBG/NBD model of Batislam, Denizel & Filiztekin, Empirical Validation
 * and Comparison of Models for Customer Base Analysis, 2007; without `firstMayBeLast` the BG/NBD model of Fader, Hardie &
 * Lee, "Counting Your Customers" the Easy Way, 2005. A greater regularity k makes them come more evenly, each after k
 * random ticks: the MBG/CNBD-k model of Platzer & Reutterer, Ticking Away the Moments, 2016.
 */
export interface PurchaseParameters {
  readonly regularity: number;
  /** Whether a customer may stop after its first order already. */
  readonly firstMayBeLast: boolean;
  /** Shape of the distribution of rates, in ticks a week. */
  readonly r: number;
  /** Its inverse scale, weeks. */
  readonly alpha: number;
  /** Of the distribution of the probability to stop after an order. */
  readonly a: number;
  readonly b: number;
}

/** Between what was found on orders of wholesale and of groceries; for when there is too little to learn from. */
export const USUAL_PARAMETERS: PurchaseParameters = {
  ...{ regularity: 1, firstMayBeLast: true },
  ...{ r: 0.45, alpha: 14, a: 0.8, b: 1.4 },
};

/** Probability that a customer has not stopped. */
export function probabilityAlive(summary: PurchaseSummary, parameters: PurchaseParameters): number {
  if (summary.repeats === 0 && !parameters.firstMayBeLast) return 1;
  const { alpha, a } = parameters;
  const shape = tickShape(summary, parameters);
  const stopped =
    (a / (betaOfGoing(summary, parameters) - 1)) * power((alpha + summary.age) / (alpha + summary.recency), shape);
  const going = ticksSinceLast(shape, (summary.age - summary.recency) / (alpha + summary.age), parameters.regularity);
  return going / (going + stopped);
}

/** Probability that a customer who has not stopped orders within so many weeks. */
export function probabilityOfOrder(summary: PurchaseSummary, parameters: PurchaseParameters, weeks: number): number {
  const { alpha, regularity } = parameters;
  const shape = tickShape(summary, parameters);
  const rate = alpha + summary.age;
  const silence = summary.age - summary.recency;
  const before = ticksSinceLast(shape, silence / rate, regularity);
  const after = ticksSinceLast(shape, (silence + weeks) / (rate + weeks), regularity);
  return 1 - (power(rate / (rate + weeks), shape) * after) / before;
}

/**
 * Orders that a customer who has not stopped makes within so many weeks, on average; not more than one a day. The number
 * of ticks is negative binomial, so that the sum over orders needs no hypergeometric function: the n-th order comes if
 * enough ticks do, and if the customer does not stop after one of those before it.
 */
export function expectedOrders(summary: PurchaseSummary, parameters: PurchaseParameters, weeks: number): number {
  const { alpha, a, regularity } = parameters;
  const shape = tickShape(summary, parameters);
  const rate = alpha + summary.age;
  const success = weeks / (rate + weeks);
  const silence = (summary.age - summary.recency) / rate;
  const goingNow = betaOfGoing(summary, parameters);
  const mostOrders = Math.ceil(7 * weeks);
  let none = power(rate / (rate + weeks), shape);
  let weight = 1;
  let weights = 0;
  let total = 0;
  // Ticks that have gone by since the last order are not known: each number from none to k − 1 has its weight.
  for (let gone = 0; gone < regularity; gone++) {
    let probability = none;
    let atMost = none;
    let ticks = 0;
    let notStopped = 1;
    let orders = 0;
    for (let n = 1; n <= mostOrders; n++) {
      while (ticks < n * regularity - gone - 1) {
        ticks++;
        probability *= ((shape + gone + ticks - 1) / ticks) * success;
        atMost += probability;
      }
      const reached = 1 - atMost;
      if (reached < 1e-9) break;
      orders += notStopped * reached;
      const going = goingNow + n - 1;
      notStopped *= going / (a + going);
    }
    total += weight * orders;
    weights += weight;
    weight *= ((shape + gone) / (gone + 1)) * silence;
    none *= rate / (rate + weeks);
  }
  return total / weights;
}

/** Shape of the distribution of a customer's rate, after its orders: r + k x. */
export function tickShape({ repeats }: PurchaseSummary, { r, regularity }: PurchaseParameters): number {
  return r + regularity * repeats;
}

/** b of the distribution of a customer's probability to stop, if it went on after each of its orders. */
function betaOfGoing({ repeats }: PurchaseSummary, { b, firstMayBeLast }: PurchaseParameters): number {
  return b + repeats + (firstMayBeLast ? 1 : 0);
}

/** Sum over the ticks since the last order, fewer than k: Σ (shape)_j / j! · silence^j. */
export function ticksSinceLast(shape: number, silence: number, regularity: number): number {
  let term = 1;
  let sum = 1;
  for (let j = 1; j < regularity; j++) {
    term *= ((shape + j - 1) / j) * silence;
    sum += term;
  }
  return sum;
}
