import { exp, log } from "../numeric/elementary.ts";
import { deviationAbout, quantile } from "../numeric/quantile.ts";

/** A product's mean week counts for the common shock up to so many times what was expected of it. */
const MOST_RATIO = 5;
/** Least variation, in logarithms, of what happens to all products between two origins. */
const LEAST_VARIATION = 0.05;
/** How sure it is, in logarithms, that nothing lasts before anything was seen. */
const DRIFT_DEVIATION = 0.1;
/** So many rows of an origin tell half of what happened after it; the other half is chance. */
const HALF_KNOWN_ROWS = 10;

/** Deviations beyond which a shock is extraordinary, and the least that is, in logarithms. */
const MOST_DEVIATIONS = 3;
const LEAST_EXTRAORDINARY = 0.3;

export interface CommonShock {
  /** What was expected is to be multiplied by it. */
  readonly factor: number;
  /** So far from all others that no interval should be made to hold the like. */
  readonly isExtraordinary: boolean;
}

/**
 * What happened to all products together after each past origin is luck that does not come again: it is taken out of
 * what trees learn from, all but the part that came again and again, which is drawn towards nothing by how uncertain it
 * is (an empirical Bayes estimate; Efron & Morris, Stein's Estimation Rule and Its Competitors, 1973). The middle origin
 * counts, so that a single event far from all others does not last.
 *
 * @param weeksAgo of each row's origin; `weights` how much each counts, whatever its units.
 * @param expected units a week that were expected of each row, and `came` those that came.
 * @returns by weeks ago.
 */
export function commonShocks(
  weeksAgo: ArrayLike<number>,
  weights: ArrayLike<number>,
  expected: Float64Array,
  came: Float64Array,
  horizon: number,
): Map<number, CommonShock> {
  const totals = new Map<number, { came: number; expected: number; rows: number }>();
  for (let i = 0; i < expected.length; i++) {
    const total = totals.get(weeksAgo[i]!) ?? { came: 0, expected: 0, rows: 0 };
    total.came += weights[i]! * Math.min(MOST_RATIO, came[i]! / expected[i]!);
    total.expected += weights[i]!;
    total.rows++;
    totals.set(weeksAgo[i]!, total);
  }
  if (totals.size === 0) return new Map();
  const shocks = Array.from(totals, ([weeks, { came, expected, rows }]) => ({
    weeks,
    // Products of which nothing was sold for a year have no weight, and tell nothing.
    shock: expected === 0 ? 0 : (log(Math.max(came, 0.01 * expected) / expected) * rows) / (rows + HALF_KNOWN_ROWS),
  }));
  const values = Float64Array.from(shocks, ({ shock }) => shock);
  const middle = quantile(values, 0.5);
  const deviation = Math.max(LEAST_VARIATION, deviationAbout(values, middle));
  const weeks = shocks.map((shock) => shock.weeks);
  // Horizons of neighbouring origins overlap: so many of them would lie side by side in the same time.
  const apart = (horizon + Math.max(...weeks) - Math.min(...weeks)) / horizon;
  const variance = (deviation * deviation) / apart;
  const trust = (DRIFT_DEVIATION * DRIFT_DEVIATION) / (DRIFT_DEVIATION * DRIFT_DEVIATION + variance);
  const lasting = trust * middle;
  const usual = Math.max(LEAST_EXTRAORDINARY, MOST_DEVIATIONS * deviation);
  return new Map(
    shocks.map(({ weeks: ago, shock }) => [
      ago,
      { factor: exp(shock - lasting), isExtraordinary: Math.abs(shock - middle) > usual },
    ]),
  );
}
