import { exp, log } from "../numeric/elementary.ts";
import { minimiseSimplex } from "../numeric/nelder-mead.ts";
import { type PurchaseParameters, ticksSinceLast, USUAL_PARAMETERS } from "./purchase-model.ts";
import type { FittedSummary } from "./summary.ts";

/** With fewer pairs of product and customer, the usual parameters say more. */
const LEAST_PAIRS = 100;
const MOST_GROUPS = 2000;
const MOST_EVALUATIONS = 250;
const TOLERANCE = 1e-6;
/**
 * Logarithm of likelihood, for each order after a first one, that a more regular model must gain. On real orders a gain of
 * 0.04 turned out a loss on later ones; where rhythms are regular it is 0.17.
 */
const LEAST_GAIN = 0.1;

/**
 * The purchase model of all customers, from pairs of product and customer: of random and of more regular orders
 * (regularity one and two) the likelier one, fitted by maximum likelihood.
 *
 * @param summaries in an order that does not depend on how they were read.
 * @returns the usual parameters where there are too few pairs.
 */
export function fitPurchaseModel(summaries: readonly FittedSummary[]): PurchaseParameters {
  if (summaries.length < LEAST_PAIRS) return USUAL_PARAMETERS;
  const random = maximumLikelihood(summaries, { regularity: 1, firstMayBeLast: true });
  const regular = maximumLikelihood(summaries, { ...random, regularity: 2 });
  const gain = logLikelihood(summaries, regular) - logLikelihood(summaries, random);
  let repeats = 0;
  for (const summary of summaries) repeats += summary.repeats;
  return gain > LEAST_GAIN * repeats ? regular : random;
}

/**
 * The parameters of greatest likelihood of a model of given regularity. Its further parameters, if there are any, are where
 * the search begins.
 */
export function maximumLikelihood(
  summaries: readonly FittedSummary[],
  model: Pick<PurchaseParameters, "regularity" | "firstMayBeLast"> & Partial<PurchaseParameters>,
): PurchaseParameters {
  const pairs = grouped(summaries, MOST_GROUPS);
  const { r, alpha, a, b, ...kind } = { ...USUAL_PARAMETERS, ...model };
  const parametersAt = (x: Float64Array): PurchaseParameters => ({
    ...kind,
    ...{ r: exp(x[0]!), alpha: exp(x[1]!), a: exp(x[2]!), b: exp(x[3]!) },
  });
  const found = minimiseSimplex(
    (x) => -logLikelihoodOf(pairs, parametersAt(x)),
    { start: [r, alpha, a, b].map(log), steps: [0.4, 0.4, 0.4, 0.4], low: [-5, -5, -5, -5], high: [7, 9, 7, 9] },
    TOLERANCE,
    MOST_EVALUATIONS,
  );
  return parametersAt(found);
}

/** Natural logarithm of the likelihood of the order times of these pairs of product and customer. */
export function logLikelihood(summaries: readonly FittedSummary[], parameters: PurchaseParameters): number {
  return logLikelihoodOf(grouped(summaries, summaries.length), parameters);
}

/** Pairs of product and customer, those with the same numbers as one, by repeats, recency and age. Columns of one length. */
interface GroupedPairs {
  readonly repeats: Int32Array;
  readonly recency: Float64Array;
  readonly age: Float64Array;
  /** Pairs that the entry stands for. */
  readonly count: Float64Array;
  /** Of all pairs. */
  readonly logIntervals: number;
}

/** Of more than `most` groups every n-th stands for the next ones too, which are the most alike. */
function grouped(summaries: readonly FittedSummary[], most: number): GroupedPairs {
  const alike = summaries.toSorted((a, b) => a.repeats - b.repeats || a.recency - b.recency || a.age - b.age);
  const groups: { readonly summary: FittedSummary; count: number }[] = [];
  let logIntervals = 0;
  for (const summary of alike) {
    logIntervals += summary.logIntervals;
    const last = groups.at(-1);
    if (last && isSame(last.summary, summary)) last.count++;
    else groups.push({ summary, count: 1 });
  }
  const step = Math.max(1, Math.ceil(groups.length / most));
  for (const [i, { count }] of groups.entries()) if (i % step !== 0) groups[i - (i % step)]!.count += count;
  const kept = groups.filter((_, i) => i % step === 0);
  return {
    repeats: Int32Array.from(kept, ({ summary }) => summary.repeats),
    recency: Float64Array.from(kept, ({ summary }) => summary.recency),
    age: Float64Array.from(kept, ({ summary }) => summary.age),
    count: Float64Array.from(kept, ({ count }) => count),
    logIntervals,
  };
}

function isSame(a: FittedSummary, b: FittedSummary): boolean {
  return a.repeats === b.repeats && a.recency === b.recency && a.age === b.age;
}

function logLikelihoodOf(pairs: GroupedPairs, parameters: PurchaseParameters): number {
  const { r, alpha, a, b, regularity, firstMayBeLast } = parameters;
  const { repeats, recency, age, count } = pairs;
  // They ascend.
  const mostRepeats = repeats.at(-1) ?? 0;
  // Of so many repeats: ln Γ(r + k x) / Γ(r) / Γ(k)^x, and the logarithm of the probability to go on after each order.
  const ticks = new Float64Array(mostRepeats + 1);
  const going = new Float64Array(mostRepeats + 1);
  if (firstMayBeLast) going[0] = log(b / (a + b));
  for (let x = 1; x <= mostRepeats; x++) {
    let product = 1;
    for (let j = 0; j < regularity; j++) product *= (r + regularity * (x - 1) + j) / Math.max(1, j);
    ticks[x] = ticks[x - 1]! + log(product);
    const flip = firstMayBeLast ? x : x - 1;
    going[x] = going[x - 1]! + log((b + flip) / (a + b + flip));
  }
  let sum = (regularity - 1) * pairs.logIntervals;
  const logScale = r * log(alpha);
  for (let i = 0; i < count.length; i++) {
    const x = repeats[i]!;
    const shape = r + regularity * x;
    const logAge = log(alpha + age[i]!);
    const since = ticksSinceLast(shape, (age[i]! - recency[i]!) / (alpha + age[i]!), regularity);
    const flips = firstMayBeLast ? x + 1 : x;
    let alive = log(since);
    if (flips > 0) {
      const stopped = a / (b + flips - 1);
      const advantage = shape * (logAge - log(alpha + recency[i]!));
      alive = advantage > 700 ? advantage + log(stopped) : log(since + stopped * exp(advantage));
    }
    sum += count[i]! * (logScale + ticks[x]! + going[x]! + alive - shape * logAge);
  }
  return sum;
}
