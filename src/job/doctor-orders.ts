import { type Day, formatDay, parseDay } from "../history/calendar.ts";
import type { SourceCheck } from "../sources/check.ts";
import { COUNT } from "../values/count.ts";
import type { State } from "./finding.ts";
import { freshnessOf } from "./freshness.ts";
import type { EarlyLines, OrderCheck } from "./order-check.ts";
import { implausibility, type SourceExtent } from "./plausibility.ts";

const MOST_DAYS_NAMED = 5;

/** Whether a run would forecast from these orders, and what must be known of their days. */
export function ordersState(
  { newestOrder }: SourceCheck,
  orders: OrderCheck | Error | undefined,
  limits: Omit<SourceExtent, "products" | "newest">,
): State {
  if (newestOrder === undefined) return ["problem", "there is no order", "is this the right database?"];
  const { origin, mostAgeDays } = limits;
  const looked = orders instanceof Error ? undefined : orders;
  if (looked) {
    const problem = implausibility({ ...limits, products: looked.eligible, newest: looked.newest });
    if (problem) return ["problem", problem.message, "is this the right database, and are orders still copied there?"];
  }
  // Where the lines were not looked at, the newest order stands for them.
  const newest = looked?.newest ?? Math.min(parseDay(newestOrder), origin - 1);
  const { state, text } = freshnessOf(newest, origin, looked?.eligible ?? Number.POSITIVE_INFINITY, mostAgeDays);
  const early = looked?.early;
  const isAfter = parseDay(newestOrder) > origin;
  const known = [
    text,
    ...(isAfter ? [`one of ${newestOrder} is after the origin and does not count`] : []),
    ...(early ? [earlyLinesText(early)] : []),
  ];
  return [
    state === "fresh" && known.length === 1 ? "ok" : "warning",
    known.join("; "),
    ...(state === "fresh" ? [] : ["are orders still copied there?"]),
    ...(early ? [leaveOut(early)] : []),
  ];
}

/** What a person is told of lines far before the others. */
export function earlyLinesText({ lines, products, first, since }: EarlyLines): string {
  return (
    `far older than the rest, which begins on ${formatDay(since)}: ` +
    `${counted(lines, "order line")} of ${counted(products, "product")}, the oldest of ${formatDay(first)}`
  );
}

/** How to leave them out. */
export function leaveOut({ since }: EarlyLines): string {
  return `leave them out: FORECAST_HISTORY_START=${formatDay(since)}`;
}

/** What a person is told of days that were imported twice. */
export function doubledDaysLine(days: readonly Day[]): string {
  return `nearly all orders of ${named(days)} are there twice, as on no other days: they are counted once; were they imported twice?`;
}

/** Whether order lines are there twice, and on which days. */
export function duplicatesState(orders: OrderCheck | Error): State {
  if (orders instanceof Error) return ["warning", `the order lines cannot be looked at: ${orders.message}`];
  const { eligible, products, lines, duplicates } = orders;
  if (products === 0) return ["ok", "no product can be forecast, so that no order line was looked at"];
  const looked =
    `${COUNT.format(duplicates.count)} of ${counted(lines, "order line")} are there twice ` +
    `(${COUNT.format(products)} of ${counted(eligible, "product")} looked at)`;
  const isCountedOnce = duplicates.days.length > 0 && duplicates.countedOnce.length === duplicates.days.length;
  const advice = isCountedOnce
    ? "forecasts count these days once; delete what was imported twice"
    : "what was imported twice may count twice in each forecast: delete it";
  if (duplicates.everywhere) return ["warning", `${looked}: was everything imported twice?`, advice];
  if (duplicates.days.length === 0) return ["ok", looked];
  return ["warning", `${looked}, most of the orders of ${named(duplicates.days)}: imported twice?`, advice];
}

function counted(count: number, what: string): string {
  return `${COUNT.format(count)} ${what}${count === 1 ? "" : "s"}`;
}

function named(days: readonly Day[]): string {
  const more = days.length - MOST_DAYS_NAMED;
  const first = days.slice(0, MOST_DAYS_NAMED).map(formatDay).join(", ");
  return more > 0 ? `${first} and ${counted(more, "more day")}` : first;
}
