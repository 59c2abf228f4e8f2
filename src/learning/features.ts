import { quantileOfSorted } from "../accuracy/quantile.ts";
import { log } from "../numeric/elementary.ts";
import type { CustomerFacts } from "./customer-facts.ts";
import { seasonSums } from "../demand/season.ts";

/** Stands for what a history is too short for; smaller than every value, so that trees can split it off. */
export const MISSING = -1e9;
/** A ratio to the level beyond this says no more. */
const MOST_RATIO = 50;
const MOST_AGE_WEEKS = 104;
const MOST_SIZES = 30;
const MEAN_WEEKS = [1, 2, 4, 8, 13, 26, 52] as const;
const SHARE_WEEKS = [4, 8, 13, 26, 52] as const;
/** Histories shorter than this many weeks tell a mean of more weeks nothing. */
const SHORT = 13;
const SPREAD_WEEKS = [13, 26, 52] as const;
const BLOCKS = 4;

/** Features in units a week, which become ratios to the product's level, and after them those that are ratios already. */
export const QUANTITY_FEATURES = [
  ...MEAN_WEEKS.map((weeks) => `mean${weeks}`),
  "mean",
  ...["weeks 14 to 26", "weeks 27 to 52", "same weeks a year ago", "customer view"],
  ...SPREAD_WEEKS.flatMap((weeks) => [`lower${weeks}`, `median${weeks}`, `upper${weeks}`]),
  ...Array.from({ length: BLOCKS }, (_, block) => `block${block + 1}`),
];
export const OTHER_FEATURES = [
  "age",
  ...SHARE_WEEKS.map((weeks) => `active${weeks}`),
  "active",
  ...["weeks since demand", "sizes", "mean size", "size variation", "largest size", "median size"],
  ...["variation26", "largest26"],
  ...["customers", "customers4", "customers13", "customers26", "customers52", "alive"],
  ...["orders26", "one-time share", "new customers", "new quantity", "top customer"],
];

/** A product's own features, in the order of `QUANTITY_FEATURES` and `OTHER_FEATURES`. */
export function ownFeatures(
  quantities: Float64Array,
  horizon: number,
  tails: number,
  customers: CustomerFacts,
): number[] {
  return [...quantityFeatures(quantities, horizon, tails, customers), ...otherFeatures(quantities, customers)];
}

/** A feature in units a week as a ratio to the level. */
export function ratioTo(level: number, quantity: number): number {
  return quantity === MISSING ? MISSING : Math.min(MOST_RATIO, quantity / level);
}

function quantityFeatures(
  quantities: Float64Array,
  horizon: number,
  tails: number,
  { expectedQuantity }: CustomerFacts,
): number[] {
  const n = quantities.length;
  const mean = (begin: number, end: number) => {
    let sum = 0;
    for (let i = Math.max(0, begin); i < end; i++) sum += quantities[i]!;
    return Math.max(0, sum / (end - Math.max(0, begin)));
  };
  const yearAgo = seasonSums(quantities, n, horizon);
  const features: number[] = MEAN_WEEKS.map((weeks) => (n >= weeks || weeks < SHORT ? mean(n - weeks, n) : MISSING));
  features.push(
    mean(0, n),
    n >= 26 ? mean(n - 26, n - 13) : MISSING,
    n >= 52 ? mean(n - 52, n - 26) : MISSING,
    yearAgo.years > 0 ? yearAgo.lastYear : MISSING,
    expectedQuantity,
  );
  for (const weeks of SPREAD_WEEKS) {
    const sorted = quantities.slice(-weeks).sort();
    for (const probability of [tails, 0.5, 1 - tails])
      features.push(Math.max(0, quantileOfSorted(sorted, probability)));
  }
  for (let block = 0; block < BLOCKS; block++) {
    const end = n - block * horizon;
    features.push(end >= horizon / 2 ? mean(end - horizon, end) : MISSING);
  }
  return features;
}

function otherFeatures(quantities: Float64Array, customers: CustomerFacts): number[] {
  const n = quantities.length;
  const activeShare = (weeks: number) => {
    const first = Math.max(0, n - weeks);
    let active = 0;
    for (let i = first; i < n; i++) if (quantities[i]! > 0) active++;
    return active / (n - first);
  };
  let sinceDemand = 0;
  while (sinceDemand < n && quantities[n - 1 - sinceDemand]! <= 0) sinceDemand++;
  return [
    Math.min(n, MOST_AGE_WEEKS),
    ...SHARE_WEEKS.map((weeks) => (n >= weeks || weeks < SHORT ? activeShare(weeks) : MISSING)),
    activeShare(n),
    sinceDemand,
    ...sizeFeatures(quantities),
    ...recentVariation(quantities.subarray(-26)),
    customers.known,
    ...customers.orderedWithin,
    customers.alive,
    customers.orders26,
    customers.oneTimeShare,
    customers.newShare,
    customers.newQuantityShare,
    customers.topShare,
  ];
}

/** Number, mean, variation, largest and median of the last weeks with demand; the last three relative to the mean. */
function sizeFeatures(quantities: Float64Array): number[] {
  const sizes: number[] = [];
  for (let i = quantities.length - 1; i >= 0 && sizes.length < MOST_SIZES; i--) {
    if (quantities[i]! > 0) sizes.push(quantities[i]!);
  }
  if (sizes.length === 0) return [0, log(0.01), 0, 0, 0];
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const variance = sizes.reduce((sum, size) => sum + (size - mean) * (size - mean), 0) / sizes.length;
  sizes.sort((a, b) => a - b);
  const median = sizes[sizes.length >> 1]!;
  return [sizes.length, log(mean + 0.01), Math.sqrt(variance) / mean, sizes.at(-1)! / mean, median / mean];
}

/** Variation of the weeks and share of the largest one. */
function recentVariation(recent: Float64Array): number[] {
  let sum = 0;
  let largest = 0;
  for (const quantity of recent) {
    sum += quantity;
    largest = Math.max(largest, quantity);
  }
  const mean = sum / recent.length;
  if (mean <= 0) return [0, 0];
  let squares = 0;
  for (const quantity of recent) squares += (quantity - mean) * (quantity - mean);
  return [Math.sqrt(squares / recent.length) / mean, largest / sum];
}
