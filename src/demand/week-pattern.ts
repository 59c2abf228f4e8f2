import { WEEKS_PER_YEAR } from "../history/calendar.ts";
import { netMean } from "./level.ts";

/** A flat pattern counts as much as this many past years of the product. */
const FLAT_YEARS = 4;
/** Weeks on either side that a week of a product is averaged with: a season is smooth, the noise is not. */
const SMOOTHING_WEEKS = 5;
/** A week in which all products together sold less than this share of the mean week is one in which they all but rested. */
const REST_SHARE = 0.5;
const LEAST_SHARE = 0.1;

/**
 * How demand spreads over the weeks of the horizon by past years: a product's own season, smoothed and drawn towards none,
 * and the weeks in which all products rest, as at New Year.
 *
 * @param quantities net units a week of the product up to the origin; `series` those of all products together.
 * @returns one factor a week, with a mean of one.
 */
export function weekPattern(quantities: Float64Array, series: Float64Array, horizon: number): Float64Array {
  const own = pastWeeks(quantities, horizon, SMOOTHING_WEEKS);
  const pooled = pastWeeks(series, horizon, 0);
  const ownShare = own.mean > 0 ? own.years / (own.years + FLAT_YEARS) : 0;
  const pattern = Float64Array.from({ length: horizon }, (_, k) => {
    const season = ownShare === 0 ? 1 : (ownShare * own.weeks[k]!) / own.mean + 1 - ownShare;
    const share = pooled.mean > 0 ? pooled.weeks[k]! / pooled.mean : 1;
    return season * (share < REST_SHARE ? Math.max(LEAST_SHARE, share) : 1);
  });
  const mean = netMean(pattern);
  return pattern.map((factor) => factor / mean);
}

/** Demand in the weeks of the horizon, added up over past years. */
function pastWeeks(quantities: Float64Array, horizon: number, smoothing: number) {
  const weeks = new Float64Array(horizon);
  let years = 0;
  for (let start = quantities.length - WEEKS_PER_YEAR; start >= 0; start -= WEEKS_PER_YEAR) {
    years++;
    for (let k = 0; k < horizon; k++) {
      const begin = Math.max(0, start + k - smoothing);
      const end = Math.min(quantities.length, start + k + smoothing + 1);
      let sum = 0;
      for (let i = begin; i < end; i++) sum += Math.max(0, quantities[i]!);
      weeks[k]! += sum / (end - begin);
    }
  }
  return { years, weeks, mean: netMean(weeks) };
}
