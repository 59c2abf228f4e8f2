import type { Day } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { lostCustomers } from "./customer-lost.ts";
import type { Break, Finding } from "./finding.ts";
import { launch } from "./launch.ts";
import { levelShift } from "./level-shift.ts";
import { unitChange } from "./unit-change.ts";
import { yearlyOrders } from "./yearly-order.ts";

export interface PutRight {
  /** The history as if what was found had not been: what level, season and trees are to be made from. */
  readonly history: ProductHistory;
  readonly breaks: readonly Break[];
  /** Net units to add to the forecast of each week of the horizon: yearly orders that are due. */
  readonly due: Float64Array;
  /** Whether a break is so young that the history as it was may still be right: intervals then hold both forecasts. */
  readonly isOpen: boolean;
}

type Finder = (
  history: ProductHistory,
  origin: Day,
  horizon: number,
  index: Float64Array,
) => (Finding & { due?: Float64Array }) | undefined;

/** Errors of data come first, and what is no part of the level before the level, which moves with it. */
const FINDERS: readonly Finder[] = [unitChange, launch, yearlyOrders, lostCustomers, levelShift];

/**
 * Finds what in a product's history is not demand that simply goes on, and puts it right.
 *
 * @param history up to the origin; the very same comes back where nothing is found.
 * @param index weekly level of all products, up to the origin: what happened to all of them is no break of one.
 */
export function putRight(history: ProductHistory, origin: Day, horizon: number, index: Float64Array): PutRight {
  let put = history;
  let due: Float64Array = new Float64Array(horizon);
  let isOpen = false;
  const { doubleImport, succeeds, succeededBy } = history;
  const breaks: Break[] = [
    ...(succeeds ? [{ kind: "successor", ...succeeds } as const] : []),
    ...(succeededBy ? [{ kind: "replaced", ...succeededBy } as const] : []),
    ...(doubleImport ? [{ kind: "double-import", ...doubleImport } as const] : []),
  ];
  // That its customers left and its level fell is said with what took its place.
  for (const find of succeededBy ? [] : FINDERS) {
    const found = find(put, origin, horizon, index);
    if (!found) continue;
    put = found.history;
    due = found.due ?? due;
    isOpen ||= found.isOpen;
    breaks.push(...found.breaks);
  }
  return { history: put, breaks, due, isOpen };
}
