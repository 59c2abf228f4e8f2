import { exp, log } from "../numeric/elementary.ts";
import { deviationAbout, quantile } from "../numeric/quantile.ts";
import { LEARNED_WEEKS } from "./as-of.ts";
import type { TrainingRow } from "./training-rows.ts";

/** A product's mean week counts for the common shock up to so many times what was expected of it. */
const MOST_RATIO = 5;
/** Less than this share of what was expected counts as so much. */
const LEAST_SHOCK = 0.01;
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

/** What of a row tells what happened: when its origin was, how much it counts, and for how long the product was sold after it. */
type ShockedRow = Pick<TrainingRow, "weeksAgo" | "activeWeeks" | "soldFor">;

/**
 * What happened to all products together after each past origin is luck that does not come again: it is taken out of
 * what trees learn from, all but the part that came again and again, which is drawn towards nothing by how uncertain it
 * is (an empirical Bayes estimate; Efron & Morris, Stein's Estimation Rule and Its Competitors, 1973). The middle origin
 * counts, so that a single event far from all others does not last. Origins are compared like for like, by products that were sold
 * throughout: that some were dropped happened to these alone.
 *
 * @param expected units a week that were expected of each row, and `came` those that came.
 * @returns by weeks ago.
 */
export function commonShocks(
  rows: readonly ShockedRow[],
  expected: Float64Array,
  came: Float64Array,
  horizon: number,
): Map<number, CommonShock> {
  const origins = new Map<number, { all: Came; kept: Came }>();
  for (const [i, { weeksAgo, activeWeeks, soldFor }] of rows.entries()) {
    const origin = origins.get(weeksAgo) ?? { all: new Came(), kept: new Came() };
    const ratio = Math.min(MOST_RATIO, came[i]! / expected[i]!);
    origin.all.add(ratio, activeWeeks);
    if (soldFor === LEARNED_WEEKS) origin.kept.add(ratio, activeWeeks);
    origins.set(weeksAgo, origin);
  }
  if (origins.size === 0) return new Map();
  const weeks = [...origins.keys()];
  const kept = Float64Array.from(origins.values(), (origin) => origin.kept.shock());
  const middle = quantile(kept, 0.5);
  const drift = quantile(
    Float64Array.from(origins.values(), (origin) => origin.all.shock()),
    0.5,
  );
  const deviation = Math.max(LEAST_VARIATION, deviationAbout(kept, middle));
  // Horizons of neighbouring origins overlap: so many of them would lie side by side in the same time.
  const apart = (horizon + Math.max(...weeks) - Math.min(...weeks)) / horizon;
  const variance = (deviation * deviation) / apart;
  const trust = (DRIFT_DEVIATION * DRIFT_DEVIATION) / (DRIFT_DEVIATION * DRIFT_DEVIATION + variance);
  const usual = Math.max(LEAST_EXTRAORDINARY, MOST_DEVIATIONS * deviation);
  return new Map(
    weeks.map((ago, i) => {
      const shock = kept[i]! - middle;
      return [ago, { factor: exp(shock + (1 - trust) * drift), isExtraordinary: Math.abs(shock) > usual }];
    }),
  );
}

/** What came of some rows of an origin, in what was expected of them. */
class Came {
  #came = 0;
  #weights = 0;
  #rows = 0;

  add(ratio: number, weight: number): void {
    this.#came += weight * ratio;
    this.#weights += weight;
    this.#rows++;
  }

  /** As a logarithm, drawn towards nothing where rows are few. Products of which nothing was sold for a year tell nothing. */
  shock(): number {
    if (this.#weights === 0) return 0;
    return (log(Math.max(LEAST_SHOCK, this.#came / this.#weights)) * this.#rows) / (this.#rows + HALF_KNOWN_ROWS);
  }
}
