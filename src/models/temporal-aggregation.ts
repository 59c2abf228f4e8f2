import { constant, type Model } from "./model.ts";
import { optimalLevel } from "./simple-exponential-smoothing.ts";

/** Range of the smoothing parameter that both methods are usually given. */
const ALPHAS = [0.1, 0.2, 0.3];

/**
 * Exponential smoothing of sums over as many weeks as there are from one demand to the next, which are rarely zero
 * (Nikolopoulos et al., An Aggregate–Disaggregate Intermittent Demand Approach (ADIDA) to Forecasting, 2011).
 */
export const adida: Model = aggregating("adida", aggregateRate);

/**
 * The mean of such forecasts over all aggregation levels up to that one (Petropoulos & Kourentzes, Forecast
 * Combinations for Intermittent Demand, 2015).
 */
export const imapa: Model = aggregating("imapa", (quantities, meanInterval) => {
  let sum = 0;
  for (let weeks = 1; weeks <= meanInterval; weeks++) sum += aggregateRate(quantities, weeks);
  return sum / meanInterval;
});

function aggregating(name: string, rate: (quantities: Float64Array, meanInterval: number) => number): Model {
  return {
    name,
    leastHistory: 1,
    takes: "demand",
    fit(quantities) {
      const interval = meanInterval(quantities);
      return constant(interval === 0 ? 0 : rate(quantities, interval));
    },
  };
}

/**
 * Mean of the weeks from one week with demand to the next, the first counted from the beginning, as a whole number of
 * weeks; halves go to the even one. Zero where there is no demand.
 */
function meanInterval(quantities: Float64Array): number {
  let demands = 0;
  let lastDemand = -1;
  for (let t = 0; t < quantities.length; t++) {
    if (quantities[t] === 0) continue;
    demands++;
    lastDemand = t;
  }
  if (demands === 0) return 0;
  const mean = (lastDemand + 1) / demands;
  const below = Math.floor(mean);
  if (mean - below !== 0.5) return Math.round(mean);
  return below % 2 === 0 ? below : below + 1;
}

/** The smoothed sum of `weeks` weeks up to the last week, a week; the oldest weeks that fill no sum are left out. */
function aggregateRate(quantities: Float64Array, weeks: number): number {
  if (weeks === 1) return optimalLevel(quantities, ALPHAS);
  const sums = new Float64Array(Math.floor(quantities.length / weeks));
  let t = quantities.length - sums.length * weeks;
  for (let i = 0; i < sums.length; i++) {
    let sum = 0;
    for (const end = t + weeks; t < end; t++) sum += quantities[t]!;
    sums[i] = sum;
  }
  return optimalLevel(sums, ALPHAS) / weeks;
}
