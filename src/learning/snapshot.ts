import { DEMAND_CLASSES, demandClass } from "../demand/demand-class.ts";
import { runningLevels } from "../demand/running-levels.ts";
import { combinationWeights, type OwnLosses, ownLosses } from "../demand/combination.ts";
import type { CustomerFacts } from "./customer-facts.ts";
import { ownFeatures } from "./features.ts";
import { type SeasonSums, seasonSums } from "../demand/season.ts";

/** What a product's level at an origin is made from. Quantities are net units a week. */
export interface LevelBasis {
  /** Level by each running method. */
  readonly levels: Float64Array;
  readonly own: OwnLosses;
  /** Index into `DEMAND_CLASSES`. */
  readonly demandClass: number;
  readonly season: SeasonSums;
  /** Of the whole history, ≥ 0. */
  readonly mean: number;
  /** Of the last 52 weeks at most, ≥ 0. */
  readonly mean52: number;
}

/** What is known of a product at an origin, in numbers. */
export interface Snapshot extends LevelBasis {
  /** In the order of `QUANTITY_FEATURES`, then `OTHER_FEATURES`. */
  readonly features: ArrayLike<number>;
}

export interface SnapshotOptions {
  readonly horizon: number;
  /** Share of outcomes below the interval, and above it. */
  readonly tails: number;
}

/** A product as it was known at past origins, which share what one pass over its history gives. */
export class PastSnapshots {
  readonly #quantities: Float64Array;
  readonly #levels: Float64Array[];
  readonly #options: SnapshotOptions;

  /** @param quantities net units a week, oldest first. */
  constructor(quantities: Float64Array, options: SnapshotOptions) {
    this.#quantities = quantities;
    this.#levels = runningLevels(quantities);
    this.#options = options;
  }

  /** @param end weeks of history known at the origin, at least one; `customers` as known then. */
  at(end: number, customers: CustomerFacts): Snapshot {
    const { horizon, tails } = this.#options;
    const features = ownFeatures(this.#quantities.subarray(0, end), horizon, tails, customers);
    return { ...this.basisAt(end), features };
  }

  basisAt(end: number): LevelBasis {
    const { horizon } = this.#options;
    const known = this.#quantities.subarray(0, end);
    return {
      levels: Float64Array.from(this.#levels, (levels) => levels[end]!),
      own: ownLosses(known, this.#levels, end, horizon),
      demandClass: DEMAND_CLASSES.indexOf(demandClass(known)),
      season: seasonSums(known, end, horizon),
      mean: meanOf(known),
      mean52: meanOf(known.subarray(-52)),
    };
  }
}

/** Shares of older means below which a level does not fall: a product that was sold is not expected never to sell again. */
const LEAST_OF_YEAR = 0.05;
const LEAST_OF_ALL = 0.02;
const LEAST_LEVEL = 1e-3;

/** Units a week of the combination of the running methods: what a product is measured by. */
export function levelOf({ levels, own, mean, mean52 }: LevelBasis, ofClass: Float64Array): number {
  const weights = combinationWeights(own, ofClass);
  let level = 0;
  for (let m = 0; m < levels.length; m++) level += weights[m]! * levels[m]!;
  return Math.max(level, LEAST_OF_YEAR * mean52, LEAST_OF_ALL * mean, LEAST_LEVEL);
}

/** Units a week, ≥ 0. */
export function meanOf(quantities: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < quantities.length; i++) sum += quantities[i]!;
  return Math.max(0, sum / quantities.length);
}
