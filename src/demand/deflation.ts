/** Weeks on either side that a week in which no orders were taken is filled from. */
const NEIGHBOURS = 4;

/**
 * A product's demand as if all products together had always sold as in the index's unit: what happened to all of them is
 * taken out, and a week in which nobody took orders is filled with what the product sold around it.
 *
 * @param quantities net units a week, oldest first.
 * @param index of all products, whose last week is that of `quantities`; zero for a week without orders of anybody.
 * @returns an array of the same length; weeks before the index begins are taken like its first ones.
 */
export function deflated(quantities: Float64Array, index: Float64Array): Float64Array {
  const shift = index.length - quantities.length;
  const values = new Float64Array(quantities.length);
  for (let t = 0; t < values.length; t++) values[t] = quantities[t]! / levelAt(index, t + shift);
  return filled(values);
}

/** A product's demand in which a week without orders of anybody is filled with what the product sold around it. */
export function withoutRests(quantities: Float64Array, index: Float64Array): Float64Array {
  if (!index.includes(0)) return quantities;
  const shift = index.length - quantities.length;
  return filled(quantities.map((quantity, t) => (levelAt(index, t + shift) === 0 ? Number.NaN : quantity)));
}

/** One where nothing is known of the market. */
function levelAt(index: Float64Array, week: number): number {
  return index[Math.max(0, week)] ?? 1;
}

/** Where nothing is to be filled, as mostly, the very same. */
function filled(quantities: Float64Array): Float64Array {
  let result = quantities;
  for (let t = 0; t < quantities.length; t++) {
    if (Number.isFinite(quantities[t]!)) continue;
    if (result === quantities) result = quantities.slice();
    result[t] = meanAround(quantities, t);
  }
  return result;
}

function meanAround(values: Float64Array, t: number): number {
  let sum = 0;
  let weeks = 0;
  // The nearest weeks with orders on either side.
  for (const step of [-1, 1]) {
    let found = 0;
    for (let i = t + step; i >= 0 && i < values.length && found < NEIGHBOURS; i += step) {
      if (!Number.isFinite(values[i]!)) continue;
      sum += values[i]!;
      found++;
    }
    weeks += found;
  }
  return weeks === 0 ? 0 : sum / weeks;
}
