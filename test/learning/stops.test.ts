import { expect, test } from "vitest";
import { LEARNED_WEEKS } from "../../src/learning/as-of.ts";
import { withoutClearances } from "../../src/learning/stops.ts";

/** A hundred rows of each origin, of which so many stop. */
const rowsOf = (stopsAt: (weeksAgo: number) => number) =>
  [12, 16, 20, 24, 28].flatMap((weeksAgo) =>
    Array.from({ length: 100 }, (_, i) => ({ weeksAgo, soldFor: i < stopsAt(weeksAgo) ? 5 : LEARNED_WEEKS })),
  );

test("rows are left as they are where about as many products stop after each origin", () => {
  const rows = rowsOf((weeksAgo) => (weeksAgo === 20 ? 6 : 4));
  expect(withoutClearances(rows)).toEqual(rows);
});

test("of a range that was cleared as many stopped products are left as is usual, and all that were kept", () => {
  const left = withoutClearances(rowsOf((weeksAgo) => (weeksAgo === 20 ? 50 : 4)));
  const stopped = (at: number) => left.filter(({ weeksAgo, soldFor }) => soldFor === 5 && weeksAgo === at).length;
  // One and a half times the four percent that are usual, and one more.
  expect([12, 16, 20, 24, 28].map(stopped)).toEqual([4, 4, 7, 4, 4]);
  expect(left.filter(({ soldFor }) => soldFor === LEARNED_WEEKS)).toHaveLength(4 * 96 + 50);
});
