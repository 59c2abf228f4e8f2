import { netMean } from "../demand/level.ts";
import { LEAST_SEASON_WEEKS } from "../demand/season.ts";
import { log } from "../numeric/elementary.ts";
import { sum } from "../numeric/sum.ts";
import { LEARNED_WEEKS } from "./as-of.ts";
import type { Market } from "./market.ts";
import { type Calibration, type Prediction, stretched } from "./predict.ts";
import { type Prior, type Stretches, stretchesAt, type TotalStretches } from "./prior.ts";
import type { TrainingTable } from "./table.ts";

/** How much further demand may move in a season that nobody has seen than from month to month. */
const UNSEEN_SEASON = 3;
/** Rows that intervals are tried on. */
const MOST_ROWS = 8000;
/** What has been taught elsewhere counts in each class as much as this many of its rows. */
const PRIOR_ROWS = 2000;

/** No total of the level 0.8 is said to be known better on either side, as a share of it; errors fall off exponentially. */
export const LEAST_WIDTH = 0.04;

/**
 * Stretches intervals until they hold what they promise: as tried elsewhere, and on products of the catalogue with what the fold
 * that they do not belong to has taught (split conformal prediction; Romano et al., Conformalized Quantile Regression, 2019).
 *
 * @param predictions by row of the table, by trees that have not seen its product; nothing where it is not known what came.
 * @param level share of totals that shall lie within, bounds rounded outwards to whole units included.
 */
export function calibrate(
  table: TrainingTable,
  predictions: readonly (Prediction | undefined)[],
  prior: Prior,
  market: Market,
  level: number,
): Calibration {
  const { horizon, weeks, stretch, actual, demandClass } = table;
  const unseen = unseenMovement(market);
  const usual = prior.stretches.map((ofClass) => stretchesAt(ofClass, level, horizon));
  const tried = everySo(predictions.length, MOST_ROWS).filter(
    (i) => predictions[i] && !Number.isNaN(actual[i * weeks + horizon - 1]!),
  );
  let within = 0;
  // Of totals of one week, of two, and so on up to the horizon.
  const needed = usual.map(() =>
    Array.from({ length: horizon }, () => ({ lower: [] as number[], upper: [] as number[] })),
  );
  const bounds = usual.map(() => ({ lower: [] as WeekBound[], upper: [] as WeekBound[] }));
  for (const i of tried) {
    const prediction = predictions[i]!;
    const outcome = actual.subarray(i * weeks, i * weeks + horizon);
    const isWhole = table.isWhole[i] === 1;
    const ofClass = demandClass[i]!;
    within += weeksWithin(outcome, stretched(prediction, widened(usual[ofClass]!, unseen), 0), isWhole);
    for (const [k, ofTotal] of needed[ofClass]!.entries()) {
      const some = outcome.subarray(0, k + 1);
      const { lower, upper } = neededStretches(some, prediction, stretchOver(k + 1, horizon, stretch[i]!), isWhole);
      // A bound that holds anyway tells nothing of the others.
      if (lower < Infinity) ofTotal.lower.push(lower);
      ofTotal.upper.push(upper);
    }
    addWeekBounds(bounds[ofClass]!, outcome, prediction, isWhole);
  }
  const tail = (1 - level) / 2;
  const totals = prior.stretches.map((ofPrior, index) =>
    needed[index]!.map(({ lower, upper }, k): TotalStretches => {
      const { totalLower, totalUpper } = stretchesAt(ofPrior, level, k + 1);
      return {
        totalLower: drawn(lower, (all) => quantileStretch(all, tail), totalLower),
        totalUpper: drawn(upper, (all) => quantileStretch(all, 1 - tail), totalUpper),
      };
    }),
  );
  const stretches = usual.map((ofPrior, index): Stretches => {
    const ofWeeks = bounds[index]!;
    return widened(
      {
        lower: drawn(ofWeeks.lower, (all) => bestStretch(all, tail), ofPrior.lower, WEEKS_TRIED),
        upper: drawn(ofWeeks.upper, (all) => bestStretch(all, 1 - tail), ofPrior.upper, WEEKS_TRIED),
        ...totals[index]!.at(-1)!,
      },
      unseen,
    );
  });
  const leastWidth = (LEAST_WIDTH * log(1 - level)) / log(0.2);
  const cumulative = totals.map((ofClass) => ofClass.map((ofTotal) => widenedTotal(ofTotal, unseen)));
  return { stretches, cumulative, leastWidth, coverage: within / (tried.length * horizon) };
}

/** What rows of the catalogue say, drawn towards what was tried elsewhere. */
function drawn<Tried>(
  tried: readonly Tried[],
  stretchOf: (tried: readonly Tried[]) => number,
  ofPrior: number,
  triedPerRow = 1,
): number {
  if (tried.length === 0) return ofPrior;
  const rows = tried.length / triedPerRow;
  return (rows * stretchOf(tried) + PRIOR_ROWS * ofPrior) / (rows + PRIOR_ROWS);
}

/** @param unseen how much further demand may move, as a logarithm. */
function widened({ lower, upper, ...ofTotal }: Stretches, unseen: number): Stretches {
  const more = 1 + UNSEEN_SEASON * unseen;
  return { lower: lower / more, upper: upper * more, ...widenedTotal(ofTotal, unseen) };
}

function widenedTotal({ totalLower, totalUpper }: TotalStretches, unseen: number): TotalStretches {
  const more = 1 + UNSEEN_SEASON * unseen;
  return { totalLower: totalLower / more, totalUpper: totalUpper * more };
}

