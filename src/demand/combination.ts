import { DEMAND_CLASSES } from "./demand-class.ts";
import { RUNNING_METHODS } from "./running-levels.ts";

/** Errors of the running methods at a product's own past origins. */
export interface OwnLosses {
  /** Absolute errors of the mean week, added up, relative to the mean actual; one number a method. */
  readonly losses: Float64Array;
  /** Number of past origins; zero where nothing was sold after any. */
  readonly originCount: number;
}

const MOST_ORIGINS = 8;
const WEEKS_BETWEEN_ORIGINS = 4;
const LEAST_WEEKS = 8;
/** What works for the class counts as much as this many past origins of the product. */
const CLASS_WEIGHT = 16;

/**
 * What each method's error was at past origins of the product, from what was known then.
 *
 * @param levels of `runningLevels`.
 * @param end weeks of the product that are known.
 */
export function ownLosses(
  quantities: Float64Array,
  levels: readonly Float64Array[],
  end: number,
  horizon: number,
): OwnLosses {
  const losses = new Float64Array(levels.length);
  let originCount = 0;
  let actuals = 0;
  for (let t = end - horizon; t >= LEAST_WEEKS && originCount < MOST_ORIGINS; t -= WEEKS_BETWEEN_ORIGINS) {
    let sum = 0;
    for (let k = t; k < t + horizon; k++) sum += quantities[k]!;
    const actual = Math.max(0, sum / horizon);
    for (let m = 0; m < losses.length; m++) losses[m]! += Math.abs(actual - levels[m]![t]!);
    actuals += actual;
    originCount++;
  }
  if (actuals === 0) return { losses: losses.fill(0), originCount: 0 };
  for (let m = 0; m < losses.length; m++) losses[m]! *= originCount / actuals;
  return { losses, originCount };
}

/**
 * Weights of the methods for one product: the smaller the loss at its past origins, drawn towards the loss in its class,
 * the more weight (a combination by inverse loss, Bates & Granger, The Combination of Forecasts, 1969). A single series
 * is too short to choose by itself.
 *
 * @param ofClass relative loss of each method over products of the same class.
 * @returns weights that add up to one.
 */
export function combinationWeights({ losses, originCount }: OwnLosses, ofClass: Float64Array): Float64Array {
  const shrunk = losses.map((loss, m) =>
    Math.max(1e-6, (loss + CLASS_WEIGHT * ofClass[m]!) / (originCount + CLASS_WEIGHT)),
  );
  const least = shrunk.reduce((smaller, loss) => Math.min(smaller, loss));
  const weights = shrunk.map((loss) => {
    const ratio = least / loss;
    // The eighth power of the inverse loss.
    const fourth = ratio * ratio * ratio * ratio;
    return fourth * fourth;
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** What nothing is known of: all methods alike. */
export function equalLosses(): Float64Array {
  return new Float64Array(RUNNING_METHODS.length).fill(1);
}

/** Losses by demand class with which one method has all the weight. */
export function lossesOfOne(method: string): Float64Array[] {
  const losses = Float64Array.from(RUNNING_METHODS, ({ name }) => (name === method ? 1e-6 : 1e6));
  return DEMAND_CLASSES.map(() => losses);
}
