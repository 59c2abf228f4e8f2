import type { Base } from "../demand/base.ts";
import { RUNNING_METHODS } from "../demand/running-levels.ts";
import { type PastSeasons, pastSeasons } from "../demand/season.ts";
import { type Sizes, sizesOf, type Variation, variationOf } from "../demand/week-statistics.ts";
import { log } from "../numeric/elementary.ts";
import { quantileOfSorted } from "../numeric/quantile.ts";
import { type CustomerFacts, RECENT_WEEKS } from "./customer-facts.ts";

/** Stands for what a history is too short for; smaller than every value, so that trees can split it off. */
export const MISSING = -1e9;
/** Ratios to the level count up to so much. */
const MOST_RATIO = 50;
const MEAN_WEEKS = [1, 2, 4, 8, 13, 26, 52];
const SHARE_WEEKS = [4, 8, 13, 26, 52];
const SPREAD_WEEKS = [13, 26, 52];
/** Probability below the lower quantile of the last weeks, and above the upper one. */
const TAIL = 0.1;
const MOST_AGE_WEEKS = 104;
/**
 * Histories shorter than this many weeks tell a mean of more weeks nothing. It is more than the 8 weeks whose mean the common
 * momentum needs of every product.
 */
const SHORT = 13;
/** Past horizons, each with its mean. */
const BLOCKS = 4;

/** A column that trees split on. */
interface Feature<Known> {
  readonly name: string;
  /** Trees see units a week as a ratio to the product's level, and everything else as it is. */
  readonly unit:
    | "units a week"
    | "logarithm"
    | "ratio"
    | "share"
    | "weeks"
    | "weeks with demand"
    | "customers"
    | "orders";
  value(known: Known): number;
}

/** What is known of a product at an origin. */
export interface Known {
  /** Net units a week, oldest first, at least one week. */
  readonly quantities: Float64Array;
  /** Weeks to forecast. */
  readonly horizon: number;
  readonly customers: CustomerFacts;
}

/** The same with what several features are made from. */
interface Prepared extends Known {
  readonly weeks: number;
  /** The last weeks in ascending order, by how many weeks at most. */
  readonly sorted: ReadonlyMap<number, Float64Array>;
  readonly sizes: Sizes;
  readonly recent: Variation;
  readonly season: PastSeasons;
}

/** A product's own features. */
const OWN: readonly Feature<Prepared>[] = [
  ...MEAN_WEEKS.map((weeks) =>
    unitsAWeek(`mean${weeks}`, (known) => (isLongEnough(known, weeks) ? meanBetween(known, weeks, 0) : MISSING)),
  ),
  unitsAWeek("mean", (known) => meanBetween(known, known.weeks, 0)),
  unitsAWeek("weeks 14 to 26", (known) => (known.weeks >= 26 ? meanBetween(known, 26, 13) : MISSING)),
  unitsAWeek("weeks 27 to 52", (known) => (known.weeks >= 52 ? meanBetween(known, 52, 26) : MISSING)),
  unitsAWeek("same weeks a year ago", ({ season }) => (season.years > 0 ? season.lastYear : MISSING)),
  unitsAWeek("units of customers in rhythm", ({ customers }) => customers.expectedQuantity),
  ...SPREAD_WEEKS.flatMap((weeks) => [
    unitsAWeek(`lower${weeks}`, (known) => quantileOf(known, weeks, TAIL)),
    unitsAWeek(`median${weeks}`, (known) => quantileOf(known, weeks, 0.5)),
    unitsAWeek(`upper${weeks}`, (known) => quantileOf(known, weeks, 1 - TAIL)),
  ]),
  ...Array.from({ length: BLOCKS }, (_, block) => unitsAWeek(`block${block + 1}`, (known) => blockMean(known, block))),
  { name: "age", unit: "weeks", value: ({ weeks }) => Math.min(weeks, MOST_AGE_WEEKS) },
  ...SHARE_WEEKS.map(
    (weeks): Feature<Prepared> => ({
      name: `active${weeks}`,
      unit: "share",
      value: (known) => (isLongEnough(known, weeks) ? activeShare(known, weeks) : MISSING),
    }),
  ),
  { name: "active", unit: "share", value: (known) => activeShare(known, known.weeks) },
  { name: "weeks since demand", unit: "weeks", value: weeksSinceDemand },
  { name: "sizes", unit: "weeks with demand", value: ({ sizes }) => sizes.count },
  { name: "size variation", unit: "ratio", value: ({ sizes }) => sizes.variation },
  { name: "largest size", unit: "ratio", value: ({ sizes }) => sizes.largest },
  { name: "median size", unit: "ratio", value: ({ sizes }) => sizes.median },
  { name: "smallest size", unit: "ratio", value: ({ sizes }) => sizes.smallest },
  { name: "variation26", unit: "ratio", value: ({ recent }) => recent.variation },
  { name: "largest26", unit: "share", value: ({ recent }) => recent.largestShare },
  { name: "customers", unit: "customers", value: ({ customers }) => customers.known },
  ...RECENT_WEEKS.map(
    (weeks, i): Feature<Prepared> => ({
      name: `customers${weeks}`,
      unit: "customers",
      value: ({ customers }) => customers.orderedWithin[i]!,
    }),
  ),
  { name: "in rhythm", unit: "customers", value: ({ customers }) => customers.inRhythm },
  { name: "orders26", unit: "orders", value: ({ customers }) => customers.orders26 },
  { name: "one-time share", unit: "share", value: ({ customers }) => customers.oneTimeShare },
  { name: "new customers", unit: "share", value: ({ customers }) => customers.newShare },
  { name: "new quantity", unit: "share", value: ({ customers }) => customers.newQuantityShare },
  { name: "top customer", unit: "share", value: ({ customers }) => customers.topShare },
];

