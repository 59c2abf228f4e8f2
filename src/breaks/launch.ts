import { type Day, WEEKS_PER_YEAR, weekOf } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { quantile } from "../numeric/quantile.ts";
import type { Finding } from "./finding.ts";
import { sinceWeek } from "./without-orders.ts";

/** Weeks without an order between samples and the launch, at least; and how many times the longest gap since. */
const LEAST_WEEKS_BETWEEN = 26;
const LEAST_OF_GAPS = 4;
/** What comes a year after the samples, give or take so many weeks, may be their season. */
const SEASON_WEEKS_OFF = 6;
/** Samples are ordered in so few weeks, and are so small a share of what was ordered since. */
const MOST_SAMPLE_WEEKS = 2;
const LEAST_ORDERS_A_SAMPLE = 5;
/** A first week that is no whole one counts for little in a longer history. */
const MOST_PARTIAL_WEEKS = 13;
/** A product is young for so long that its shelf fill counts. */
const MOST_YOUNG_WEEKS = 26;
/** A shelf is filled within so many weeks, and the product has been sold for so many since. */
const MOST_FILL_WEEKS = 2;
const LEAST_WEEKS_SINCE = 3;
/** A shelf fill is so many times the largest week after it. */
const LEAST_FILL = 3;

/**
 * The history begins with the product's launch, not with a sample that was ordered long before, and the weeks in which
 * shelves were filled count as one of those since. There is no break to tell of.
 */
export function launch(history: ProductHistory, origin: Day): Finding | undefined {
  const launched = sinceLaunch(history, origin);
  const put = withoutShelfFill(sinceWholeWeek(launched, origin));
  return put === history ? undefined : { history: put, breaks: [], isOpen: false };
}

/** The history of a young product without its first week where that began before the first order: it is no whole one. */
function sinceWholeWeek(history: ProductHistory, origin: Day): ProductHistory {
  const weeks = history.quantities.length;
  const firstOrder = history.customers[0]?.orderDays[0];
  if (weeks < 2 || weeks > MOST_PARTIAL_WEEKS || firstOrder === undefined) return history;
  return weekOf(firstOrder - 1, origin) === -weeks ? sinceWeek(history, 1, origin) : history;
}

/** The history from the week of its launch on; the very same where it has no samples before. */
export function sinceLaunch(history: ProductHistory, origin: Day): ProductHistory {
  const { ordersPerWeek } = history;
  let samples = 0;
  let sampleWeeks = 0;
  let week = 0;
  while (week < ordersPerWeek.length) {
    if (ordersPerWeek[week]! > 0 && ++sampleWeeks > MOST_SAMPLE_WEEKS) return history;
    samples += ordersPerWeek[week]!;
    const begin = ++week;
    while (week < ordersPerWeek.length && ordersPerWeek[week] === 0) week++;
    const mayBeSeason =
      week - begin <= WEEKS_PER_YEAR + SEASON_WEEKS_OFF && ordersPerWeek.length >= WEEKS_PER_YEAR - SEASON_WEEKS_OFF;
    if (mayBeSeason || week - begin < LEAST_WEEKS_BETWEEN) continue;
    if (isLaunch(ordersPerWeek.subarray(week), week - begin, samples)) {
      return sinceWeek(history, week, origin);
    }
  }
  return history;
}

/** @param orders in each week since the launch; `gap` in weeks before it. */
function isLaunch(orders: Int32Array, gap: number, samples: number): boolean {
  let count = 0;
  let empty = 0;
  let longest = 0;
  for (const ordered of orders) {
    count += ordered;
    empty = ordered > 0 ? 0 : empty + 1;
    longest = Math.max(longest, empty);
  }
  return count >= LEAST_ORDERS_A_SAMPLE * Math.max(1, samples) && gap >= LEAST_OF_GAPS * longest;
}

function withoutShelfFill(history: ProductHistory): ProductHistory {
  const { quantities } = history;
  if (quantities.length > MOST_YOUNG_WEEKS) return history;
  for (let fill = 1; fill <= MOST_FILL_WEEKS && quantities.length - fill >= LEAST_WEEKS_SINCE; fill++) {
    const since = quantities.subarray(fill);
    const usual = quantile(since, 0.5);
    if (usual <= 0 || Math.min(...quantities.subarray(0, fill)) < LEAST_FILL * Math.max(...since)) continue;
    const put = quantities.slice();
    return { ...history, quantities: put.fill(usual, 0, fill) };
  }
  return history;
}