/** How the mean of the first weeks compares with that of the `LEARNED_WEEKS`, where that of the horizon does so by `stretch`. */
function stretchOver(weeks: number, horizon: number, stretch: number): number {
  if (weeks === horizon || horizon <= LEARNED_WEEKS) return stretch;
  return 1 + ((stretch - 1) * Math.max(0, weeks - LEARNED_WEEKS)) / (horizon - LEARNED_WEEKS);
}

/** Weeks within their interval, whose bounds are taken at the nearest whole unit where the product is sold by the piece. */
function weeksWithin(weeks: Float64Array, { mean, lower, upper }: Prediction, isWhole: boolean): number {
  const nearest = isWhole ? Math.round : (units: number) => units;
  const low = Math.min(mean, nearest(lower));
  const high = Math.max(mean, nearest(upper));
  let within = 0;
  for (const quantity of weeks) if (quantity >= low && quantity <= high) within++;
  return within;
}

/** A bound of a week: `from` and so many times `reach`, in units. */
interface WeekBound {
  readonly weight: number;
  readonly units: number;
  readonly from: number;
  readonly reach: number;
  readonly isWhole: boolean;
}

/** Of the weeks after an origin, which are alike, so many are looked at. */
const WEEKS_TRIED = 4;

export function addWeekBounds(
  bounds: { readonly lower: WeekBound[]; readonly upper: WeekBound[] },
  weeks: Float64Array,
  { mean, lower, upper }: Prediction,
  isWhole: boolean,
): void {
  if (mean <= 0) return;
  for (let k = 0; k < LEARNED_WEEKS && k < weeks.length; k += LEARNED_WEEKS / WEEKS_TRIED) {
    const of = { weight: 1 / mean, units: weeks[k]!, isWhole };
    bounds.lower.push({ ...of, from: 0, reach: Math.min(mean, lower) });
    bounds.upper.push({ ...of, from: mean, reach: Math.max(0, upper - mean) });
  }
}

/** Stretches of bounds of weeks that are tried. */
const STRETCHES = stretchesBetween(0.1, 6.6);

function stretchesBetween(least: number, most: number): number[] {
  const stretches: number[] = [];
  for (let stretch = least; stretch <= most; stretch *= 1.1) stretches.push(stretch);
  return stretches;
}

/** @returns the stretch with the least pinball loss. */
export function bestStretch(bounds: readonly WeekBound[], probability: number): number {
  const losses = STRETCHES.map((stretch) => {
    let loss = 0;
    for (const { weight, units, from, reach, isWhole } of bounds) {
      const exact = from + stretch * reach;
      const error = units - (isWhole ? Math.round(exact) : exact);
      loss += weight * error * (error > 0 ? probability : probability - 1);
    }
    return loss;
  });
  return STRETCHES[losses.indexOf(Math.min(...losses))]!;
}

/** Rows at equal distances, which meet all past origins of products in turn: there are 15 at most. */
function everySo(rows: number, most: number): Int32Array {
  let step = Math.max(1, Math.ceil(rows / most));
  while (step % 3 === 0 || step % 5 === 0) step++;
  return Int32Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
}

/**
 * What the bounds of the total of some weeks would have to be stretched by to just hold it: rounded outwards, where the product is
 * sold by the piece. A lower bound of nothing, or of less than a piece, always holds.
 *
 * @param stretch how the mean of these weeks compares with that of the `LEARNED_WEEKS`.
 */
export function neededStretches(
  outcome: Float64Array,
  { mean, meanWeekLower, meanWeekUpper }: Prediction,
  stretch: number,
  isWhole: boolean,
): { lower: number; upper: number } {
  const total = Math.max(0, sum(outcome));
  const weeks = stretch * outcome.length;
  const rounding = isWhole ? 1 : 0;
  const low = weeks * Math.min(mean, meanWeekLower);
  const reach = weeks * Math.max(0, meanWeekUpper - mean);
  const above = Math.max(0, total - rounding - weeks * mean);
  return {
    lower: low > 0 && low >= rounding ? (total + rounding) / low : Infinity,
    upper: above === 0 ? 0 : above / reach,
  };
}

const MOST_STRETCH = 6;

/**
 * @param needed of some rows; those that hold anyway, or cannot be held (infinity), tell nothing of the others.
 * @returns their quantile: with it so many of them lie on one side; one where there are none.
 */
export function quantileStretch(needed: readonly number[], probability: number): number {
  const sorted = Float64Array.from(needed.filter((stretch) => stretch < Infinity)).sort();
  if (sorted.length === 0) return 1;
  const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(probability * (sorted.length + 1)) - 1));
  return Math.min(MOST_STRETCH, sorted[at]!);
}

const MONTH_WEEKS = 4;

/** How far all products move from one month to the next, in logarithms, where they were not seen for a year; else 0. */
function unseenMovement({ weeks, index }: Market): number {
  if (weeks >= LEAST_SEASON_WEEKS) return 0;
  let squares = 0;
  let steps = 0;
  for (let end = weeks; end >= 2 * MONTH_WEEKS; end -= MONTH_WEEKS) {
    const after = netMean(index.subarray(end - MONTH_WEEKS, end));
    const before = netMean(index.subarray(end - 2 * MONTH_WEEKS, end - MONTH_WEEKS));
    if (after === 0 || before === 0) continue;
    const step = log(after / before);
    squares += step * step;
    steps++;
  }
  return steps === 0 ? 0 : Math.sqrt(squares / steps);
}
