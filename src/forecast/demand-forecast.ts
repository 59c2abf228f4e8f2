import type { Break } from "../breaks/finding.ts";
import { RUNNING_METHODS } from "../demand/running-levels.ts";
import type { ProductPast } from "../learning/as-of.ts";
import type { Reason } from "../learning/reasons.ts";
import type { Intervals } from "./interval.ts";

export interface DemandForecast {
  /** Shares of the methods that the level is combined from, the largest first. */
  readonly weights: readonly MethodWeight[];
  /** Expected units of each week of the horizon, not negative. */
  readonly mean: Float64Array;
  readonly intervals: Intervals;
  /** 1 less the error that is expected of the horizon's total, as a share of what is sold, 0 to 1; null where it is not known. */
  readonly accuracyEstimate: number | null;
  readonly explanation: DemandExplanation;
  /** What is known of the history that it was made from. */
  readonly past: ProductPast;
}

/** Why the total of the horizon is what it is, in units. */
export interface DemandExplanation {
  /** They add up to the total: what it would be without those behind, and what each of these adds. */
  readonly parts: readonly (readonly [kind: PartKind, units: number])[];
  /** What moved the trees' correction from that of all products on average. */
  readonly reasons: readonly (readonly [Reason, units: number])[];
}

export type PartKind =
  | "level"
  | "market-season"
  | "product-season"
  | "momentum"
  | "correction"
  | "closing"
  | "yearly-order";

/** The forecast of a history that was put right first. */
export interface PutRightForecast extends DemandForecast {
  readonly breaks: readonly Break[];
  readonly isPutRight: boolean;
}

export interface MethodWeight {
  readonly method: string;
  readonly weight: number;
}

const LEAST_NAMED_WEIGHT = 0.05;

/** @param weights in the order of `RUNNING_METHODS`. */
export function methodWeights(weights: Float64Array): MethodWeight[] {
  return RUNNING_METHODS.map(({ name: method }, m) => ({ method, weight: weights[m]! }))
    .filter(({ weight }) => weight >= LEAST_NAMED_WEIGHT)
    .sort((a, b) => b.weight - a.weight);
}
