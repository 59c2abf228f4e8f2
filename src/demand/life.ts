import { WEEKS_PER_YEAR } from "../history/calendar.ts";

/** Weeks in a row without demand from which on a product may be gone, if that is improbable for it. */
const LEAST_SILENCE = 4;
const IMPROBABLE = 0.01;

/**
 * Until when a product was sold: after how many of its weeks demand ended, where the silence since then is improbable by how
 * many weeks of the year before had demand; all of its weeks where it is not.
 */
export function soldUntil(quantities: Float64Array): number {
  const { length } = quantities;
  const last = quantities.findLastIndex((quantity) => quantity > 0) + 1;
  const silence = length - last;
  if (silence < LEAST_SILENCE) return length;
  const year = quantities.subarray(Math.max(0, last - WEEKS_PER_YEAR), last);
  const share = (activeBetween(year, 0, year.length) + 1) / (year.length + 2);
  let probability = 1;
  for (let week = 0; week < silence; week++) probability *= 1 - share;
  return probability < IMPROBABLE ? last : length;
}

/** How many weeks from `begin` up to but not including `end` have demand, or orders. */
export function activeBetween(weeks: ArrayLike<number>, begin: number, end: number): number {
  let active = 0;
  for (let week = begin; week < end; week++) if (weeks[week]! > 0) active++;
  return active;
}
