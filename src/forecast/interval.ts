import { sum } from "../accuracy/error.ts";
import { quantile } from "../accuracy/quantile.ts";
import type { HeldOut } from "./held-out.ts";

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** Central intervals around a forecast: one a week, and one for the total of the horizon. */
export interface Intervals {
  readonly weeks: readonly Interval[];
  readonly total: Interval;
}

/**
 * Intervals from the errors at held-out origins: for the weeks the quantiles of all their errors, for the total the
 * quantile of the absolute errors of the totals on either side (the split conformal interval of Vovk et al.,
 * Algorithmic Learning in a Random World, 2005, without its finite-sample correction).
 *
 * @param level share of outcomes that shall lie within, 0 to 1.
 * @param heldOut at least one.
 */
export function intervalsFromErrors(mean: Float64Array, heldOut: readonly HeldOut[], level: number): Intervals {
  const errors = Float64Array.from(
    heldOut.flatMap(({ actual, forecast }) => Array.from(actual, (quantity, k) => quantity - forecast[k]!)),
  );
  const low = quantile(errors, (1 - level) / 2);
  const high = quantile(errors, (1 + level) / 2);
  const totalErrors = heldOut.map(({ actual, forecast }) => Math.abs(sum(actual) - sum(forecast)));
  const margin = quantile(Float64Array.from(totalErrors), level);
  const total = sum(mean);
  return {
    weeks: Array.from(mean, (quantity) => around(quantity, quantity + low, quantity + high)),
    total: around(total, total - margin, total + margin),
  };
}

/**
 * Intervals where no origin can be held out: the quantiles of the weeks there are, and for the total the same spread as
 * if the weeks were independent.
 */
export function intervalsFromHistory(mean: Float64Array, quantities: Float64Array, level: number): Intervals {
  const low = quantile(quantities, (1 - level) / 2);
  const high = quantile(quantities, (1 + level) / 2);
  const weeks = Array.from(mean, (quantity) => around(quantity, low, high));
  const margin = (Math.sqrt(mean.length) * (high - low)) / 2;
  const total = sum(mean);
  return { weeks, total: around(total, total - margin, total + margin) };
}

function around(quantity: number, lower: number, upper: number): Interval {
  return { lower: Math.max(0, Math.min(lower, quantity)), upper: Math.max(upper, quantity) };
}
