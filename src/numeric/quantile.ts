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

/** A median absolute deviation in standard deviations of the normal distribution. */
const DEVIATIONS = 1.4826;

/** The standard deviation about a centre as far as most values tell: by the median of their distances. */
export function deviationAbout(values: Float64Array, center: number): number {
  return (
    DEVIATIONS *
    quantile(
      values.map((value) => Math.abs(value - center)),
      0.5,
    )
  );
}
