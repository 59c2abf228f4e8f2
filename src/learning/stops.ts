/** What is known of a row: when its origin was, and whether the product stopped to be sold after it, within the horizon. */
interface Stoppable {
  readonly weeksAgo: number;
  readonly stops: boolean;
}

/** A share of products that stop is usual up to so many times the middle one of all past origins, and so much more. */
const MOST_OF_USUAL = 1.5;
const MORE = 0.01;

/**
 * Leaves out rows of products that stopped when unusually many did: a range that was cleared is no reason to expect that of
 * the products that were kept.
 */
export function withoutClearances<Row extends Stoppable>(rows: readonly Row[]): Row[] {
  const counts = new Map<number, { rows: number; stops: number }>();
  for (const { weeksAgo, stops } of rows) {
    const count = counts.get(weeksAgo) ?? { rows: 0, stops: 0 };
    count.rows++;
    if (stops) count.stops++;
    counts.set(weeksAgo, count);
  }
  const shares = Float64Array.from(counts.values(), (count) => count.stops / count.rows).sort();
  const most = MOST_OF_USUAL * shares[shares.length >> 1]! + MORE;
  const left = new Map(Array.from(counts, ([weeksAgo, count]) => [weeksAgo, Math.ceil(most * count.rows)]));
  return rows.filter(({ weeksAgo, stops }) => {
    if (!stops) return true;
    left.set(weeksAgo, left.get(weeksAgo)! - 1);
    return left.get(weeksAgo)! >= 0;
  });
}
