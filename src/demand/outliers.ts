import { weeksOfYears } from "../history/calendar.ts";

/** Weeks with demand before a product is known well enough to say what is beyond it. */
const LEAST_WEEKS = 8;
/** A week counts up to so many times the largest one before it. */
const MOST_OF_LARGEST = 5;

/**
 * Weekly demand in which a single giant order, most likely a mistake or one that does not come again, counts for no more
 * than a multiple of the largest week before it, and its return for no more than it counted. Demand that does rise that
 * far is let in within weeks, as each week lifts the limit of the next, and what came in the same weeks of another year does
 * come again.
 *
 * @param quantities net units a week, oldest first.
 * @param withLater whether later years count as well; else no week depends on later ones.
 */
export function withoutOutliers(quantities: Float64Array, withLater = false): Float64Array {
  const counted = quantities.slice();
  let largest = 0;
  let weeks = 0;
  for (let t = 0; t < counted.length; t++) {
    if (weeks >= LEAST_WEEKS) {
      const usual = MOST_OF_LARGEST * largest;
      const most = counted[t]! > usual ? Math.max(usual, largestOfOtherYears(quantities, t, withLater)) : usual;
      counted[t] = Math.min(most, Math.max(-largest, counted[t]!));
    }
    if (counted[t]! <= 0) continue;
    weeks++;
    largest = Math.max(largest, counted[t]!);
  }
  return counted;
}

/** The largest of the same weeks of other years, and of those beside them. */
function largestOfOtherYears(quantities: Float64Array, t: number, withLater: boolean): number {
  let largest = 0;
  for (const direction of withLater ? [-1, 1] : [-1]) {
    for (let year = 1; ; year++) {
      const same = t + direction * weeksOfYears(year);
      if (same + 1 < 0 || same > quantities.length) break;
      for (let week = same - 1; week <= same + 1; week++) largest = Math.max(largest, quantities[week] ?? 0);
    }
  }
  return largest;
}
