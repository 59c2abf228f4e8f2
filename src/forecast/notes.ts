import type { Break } from "../breaks/finding.ts";
import { sinceLaunch } from "../breaks/launch.ts";
import {
  DAYS_PER_WEEK,
  type Day,
  formatDay,
  NEW_WEEKS,
  WEEKS_PER_YEAR,
  weekOf,
  weeksOfYears,
} from "../history/calendar.ts";
import { productDecimals } from "../history/decimals.ts";
import type { CustomerHistory, ProductHistory } from "../history/history.ts";
import type { Names } from "../history/order-book.ts";
import { log } from "../numeric/elementary.ts";
import { deviationAbout, quantile } from "../numeric/quantile.ts";
import { sum } from "../numeric/sum.ts";
import { documentFactor, documentQuantity, type Note, type NotedCustomer } from "./document.ts";
import { ALWAYS_OPEN, type MarketWeeks, marketNotes } from "./market-notes.ts";
import type { ProductGaps } from "./product-gaps.ts";

/** Weeks that an outlier is compared with. */
const WINDOW_WEEKS = 104;
/** Fewest other weeks with demand that an outlier is measured by. */
const LEAST_SIZES = 8;
/** Robust standard deviations, of logarithms: twice what Iglewicz & Hoaglin call an outlier, as sizes are skewed. */
const OUTLYING = 7;
/** The least deviation of logarithms that is believed, since packs of one size leave none. */
const LEAST_DEVIATION = 0.3;
/** An outlier is so many times as large as any other week. */
const BEYOND_OTHERS = 2;
/** What comes once a year comes so many weeks earlier or later at most. */
const WEEKS_OFF = 3;
const MUCH_RETURNED = 0.2;
/** One return, however large, is an accident. */
const LEAST_WEEKS_OF_RETURNS = 3;

/**
 * What a planner must know of the data behind a forecast. Most products have no note.
 *
 * @param history at least one week, as it came.
 * @param breaks what was found in it and put right; `gaps` what `gapsOf` says; `market` when all products rested or will.
 */
export function notesOf(
  history: ProductHistory,
  breaks: readonly Break[],
  gaps: ProductGaps,
  names: Pick<Names, "customers" | "products">,
  origin: Day,
  market: MarketWeeks = ALWAYS_OPEN,
): Note[] {
  const { length } = history.quantities;
  const dayOf = (week: number) => formatDay(origin + (week - length) * DAYS_PER_WEEK);
  const age = sinceLaunch(history, origin).quantities.length;
  const notes = [
    ...(age <= NEW_WEEKS ? [{ kind: "new", weeks: age } as const] : []),
    ...breaks.map((found) => breakNote(found, names, productDecimals(history))),
    ...gapNotes(gaps, dayOf),
    ...marketNotes(market, length, origin),
    outlierNote(history, names.customers, origin, dayOf),
    returnsNote(history),
  ];
  return notes.filter((note) => note !== undefined);
}

/** The first day of a week of the history. */
type DayOf = (week: number) => string;

function gapNotes({ stopped, stockOut }: ProductGaps, dayOf: DayOf): Note[] {
  const notes: Note[] = [];
  if (stopped) {
    notes.push({
      ...{ kind: "stopped", from: dayOf(stopped.first), weeks: stopped.weeks },
      longest_gap_before: stopped.longestBefore,
      probability: twoDigits(stopped.probability),
    });
  }
  if (stockOut) {
    notes.push({
      ...{ kind: "possible-stock-out", from: dayOf(stockOut.first), weeks: stockOut.weeks },
      until: stockOut.until === undefined ? null : dayOf(stockOut.until),
      probability: twoDigits(stockOut.probability),
    });
  }
  return notes;
}

/**
 * The largest week of the last 52, where it is far beyond all others of the last 104 weeks with demand, and those of its time of
 * the year in all years: by the median and
 * the median absolute deviation of the logarithms of their sizes (Iglewicz & Hoaglin, How to Detect and Handle Outliers,
 * 1993, section 3.3).
 */
