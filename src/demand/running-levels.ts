/** A method whose level after every week costs one pass, so that all past origins of a product come for free. */
export interface RunningMethod {
  readonly name: string;
  /**
   * @param quantities net units a week, oldest first, length n.
   * @param sums length n + 1: entry t is what the first t weeks come to.
   * @returns length n + 1: entry t is the level in units a week from the first t weeks, ≥ 0; entry 0 is 0.
   */
  levels(quantities: Float64Array, sums: Float64Array): Float64Array;
}

const MEAN_WEEKS = [8, 13, 26, 52];
const ALPHAS = [0.05, 0.1, 0.2, 0.3];
const TSB_ALPHA = 0.1;

/** The methods that a product's level is combined from. Weeks of more returns than sales count as zero, but in means. */
export const RUNNING_METHODS: readonly RunningMethod[] = [
  ...MEAN_WEEKS.map(runningMean),
  ...ALPHAS.map(runningExponentialMean),
  { name: "tsb", levels: runningTsb },
];

/** @returns the levels by method, in the order of `RUNNING_METHODS`. */
export function runningLevels(quantities: Float64Array): Float64Array[] {
  const sums = new Float64Array(quantities.length + 1);
  for (let t = 0; t < quantities.length; t++) sums[t + 1] = sums[t]! + quantities[t]!;
  return RUNNING_METHODS.map((method) => method.levels(quantities, sums));
}

/** The mean of the last weeks, or of all where there are fewer. */
function runningMean(most: number): RunningMethod {
  return {
    name: `mean${most}`,
    levels(_quantities, sums) {
      const levels = new Float64Array(sums.length);
      for (let t = 1; t < sums.length; t++) {
        const weeks = Math.min(most, t);
        levels[t] = Math.max(0, (sums[t]! - sums[t - weeks]!) / weeks);
      }
      return levels;
    },
  };
}

/**
 * An exponentially weighted mean whose weights add up to one from the first week on: simple exponential smoothing without an
 * initial level.
 */
function runningExponentialMean(alpha: number): RunningMethod {
  return {
    name: `ses${alpha}`,
    levels(quantities) {
      const levels = new Float64Array(quantities.length + 1);
      let sum = 0;
      let weights = 0;
      for (let t = 1; t < levels.length; t++) {
        sum += alpha * (Math.max(0, quantities[t - 1]!) - sum);
        weights += alpha * (1 - weights);
        levels[t] = sum / weights;
      }
      return levels;
    },
  };
}

/** Smoothed probability of demand times its smoothed size, as in `models/tsb.ts`. */
function runningTsb(quantities: Float64Array): Float64Array {
  const levels = new Float64Array(quantities.length + 1);
  let size = 0;
  let probability = 0;
  for (let t = 1; t < levels.length; t++) {
    const quantity = quantities[t - 1]!;
    const occurs = quantity > 0 ? 1 : 0;
    probability = t === 1 ? occurs : probability + TSB_ALPHA * (occurs - probability);
    if (occurs) size = size === 0 ? quantity : size + TSB_ALPHA * (quantity - size);
    levels[t] = size * probability;
  }
  return levels;
}
