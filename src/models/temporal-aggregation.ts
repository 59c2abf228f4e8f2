import { demands, meanIntervalWeeks } from "./intermittent.ts";
import type { Model } from "./model.ts";
import { optimalLevel } from "./simple-exponential-smoothing.ts";

/** Range of the smoothing parameter that both methods are usually given. */
const LEAST_ALPHA = 0.1;
const GREATEST_ALPHA = 0.3;

/**
 * Exponential smoothing of sums over as many weeks as there are from one demand to the next, which are rarely zero
 * (Nikolopoulos et al., An Aggregate–Disaggregate Intermittent Demand Approach (ADIDA) to Forecasting, 2011).
 */
export const adida: Model = aggregating("adida", (level) => [level]);

/**
 * The mean of such forecasts over all aggregation levels up to that one (Petropoulos & Kourentzes, Forecast
 * Combinations for Intermittent Demand, 2015).
 */
export const imapa: Model = aggregating("imapa", (level) => Array.from({ length: level }, (_, i) => i + 1));

function aggregating(name: string, levels: (meanInterval: number) => number[]): Model {
  return {
    name,
    leastHistory: 1,
    takes: "demand",
    fit(quantities) {
      const rate = demands(quantities).length === 0 ? 0 : meanRate(quantities, levels(meanIntervalWeeks(quantities)));
      return { predict: (horizon) => new Float64Array(horizon).fill(rate) };
    },
  };
}

function meanRate(quantities: Float64Array, levels: readonly number[]): number {
  const rates = levels.map((weeks) => optimalLevel(sumsOver(quantities, weeks), LEAST_ALPHA, GREATEST_ALPHA) / weeks);
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

/** Sums of `weeks` weeks each up to the last week; the oldest weeks that fill no sum are left out. */
function sumsOver(quantities: Float64Array, weeks: number): Float64Array {
  const count = Math.floor(quantities.length / weeks);
  const first = quantities.length - count * weeks;
  return Float64Array.from({ length: count }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < weeks; k++) sum += quantities[first + i * weeks + k]!;
    return sum;
  });
}