function outlierNote(
  { quantities, customers }: ProductHistory,
  customerNames: ReadonlyMap<string, string>,
  origin: Day,
  dayOf: DayOf,
): Note | undefined {
  const week = largestWeek(quantities);
  const quantity = quantities[week]!;
  const first = Math.max(0, quantities.length - WINDOW_WEEKS);
  const isNear = (size: number, i: number) =>
    i !== week && BEYOND_OTHERS * size > quantity && (i >= first || isTimeOfYear(week - i));
  if (quantities.some(isNear)) return undefined;
  const others = quantities.filter((size, i) => size > 0 && i !== week && i >= first);
  if (others.length < LEAST_SIZES) return undefined;
  const logs = others.map(log);
  const median = quantile(logs, 0.5);
  if (log(quantity) - median < OUTLYING * Math.max(LEAST_DEVIATION, deviationAbout(logs, median))) return undefined;
  const decimals = productDecimals({ quantities, customers });
  const customer = largestCustomer(customers, origin + (week - quantities.length) * DAYS_PER_WEEK);
  return {
    kind: "outlier",
    from: dayOf(week),
    quantity: documentQuantity(quantity, decimals),
    usual_quantity: documentQuantity(quantile(others, 0.5), decimals),
    ...(customer && customer.quantity > quantity / 2 && { customer: named(customer, customerNames, decimals) }),
  };
}

/** Whether weeks that many apart lie at the same time of two years. */
function isTimeOfYear(apart: number): boolean {
  return Math.abs(apart - weeksOfYears(Math.round(apart / WEEKS_PER_YEAR))) <= WEEKS_OFF;
}

/** @returns the index of the largest of the last 52 weeks. */
function largestWeek(quantities: Float64Array): number {
  let largest = Math.max(0, quantities.length - WEEKS_PER_YEAR);
  for (let week = largest; week < quantities.length; week++) {
    if (quantities[week]! > quantities[largest]!) largest = week;
  }
  return largest;
}

/** Who ordered most in the week from a day on. */
function largestCustomer(customers: readonly CustomerHistory[], from: Day): NotedCustomer | undefined {
  let largest: NotedCustomer | undefined;
  for (const { id, orderDays, orderQuantities } of customers) {
    let quantity = 0;
    for (let i = 0; i < orderDays.length; i++) {
      if (weekOf(orderDays[i]!, from) === 0) quantity += orderQuantities[i]!;
    }
    if (quantity > (largest?.quantity ?? 0)) largest = { id, quantity };
  }
  return largest;
}

function breakNote(
  found: Break,
  { customers: names, products }: Pick<Names, "customers" | "products">,
  decimals: number,
): Note {
  switch (found.kind) {
    case "successor":
    case "replaced": {
      const { kind, predecessor, successor, since, customers, customersBefore } = found;
      const id = kind === "successor" ? predecessor : successor;
      const name = products.get(id);
      return {
        ...{ kind, from: formatDay(since), customers, customers_before: customersBefore },
        product: { id, ...(name === undefined ? {} : { name }) },
      };
    }
    case "double-import": {
      const { kind, from, until, quantity } = found;
      return { kind, from: formatDay(from), until: formatDay(until), quantity: documentQuantity(quantity, decimals) };
    }
    case "unit-change":
      return { kind: found.kind, from: formatDay(found.from), factor: documentFactor(found.factor) };
    case "yearly-order": {
      const { kind, due, quantity, years, customer } = found;
      return {
        kind,
        due: formatDay(due),
        quantity: documentQuantity(quantity, decimals),
        years,
        customer: named(customer, names, decimals),
      };
    }
    case "customer-lost": {
      const { kind, lastOrder, share, quantityAWeek, customer } = found;
      return {
        ...{ kind, last_order: formatDay(lastOrder), share: twoDigits(share) },
        ...{ quantity_a_week: documentQuantity(quantityAWeek, decimals), customer: named(customer, names, decimals) },
      };
    }
    case "level-shift": {
      const { kind, from, weeks, factor } = found;
      return { kind, from: formatDay(from), weeks, factor: documentFactor(factor) };
    }
  }
}

function named({ id, quantity }: NotedCustomer, names: ReadonlyMap<string, string>, decimals: number): NotedCustomer {
  const name = names.get(id);
  return { id, ...(name === undefined ? {} : { name }), quantity: documentQuantity(quantity, decimals) };
}

function returnsNote({ quantities, customers, returnsPerWeek }: ProductHistory): Note | undefined {
  const recent = returnsPerWeek.subarray(-WEEKS_PER_YEAR);
  const weeks = recent.filter((units) => units > 0).length;
  const returned = sum(recent);
  const sold = sum(quantities.subarray(-WEEKS_PER_YEAR)) + returned;
  if (weeks < LEAST_WEEKS_OF_RETURNS || returned < MUCH_RETURNED * sold) return undefined;
  const decimals = productDecimals({ quantities, customers });
  return {
    kind: "returns",
    returned_quantity: documentQuantity(returned, decimals),
    sold_quantity: documentQuantity(sold, decimals),
  };
}

function twoDigits(probability: number): number {
  return Number(probability.toPrecision(2));
}
