import type { Pooled } from "../demand/base.ts";
import { DAYS_PER_WEEK, type Day, formatDay, WEEKS_PER_YEAR } from "../history/calendar.ts";
import { documentFactor, type Note } from "./document.ts";

/** When all products rest, or the source has no orders. */
export type MarketWeeks = Pick<Pooled, "index" | "shift" | "open" | "gaps">;

/** Where nothing is known of other products. */
export const ALWAYS_OPEN: MarketWeeks = { index: new Float64Array(), open: new Float64Array(), gaps: [] };

/** A week ahead in which less than this share of orders is taken is one of closing. */
const CLOSED = 0.5;

/**
 * What of all products must be known for a product.
 *
 * @param weeks that the product's history is long.
 */
export function marketNotes({ shift, open, gaps }: MarketWeeks, weeks: number, origin: Day): Note[] {
  const dayOf = (week: number) => formatDay(origin + week * DAYS_PER_WEEK);
  const missing = gaps
    .filter(({ from, until }) => until < Math.min(weeks, WEEKS_PER_YEAR) && from <= weeks)
    .map(({ from, until }): Note => {
      return {
        kind: "source-gap",
        from: dayOf(-from),
        until: formatDay(origin - until * DAYS_PER_WEEK - 1),
        weeks: from - until,
      };
    });
  const moved: Note[] = shift
    ? [{ kind: "market-shift", from: dayOf(-shift.weeks), weeks: shift.weeks, factor: documentFactor(shift.factor) }]
    : [];
  return [
    ...moved,
    ...missing,
    ...closings(open).map(({ begin, end }): Note => {
      return { kind: "closing", from: dayOf(begin), until: formatDay(origin + end * DAYS_PER_WEEK - 1) };
    }),
  ];
}

function closings(open: Float64Array): { begin: number; end: number }[] {
  const found: { begin: number; end: number }[] = [];
  for (let week = 0; week < open.length; week++) {
    if (open[week]! >= CLOSED) continue;
    const begin = week;
    while (week < open.length && open[week]! < CLOSED) week++;
    found.push({ begin, end: week });
  }
  return found;
}
