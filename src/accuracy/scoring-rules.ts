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