/** Features that the product has by what all products taught of levels and seasons. */
const OF_BASE: readonly Feature<Base>[] = [
  { name: "level", unit: "logarithm", value: ({ level, size }) => log(level / size) },
  { name: "pooled season", unit: "logarithm", value: ({ pooledSeason }) => pooledSeason ?? MISSING },
  {
    name: "own season",
    unit: "logarithm",
    value: ({ pooledSeason, ownSeason }) => (pooledSeason === undefined ? MISSING : ownSeason),
  },
];

export const OWN_FEATURE_NAMES: readonly string[] = OWN.map(({ name }) => name);
/** All columns that trees split on, in their order. */
export const FEATURE_NAMES: readonly string[] = [
  ...OWN_FEATURE_NAMES,
  ...RUNNING_METHODS.map(({ name }) => `level by ${name}`),
  ...OF_BASE.map(({ name }) => name),
];

/**
 * @param season of these quantities, where the caller has it already.
 * @returns a product's own features in the order of `OWN_FEATURE_NAMES`, those in units a week not yet as ratios.
 */
export function ownFeatures(
  known: Known,
  season = pastSeasons(known.quantities, known.quantities.length, known.horizon),
): number[] {
  const { quantities } = known;
  const prepared: Prepared = {
    ...known,
    weeks: quantities.length,
    sorted: new Map(SPREAD_WEEKS.map((weeks) => [weeks, quantities.slice(-weeks).sort()])),
    sizes: sizesOf(quantities),
    recent: variationOf(quantities.subarray(-26)),
    season,
  };
  return OWN.map((feature) => feature.value(prepared));
}

/**
 * Writes what trees see of a product, in the order of `FEATURE_NAMES`, from index `at` on.
 *
 * @param product its features as `ownFeatures` gives them; its levels by running method, in units a week.
 */
export function writeFeatures(
  { features, levels }: { readonly features: ArrayLike<number>; readonly levels: Float64Array },
  base: Base,
  into: Float64Array,
  at: number,
): void {
  let column = at;
  for (const [i, { unit }] of OWN.entries()) {
    into[column++] = unit === "units a week" ? ratioTo(base.level, features[i]!) : features[i]!;
  }
  for (let m = 0; m < levels.length; m++) into[column++] = ratioTo(base.level, levels[m]!);
  for (const feature of OF_BASE) into[column++] = feature.value(base);
}

function ratioTo(level: number, quantity: number): number {
  return quantity === MISSING ? MISSING : Math.min(MOST_RATIO, quantity / level);
}

function unitsAWeek(name: string, value: (known: Prepared) => number): Feature<Prepared> {
  return { name, unit: "units a week", value };
}

function isLongEnough({ weeks }: Prepared, wanted: number): boolean {
  return weeks >= wanted || wanted < SHORT;
}

/** The mean from so many weeks ago on until so many weeks ago, or of all where there are fewer; ≥ 0. */
function meanBetween({ quantities, weeks }: Prepared, from: number, until: number): number {
  const begin = Math.max(0, weeks - from);
  const end = weeks - until;
  let sum = 0;
  for (let i = begin; i < end; i++) sum += quantities[i]!;
  return Math.max(0, sum / (end - begin));
}

function quantileOf({ sorted }: Prepared, weeks: number, probability: number): number {
  return Math.max(0, quantileOfSorted(sorted.get(weeks)!, probability));
}

/** The mean of a past horizon, the last one being block 0. */
function blockMean(known: Prepared, block: number): number {
  const { weeks, horizon } = known;
  const until = block * horizon;
  return weeks - until >= horizon / 2 ? meanBetween(known, until + horizon, until) : MISSING;
}

/** Share of the last so many weeks with demand. */
function activeShare({ quantities, weeks }: Prepared, last: number): number {
  const first = Math.max(0, weeks - last);
  let active = 0;
  for (let i = first; i < weeks; i++) if (quantities[i]! > 0) active++;
  return active / (weeks - first);
}

function weeksSinceDemand({ quantities, weeks }: Prepared): number {
  let since = 0;
  while (since < weeks && quantities[weeks - 1 - since]! <= 0) since++;
  return since;
}
