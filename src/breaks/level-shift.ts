import { deflated } from "../demand/deflation.ts";
import { DAYS_PER_WEEK, type Day, WEEKS_PER_YEAR } from "../history/calendar.ts";
import type { ProductHistory } from "../history/history.ts";
import { log } from "../numeric/elementary.ts";
import { quantile } from "../numeric/quantile.ts";
import { mean } from "../numeric/sum.ts";
import type { Finding } from "./finding.ts";

/** Weeks of a new level: with fewer it may be chance, after a year the level is made of them alone. */
const LEAST_WEEKS = 4;
const MOST_WEEKS = WEEKS_PER_YEAR;
/** After half a year it is no news. */
const MOST_NOTED_WEEKS = 26;
/** Weeks before that it is compared with. */
const LEAST_BEFORE = 26;
const MOST_BEFORE = WEEKS_PER_YEAR;
/** How many times as high, or as low, the new level is at least: compared with the year, and with the weeks just before. */
const LEAST_FACTOR = 1.8;
/** Beyond this factor the weeks before say nothing of those to come: a product that hardly sold, or hardly sells. */
const MOST_FACTOR = 6;
const LEAST_JUMP = 1.5;
const JUST_BEFORE = 8;
/** How far it is beyond all runs of as many weeks in the two years before, seasons among them. */
const BEYOND_RUNS = 1.25;
const RUNS_WEEKS = 2 * WEEKS_PER_YEAR;
/**
 * Twice the logarithm of the ratio of likelihoods. Of 32,500 products of four sets six have a shift, with 25 three, with half 20 or
 * so; of products that sell 32 units a week at random and a third of it since ten weeks 76 % are found, with 12 78 %, with 25 a half; of
 * those to which nothing happened a thousandth at most, with 12 three times as many. Totals of the simulated ones are .2 to .4 %
 * worse than with 25, those of the other sets the same.
 */
const LEAST_EVIDENCE = 16;
/** Where the same weeks a year ago are not known, which a season may have raised as well. */
const LEAST_EVIDENCE_WITHOUT_YEAR = 60;
/** Weeks of any product vary by a tenth at least. */
const LEAST_VARIATION = 0.1;
/** Share of the weeks of the new level that are beyond nearly all of those before. */
const MOST_BEYOND = 0.75;
const NEARLY_ALL = 0.95;
/** Both halves of a level are alike to this factor: a trend is none. */
const HALVES_ALIKE = 2;
/** With fewer weeks the level may yet go back. */
const OPEN_WEEKS = 8;

/**
 * A level several times as high, or as low, as any before, for weeks: those before are put on it, so that their seasons
 * remain.
 */
export function levelShift(
  history: ProductHistory,
  origin: Day,
  _horizon: number,
  index: Float64Array,
): Finding | undefined {
  const quantities = deflated(history.quantities, index);
  const { weeks, evidence } = likeliest(quantities);
  const begin = quantities.length - weeks;
  const knowsYear = begin >= WEEKS_PER_YEAR;
  if (
    weeks < LEAST_WEEKS ||
    weeks === MOST_WEEKS ||
    evidence < (knowsYear ? LEAST_EVIDENCE : LEAST_EVIDENCE_WITHOUT_YEAR)
  )
    return undefined;
  const recent = quantities.subarray(begin);
  const before = quantities.subarray(Math.max(0, begin - MOST_BEFORE), begin);
  const factor = mean(recent) / mean(before);
  const direction = factor > 1 ? 1 : -1;
  const isShift =
    isBeyond(factor, LEAST_FACTOR, direction) &&
    !isBeyond(factor, MOST_FACTOR, direction) &&
    isSteady(before) &&
    isSteady(recent) &&
    isBeyond(mean(recent) / mean(before.subarray(-JUST_BEFORE)), LEAST_JUMP, direction) &&
    isBeyond(mean(recent) / furthestRun(quantities.subarray(0, begin), weeks, direction), BEYOND_RUNS, direction) &&
    isConsistent(recent, before, direction);
  if (!isShift) return undefined;
  const put = history.quantities.slice();
  for (let week = 0; week < begin; week++) put[week]! *= factor;
  return {
    history: { ...history, quantities: put },
    breaks:
      weeks > MOST_NOTED_WEEKS ? [] : [{ kind: "level-shift", from: origin - weeks * DAYS_PER_WEEK, weeks, factor }],
    isOpen: weeks < OPEN_WEEKS || !knowsYear,
  };
}

