/** Adds weekly series of two lengths that end at the same week. */
export function addAligned(series: Float64Array, more: Float64Array): Float64Array {
  const [longer, shorter] = series.length >= more.length ? [series.slice(), more] : [more.slice(), series];
  const shift = longer.length - shorter.length;
  for (let i = 0; i < shorter.length; i++) longer[shift + i]! += shorter[i]!;
  return longer;
}

/**
 * What a product adds to the pooled series: it counts by the root of its total, so that neither the largest product alone
 * nor the many small ones decide.
 *
 * @param quantities net units a week, oldest first.
 * @returns a series of the same length; an empty one where nothing was sold.
 */
export function weighted(quantities: Float64Array): Float64Array {
  let total = 0;
  for (const quantity of quantities) total += Math.max(0, quantity);
  const weight = 1 / Math.sqrt(total);
  return total === 0 ? new Float64Array() : quantities.map((quantity) => quantity * weight);
}
