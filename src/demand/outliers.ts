/** Weeks with demand before a product is known well enough to say what is beyond it. */
const LEAST_WEEKS = 8;
/** A week counts up to so many times the largest one before it. */
const MOST_OF_LARGEST = 5;

/**
 * Weekly demand in which a single giant order, most likely a mistake or one that does not come again, counts for no more
 * than a multiple of the largest week before it, and its return for no more than it counted. Demand that does rise that
 * far is let in within weeks, as each week lifts the limit of the next. No week depends on later ones.
 *
 * @param quantities net units a week, oldest first.
 */
export function withoutOutliers(quantities: Float64Array): Float64Array {
  const counted = quantities.slice();
  let largest = 0;
  let weeks = 0;
  for (let t = 0; t < counted.length; t++) {
    if (weeks >= LEAST_WEEKS) counted[t] = Math.min(MOST_OF_LARGEST * largest, Math.max(-largest, counted[t]!));
    if (counted[t]! <= 0) continue;
    weeks++;
    largest = Math.max(largest, counted[t]!);
  }
  return counted;
}
