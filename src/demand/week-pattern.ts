import { sameWeeksBefore } from "../history/calendar.ts";
import { netMean } from "./level.ts";

/** A flat pattern counts as much as this many past years of the product. */
const FLAT_YEARS = 4;
/** Weeks on either side that a week of a product is averaged with: a season is smooth, the noise is not. */
const SMOOTHING_WEEKS = 5;

/**
 * How demand spreads over the weeks of the horizon by past years: a product's own season, smoothed and drawn towards none
 * unless it is clear, and the weeks in which all products rest.
 *
 * @param quantities demand of the product a week up to the origin, like that of all products now; `clear` how far its season stands alone, 0 to 1.
 * @param open share of a week in which orders are taken, one number for each week of the horizon.
 * @param first so many weeks have a mean of one.
 * @returns one factor a week.
 */
export function weekPattern(quantities: Float64Array, clear: number, ofAll: Float64Array, first: number): Float64Array {
  const horizon = ofAll.length;
  const smooth = pastWeeks(quantities, horizon, SMOOTHING_WEEKS, first);
  const sharp = pastWeeks(quantities, horizon, 0, first);
  const ownShare = smooth.mean > 0 ? smooth.years / (smooth.years + FLAT_YEARS) : 0;
  const clearness = sharp.mean > 0 ? clear : 0;
  const pattern = ofAll.map((factor, k) => {
    const drawn = ownShare === 0 ? 1 : (ownShare * smooth.weeks[k]!) / smooth.mean + 1 - ownShare;
    const ofYears = clearness === 0 ? 0 : (clearness * sharp.weeks[k]!) / sharp.mean;
    return factor * (ofYears + (1 - clearness) * drawn);
  });
  const mean = netMean(pattern.subarray(0, first));
  return mean > 0 ? pattern.map((share) => share / mean) : pattern.fill(1);
}

/** Demand in the weeks of the horizon, added up over past years. */
function pastWeeks(quantities: Float64Array, horizon: number, smoothing: number, first: number) {
  const weeks = new Float64Array(horizon);
  const starts = sameWeeksBefore(quantities.length, 0);
  for (const start of starts) {
    for (let k = 0; k < horizon; k++) {
      const begin = Math.max(0, start + k - smoothing);
      const end = Math.min(quantities.length, start + k + smoothing + 1);
      let sum = 0;
      for (let i = begin; i < end; i++) sum += Math.max(0, quantities[i]!);
      weeks[k]! += sum / (end - begin);
    }
  }
  return { years: starts.length, weeks, mean: netMean(weeks.subarray(0, first)) };
}
