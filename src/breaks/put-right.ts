import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { lostCustomers } from "./customer-lost.ts";
import type { Break, Finding } from "./finding.ts";
import { levelShift } from "./level-shift.ts";

export interface PutRight {
  /** The history as if what was found had not been: what level, season and trees are to be made from. */
  readonly history: ProductHistory;
  readonly breaks: readonly Break[];
  /** Net units to add to the forecast of each week of the horizon: yearly orders that are due. */
  readonly due: Float64Array;
  /** Whether a break is so young that the history as it was may still be right: intervals then hold both forecasts. */
  readonly isOpen: boolean;
}

type Finder = (history: ProductHistory, origin: Day) => Finding | undefined;

/** Errors of data come first, and a customer who is gone before the level, which falls with it. */
const FINDERS: readonly Finder[] = [lostCustomers, levelShift];

/**
 * Finds what in a product's history is not demand that simply goes on, and puts it right.
 *
 * @param history up to the origin; the very same comes back where nothing is found.
 */
export function putRight(history: ProductHistory, origin: Day, horizon: number): PutRight {
  let mended = history;
  const breaks: Break[] = [];
  let isOpen = false;
  for (const find of FINDERS) {
    const found = find(mended, origin);
    if (!found) continue;
    mended = found.history;
    breaks.push(...found.breaks);
    isOpen ||= found.isOpen;
  }
  return { history: mended, breaks, due: new Float64Array(horizon), isOpen };
}
