import { exp, log } from "../numeric/elementary.ts";

/** A product's mean week counts for the market up to so many times its scale. */
const MOST_RATIO = 20;
/** Least variation, in logarithms, of what happens to the whole market between two origins. */
const LEAST_VARIATION = 0.05;
/** What is expected to last before anything was seen, in logarithms, and how sure that is: what sold well sells less. */
const EXPECTED_DRIFT = -0.05;
const DRIFT_DEVIATION = 0.1;

/**
 * What happened to all products together after each past origin is luck that does not come again: it is taken out of
 * what trees learn from, all but the part that came again and again, which is drawn towards nothing by how uncertain it
 * is (an empirical Bayes estimate; Efron & Morris, Stein's Estimation Rule and Its Competitors, 1973).
 *
 * @param weeksAgo of each row's origin; `scales` and `targets` in units a week.
 * @returns by weeks ago, the factor that scales are to be multiplied by.
 */
export function marketShocks(
  weeksAgo: ArrayLike<number>,
  scales: Float64Array,
  targets: Float64Array,
  horizon: number,
): Map<number, number> {
  const sums = new Map<number, { actual: number; expected: number }>();
  for (let i = 0; i < scales.length; i++) {
    const sum = sums.get(weeksAgo[i]!) ?? { actual: 0, expected: 0 };
    sum.actual += Math.min(targets[i]!, MOST_RATIO * scales[i]!);
    sum.expected += scales[i]!;
    sums.set(weeksAgo[i]!, sum);
  }
  const shocks = Array.from(sums, ([weeks, { actual, expected }]) => ({
    weeks,
    shock: log(Math.max(actual, 0.01 * expected) / expected),
  }));
  const lasting = lastingShock(shocks, horizon);
  return new Map(shocks.map(({ weeks, shock }) => [weeks, exp(shock - lasting)]));
}

function lastingShock(shocks: readonly { weeks: number; shock: number }[], horizon: number): number {
  const mean = shocks.reduce((sum, { shock }) => sum + shock, 0) / shocks.length;
  const squares = shocks.reduce((sum, { shock }) => sum + (shock - mean) * (shock - mean), 0);
  const variance = Math.max(LEAST_VARIATION * LEAST_VARIATION, squares / Math.max(1, shocks.length - 1));
  const weeks = shocks.map((shock) => shock.weeks);
  // Horizons overlap: so many of them would not.
  const apart = (horizon + Math.max(...weeks) - Math.min(...weeks)) / horizon;
  const trust = (DRIFT_DEVIATION * DRIFT_DEVIATION) / (DRIFT_DEVIATION * DRIFT_DEVIATION + variance / apart);
  return EXPECTED_DRIFT + trust * (mean - EXPECTED_DRIFT);
}
