import { DAYS_PER_WEEK, type Day, weekOf, weeksOfYears } from "../history/calendar.ts";
import { FEASTS, type Feast } from "../history/feasts.ts";

/** Weeks before and after that of a feast that move with it. */
const BEFORE = 6;
const AFTER = 2;
/** Weeks beyond these that are looked at, too, to see what past years have in common. */
const MARGIN = 4;
/** A feast that is further from where it falls this year says nothing of this one's season. */
const MOST_SHIFT = 6;
/** Weeks of the horizon whose middle tells which year's feast is looked at. */
const AHEAD = 6;
/**
 * How far past years must agree where they are laid side by side by the feast, and how much better than by date; a single pair of
 * years may do so by luck.
 */
const LEAST_AGREEMENT = 0.6;
const LEAST_OF_PAIR = 0.85;
const LEAST_BETTER = 0.2;

/** Where a feast was in a past year, and where it would have been at the date that it has this year: indices of weeks. */
interface PastFeast {
  readonly was: number;
  readonly byDate: number;
}

/** A feast that shows itself in past years. */
export interface SeenFeast {
  /** Weeks of the horizon, from one up to but not including another, that are those of the feast this year; they may lie before it or after it. */
  readonly from: number;
  readonly until: number;
  readonly past: readonly PastFeast[];
}

/**
 * The moving feast by which past years have more in common than by date alone.
 *
 * @param weeks up to the origin, oldest first, of demand or of an index.
 */
export function seenFeast(weeks: Float64Array, origin: Day): SeenFeast | undefined {
  for (const feast of FEASTS) {
    const coming = feast.nearestTo(origin + DAYS_PER_WEEK * AHEAD);
    const past = pastFeasts(feast, coming, weeks.length, origin);
    const week = weekOf(coming, origin);
    if (isSeen(weeks, past)) return { from: week - BEFORE, until: week + AFTER + 1, past };
  }
  return undefined;
}

/** Weeks of the past in which those around a feast stand where they would have been at this year's date; all else stays where it is. */
export function alignedTo({ past }: SeenFeast, weeks: Float64Array): Float64Array {
  return past.reduce(moved, weeks);
}

function pastFeasts(feast: Feast, coming: Day, length: number, origin: Day): PastFeast[] {
  const past: PastFeast[] = [];
  for (let year = 1; ; year++) {
    const back = weeksOfYears(year);
    const was = length + weekOf(feast.nearestTo(coming - DAYS_PER_WEEK * back), origin);
    const byDate = length + weekOf(coming, origin) - back;
    if (Math.min(was, byDate) < BEFORE + MARGIN || Math.abs(was - byDate) > MOST_SHIFT) return past;
    if (Math.max(was, byDate) + AFTER + MARGIN < length) past.push({ was, byDate });
  }
}

function isSeen(weeks: Float64Array, past: readonly PastFeast[]): boolean {
  if (past.length < 2 || past.every(({ was, byDate }) => was === byDate)) return false;
  const agreement = agreementAt(weeks, (feast) => feast.was, past);
  const least = past.length === 2 ? LEAST_OF_PAIR : LEAST_AGREEMENT;
  return agreement >= least && agreement >= agreementAt(weeks, (feast) => feast.byDate, past) + LEAST_BETTER;
}

/**
 * How far the weeks around certain ones are alike in how they differ from their mean, as shares of it: products of each two, as a
 * share of what they would be were the two the same. 1 where all are the same, about 0 where they have nothing in common.
 */
function agreementAt(weeks: Float64Array, at: (feast: PastFeast) => number, past: readonly PastFeast[]): number {
  const all = new Float64Array(BEFORE + AFTER + 2 * MARGIN + 1);
  let squares = 0;
  for (const feast of past) {
    const first = at(feast) - BEFORE - MARGIN;
    let usual = 0;
    for (let i = 0; i < all.length; i++) usual += weeks[first + i]!;
    usual /= all.length;
    if (!(usual > 0)) continue;
    for (let i = 0; i < all.length; i++) {
      const difference = weeks[first + i]! / usual - 1;
      all[i]! += difference;
      squares += difference * difference;
    }
  }
  // The square of a sum is the squares of its parts and twice the products of each two.
  let products = -squares;
  for (let i = 0; i < all.length; i++) products += all[i]! * all[i]!;
  return squares === 0 ? 0 : products / ((past.length - 1) * squares);
}

/** Weeks in which those of a feast have changed places with those between them and where they would have been by date. */
function moved(weeks: Float64Array, { was, byDate }: PastFeast): Float64Array {
  const ofFeast = weeks.subarray(was - BEFORE, was + AFTER + 1);
  const between =
    byDate > was ? weeks.subarray(was + AFTER + 1, byDate + AFTER + 1) : weeks.subarray(byDate - BEFORE, was - BEFORE);
  const result = weeks.slice();
  result.set(between, byDate > was ? was - BEFORE : byDate + AFTER + 1);
  result.set(ofFeast, byDate - BEFORE);
  return result;
}
