/** The methods whose level after every week costs one pass, so that all past origins of a product come for free. */
export const RUNNING_METHODS = [
  "mean8",
  "mean13",
  "mean26",
  "mean52",
  "ses0.05",
  "ses0.1",
  "ses0.2",
  "ses0.3",
  "tsb",
] as const;

const MEAN_WEEKS = [8, 13, 26, 52];
const ALPHAS = [0.05, 0.1, 0.2, 0.3];
const TSB_ALPHA = 0.1;

/**
 * Levels after every week: means of the last weeks, or of all where there are fewer; exponentially weighted means, whose
 * weights add up to one from the first week on (simple exponential smoothing without an initial level); and Teunter,
 * Syntetos and Babai's method. Weeks of more returns than sales count as zero, except in the means.
 *
 * @param quantities net units a week, oldest first, length n.
 * @returns by method, in the order of `RUNNING_METHODS`: length n + 1, entry t from the first t weeks, ≥ 0; entry 0 is 0.
 */
export function runningLevels(quantities: Float64Array): Float64Array[] {
  return [
    ...runningMeans(quantities),
    ...ALPHAS.map((alpha) => runningExponentialMean(quantities, alpha)),
    runningTsb(quantities),
  ];
}

function runningMeans(quantities: Float64Array): Float64Array[] {
  const sums = new Float64Array(quantities.length + 1);
  for (let t = 0; t < quantities.length; t++) sums[t + 1] = sums[t]! + quantities[t]!;
  return MEAN_WEEKS.map((most) => {
    const levels = new Float64Array(sums.length);
    for (let t = 1; t < sums.length; t++) {
      const weeks = Math.min(most, t);
      levels[t] = Math.max(0, (sums[t]! - sums[t - weeks]!) / weeks);
    }
    return levels;
  });
}

function runningExponentialMean(quantities: Float64Array, alpha: number): Float64Array {
  const levels = new Float64Array(quantities.length + 1);
  let sum = 0;
  let weights = 0;
  for (let t = 1; t < levels.length; t++) {
    sum += alpha * (Math.max(0, quantities[t - 1]!) - sum);
    weights += alpha * (1 - weights);
    levels[t] = sum / weights;
  }
  return levels;
}

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
