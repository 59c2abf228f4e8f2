/**
 * The quantile of a sample by linear interpolation (type 7 of Hyndman & Fan, Sample Quantiles in Statistical Packages,
 * 1996).
 *
 * @param values at least one, in any order.
 * @param probability 0 to 1.
 */
export function quantile(values: Float64Array, probability: number): number {
  return quantileOfSorted(values.toSorted(), probability);
}

/** The same of values in ascending order. */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const lower = sorted[below]!;
  const upper = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return lower + (position - below) * (upper - lower);
}

/**
 * Pinball loss of one quantile forecast, which the true quantile minimises in expectation (Koenker & Bassett, Regression
 * Quantiles, 1978).
 */
export function pinballLoss(actual: number, forecast: number, probability: number): number {
  const error = actual - forecast;
  return error >= 0 ? probability * error : (probability - 1) * error;
}

/**
 * Interval score of a central interval: its width, and a penalty for what lies outside (Gneiting & Raftery, Strictly
 * Proper Scoring Rules, 2007, section 6.2).
 *
 * @param level share of outcomes that shall lie within.
 */
export function intervalScore(actual: number, lower: number, upper: number, level: number): number {
  const penalty = 2 / (1 - level);
  return upper - lower + penalty * (Math.max(0, lower - actual) + Math.max(0, actual - upper));
}
