import { deflated } from "../demand/deflation.ts";
import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { mean } from "../numeric/sum.ts";
import type { Finding } from "./finding.ts";
import { openWeeks, stockOut } from "./gaps.ts";

/** Weeks before an empty shelf that tell what would have been sold from it. */
const WEEKS_BEFORE = 13;

/**
 * Weeks of a possible stock-out, which are filled with what the weeks before them sold: an empty shelf says nothing of demand.
 * While it goes on, the product may be gone as well.
 */
export function filledStockOut(
  history: ProductHistory,
  _origin: Day,
  _horizon: number,
  index: Float64Array,
): Finding | undefined {
  const open = openWeeks(history, index);
  const gap = stockOut(open.map((week) => history.ordersPerWeek[week]!));
  if (!gap) return undefined;
  const quantities = deflated(history.quantities, index);
  const begin = open[gap.begin]!;
  const usual = Math.max(0, mean(quantities.subarray(Math.max(0, begin - WEEKS_BEFORE), begin)));
  const put = history.quantities.slice();
  for (const week of open.slice(gap.begin, gap.end)) {
    put[week] = Math.max(put[week]!, usual * (index[week + index.length - put.length] ?? 1));
  }
  return { history: { ...history, quantities: put }, breaks: [], isOpen: gap.end === open.length };
}
