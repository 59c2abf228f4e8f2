/** Weeks in a row without demand from which on a product may be gone, if that is improbable for it. */
const LEAST_SILENCE = 4;
const IMPROBABLE = 0.01;
const YEAR = 52;

/**
 * Until when a product was sold: after how many of its weeks demand ended, where the silence since then is improbable by how
 * many weeks of the year before had demand; all of its weeks where it is not.
 */
export function soldUntil(quantities: Float64Array): number {
  const { length } = quantities;
  const last = quantities.findLastIndex((quantity) => quantity > 0) + 1;
  const silence = length - last;
  if (silence < LEAST_SILENCE) return length;
  const year = quantities.subarray(Math.max(0, last - YEAR), last);
  const activeWeeks = year.reduce((active, quantity) => active + (quantity > 0 ? 1 : 0), 0);
  const share = (activeWeeks + 1) / (year.length + 2);
  let probability = 1;
  for (let week = 0; week < silence; week++) probability *= 1 - share;
  return probability < IMPROBABLE ? last : length;
}
