import { WEEKS_PER_YEAR } from "../history/calendar.ts";
import { mean } from "../numeric/sum.ts";
import { combinationWeights, type OwnLosses, ownLosses } from "./combination.ts";
import { DEMAND_CLASSES, demandClass } from "./demand-class.ts";
import { runningLevels } from "./running-levels.ts";
import { type PastSeasons, pastSeasons } from "./season.ts";
import { sizesOf } from "./week-statistics.ts";

/** What a product's level and season at an origin are made from. Quantities are net units a week. */
export interface LevelBasis {
  /** One level for each running method, in the order of `RUNNING_METHODS`. */
  readonly levels: Float64Array;
  readonly own: OwnLosses;
  /** Index into `DEMAND_CLASSES`. */
  readonly demandClass: number;
  readonly season: PastSeasons;
  /** Mean of the whole history, ≥ 0. */
  readonly mean: number;
  /** Mean of the last 52 weeks at most, ≥ 0. */
  readonly mean52: number;
  /** Mean of the last weeks with demand, > 0: what the product's quantities are measured in. */
  readonly size: number;
}

/** A product's demand as it was known at past origins, which share what one pass over its history gives. */
export class PastDemand {
  readonly #quantities: Float64Array;
  readonly #levels: Float64Array[];
  readonly #horizon: number;

  /** @param quantities net units a week, oldest first; `horizon` in weeks. */
  constructor(quantities: Float64Array, horizon: number) {
    this.#quantities = quantities;
    this.#levels = runningLevels(quantities);
    this.#horizon = horizon;
  }

  /** @param end weeks of history known at the origin, at least one. */
  basisAt(end: number): LevelBasis {
    const known = this.#quantities.subarray(0, end);
    return {
      levels: Float64Array.from(this.#levels, (levels) => levels[end]!),
      own: ownLosses(known, this.#levels, end, this.#horizon),
      demandClass: DEMAND_CLASSES.indexOf(demandClass(known)),
      season: pastSeasons(known, end, this.#horizon),
      mean: netMean(known),
      mean52: netMean(known.subarray(-WEEKS_PER_YEAR)),
      size: sizesOf(known).mean || 1,
    };
  }
}

/** Shares of older means below which a level does not fall: a product that was sold is not expected never to sell again. */
const LEAST_OF_YEAR = 0.05;
const LEAST_OF_ALL = 0.02;
const LEAST_OF_SIZE = 1e-3;

/**
 * @param ofClass relative loss of each running method over products of the same class.
 * @returns units a week: the combination of the running methods.
 */
export function levelOf({ levels, own, mean, mean52, size }: LevelBasis, ofClass: Float64Array): number {
  const weights = combinationWeights(own, ofClass);
  let level = 0;
  for (let m = 0; m < levels.length; m++) level += weights[m]! * levels[m]!;
  return Math.max(level, LEAST_OF_YEAR * mean52, LEAST_OF_ALL * mean, LEAST_OF_SIZE * size);
}

/** Mean of net units a week; zero where more was returned than sold. */
export function netMean(quantities: Float64Array): number {
  return Math.max(0, mean(quantities));
}