/** @param direction 1 where the ratio is to be above the factor, −1 where it is to be below its inverse. */
function isBeyond(ratio: number, factor: number, direction: 1 | -1): boolean {
  return direction > 0 ? ratio >= factor : ratio <= 1 / factor;
}

/**
 * The number of last weeks that are likeliest to be on a level of their own, with the evidence for it: the deviance of
 * counts whose variance is in proportion to their mean, estimated from the same weeks (McCullagh & Nelder, Generalized
 * Linear Models, 1989, section 4.5).
 */
function likeliest(quantities: Float64Array): { weeks: number; evidence: number } {
  const n = quantities.length;
  let best = { weeks: 0, evidence: 0 };
  let recent = 0;
  let recentSquares = 0;
  let before = 0;
  let beforeSquares = 0;
  const first = (weeks: number) => Math.max(0, n - weeks - MOST_BEFORE);
  for (let t = first(0); t < n; t++) {
    before += quantities[t]!;
    beforeSquares += quantities[t]! * quantities[t]!;
  }
  for (let weeks = 1; weeks <= MOST_WEEKS && n - weeks >= LEAST_BEFORE; weeks++) {
    const moved = quantities[n - weeks]!;
    recent += moved;
    recentSquares += moved * moved;
    before -= moved;
    beforeSquares -= moved * moved;
    const entering = first(weeks);
    if (entering < first(weeks - 1)) {
      before += quantities[entering]!;
      beforeSquares += quantities[entering]! * quantities[entering]!;
    }
    if (!(recent > 0) || !(before > 0)) continue;
    const weeksBefore = n - weeks - entering;
    const level = recent / weeks;
    const levelBefore = before / weeksBefore;
    const common = (recent + before) / (weeks + weeksBefore);
    const deviance = 2 * (recent * log(level / common) + before * log(levelBefore / common));
    const dispersion =
      (recentSquares / level - recent + beforeSquares / levelBefore - before) / (weeks + weeksBefore - 2);
    const least = LEAST_VARIATION * LEAST_VARIATION * Math.max(level, levelBefore);
    const evidence = deviance / Math.max(dispersion, least);
    if (evidence > best.evidence) best = { weeks, evidence };
  }
  return best;
}

/** The highest mean, or the lowest, of so many weeks in a row among the last two years. */
function furthestRun(quantities: Float64Array, weeks: number, direction: 1 | -1): number {
  let furthest = direction > 0 ? 0 : Number.POSITIVE_INFINITY;
  let total = 0;
  const first = Math.max(0, quantities.length - RUNS_WEEKS);
  for (let t = first; t < quantities.length; t++) {
    total += quantities[t]!;
    if (t >= first + weeks) total -= quantities[t - weeks]!;
    if (t < first + weeks - 1) continue;
    const run = Math.max(0, total / weeks);
    furthest = direction > 0 ? Math.max(furthest, run) : Math.min(furthest, run);
  }
  return furthest;
}

/**
 * Whether most weeks are beyond nearly all before, so that no single order makes the level. A lower level has weeks by chance as they
 * were before: there most are far below the mean, and so are those with demand, so that no gap makes it.
 */
function isConsistent(recent: Float64Array, before: Float64Array, direction: 1 | -1): boolean {
  const limit = direction > 0 ? quantile(before, NEARLY_ALL) : mean(before) / LEAST_JUMP;
  const beyond = recent.filter((quantity) => (direction > 0 ? quantity > limit : quantity < limit));
  const isNoGap = direction > 0 || mean(recent.filter((quantity) => quantity > 0)) < limit;
  return beyond.length >= MOST_BEYOND * recent.length && isNoGap;
}

function isSteady(quantities: Float64Array): boolean {
  const half = quantities.length >> 1;
  const ratio = mean(quantities.subarray(half)) / mean(quantities.subarray(0, half));
  return ratio <= HALVES_ALIKE && ratio >= 1 / HALVES_ALIKE;
}
