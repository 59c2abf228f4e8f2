import { LEARNED_WEEKS } from "./as-of.ts";
import type { TrainingRow } from "./training-rows.ts";

/** What is known of a row: when its origin was, and for how long the product was sold after it. */
type Stoppable = Pick<TrainingRow, "weeksAgo" | "soldFor">;

/** A share of products that stop is usual up to so many times the middle one of all past origins, and so much more. */
const MOST_OF_USUAL = 1.5;
const MORE = 0.01;

/** Whether the product stopped to be sold after the row's origin, within the weeks that are learned from. */
function stops({ soldFor }: Stoppable): boolean {
  return soldFor >= 0 && soldFor < LEARNED_WEEKS;
}

/**
 * Leaves out rows of products that stopped when unusually many did: a range that was cleared is no reason to expect that of
 * the products that were kept.
 */
export function withoutClearances<Row extends Stoppable>(rows: readonly Row[]): Row[] {
  const counts = new Map<number, { rows: number; stops: number }>();
  for (const row of rows) {
    const count = counts.get(row.weeksAgo) ?? { rows: 0, stops: 0 };
    count.rows++;
    if (stops(row)) count.stops++;
    counts.set(row.weeksAgo, count);
  }
  const shares = Float64Array.from(counts.values(), (count) => count.stops / count.rows).sort();
  const most = MOST_OF_USUAL * shares[shares.length >> 1]! + MORE;
  const left = new Map(Array.from(counts, ([weeksAgo, count]) => [weeksAgo, Math.ceil(most * count.rows)]));
  return rows.filter((row) => {
    if (!stops(row)) return true;
    left.set(row.weeksAgo, left.get(row.weeksAgo)! - 1);
    return left.get(row.weeksAgo)! >= 0;
  });
}
