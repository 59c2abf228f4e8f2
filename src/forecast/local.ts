import { absoluteError } from "../accuracy/error.ts";
import { baseOf } from "../demand/base.ts";
import { combinationWeights, equalLosses } from "../demand/combination.ts";
import { DEMAND_CLASSES } from "../demand/demand-class.ts";
import { levelOf, PastDemand } from "../demand/level.ts";
import { withoutOutliers } from "../demand/outliers.ts";
import { LEAST_SEASON_WEEKS } from "../demand/season.ts";
import { weekPattern } from "../demand/week-pattern.ts";
import { weeksOfYears } from "../history/calendar.ts";
import { LEARNED_WEEKS } from "../learning/as-of.ts";
import { meanOfWeeks } from "../models/mean.ts";
import { sum } from "../numeric/sum.ts";
import { type DemandForecast, type MethodWeight, methodWeights } from "./demand-forecast.ts";
import { type HeldOut, intervalsFromErrors, intervalsFromHistory } from "./interval.ts";
import { meanForecast } from "./mean-forecast.ts";

/** What stands in for products too young to hold out a past origin. */
const BASELINE = meanOfWeeks(13);
const LEAST_TRAINING_WEEKS = 8;
const WEEKS_BETWEEN_ORIGINS = 4;
const MOST_ORIGINS = 6;
/** Past years whose same weeks are held out too. */
const MOST_YEARS = 3;
/** Errors of a season count so many times: a few overlapping past origins must speak clearly for it. */
const SEASON_HANDICAP = 1.2;
/** As how many weeks with demand no season counts: a product's own past years are trusted the less, the more there are. */
const SEASON_WEEKS = [32, 4];
const NO_SEASON = 1e9;

/**
 * Forecasts a product from its own history, where there are too few products to learn from: the combination of running
 * methods that did well at its past origins, with the season of its own past years where that did better than none.
 *
 * @param quantities net units a week, oldest first, at least one.
 */
export function localForecast(quantities: Float64Array, horizon: number, level: number): DemandForecast {
  const origins = heldOutOrigins(quantities.length, horizon);
  if (origins.length === 0) {
    const mean = meanForecast(BASELINE, quantities, horizon);
    return {
      modelType: "baseline",
      weights: [{ method: BASELINE.name, weight: 1 }],
      mean,
      intervals: intervalsFromHistory(mean, quantities, level),
      accuracyEstimate: null,
    };
  }
  const [best] = candidates(withoutOutliers(quantities), horizon, origins)
    .map((candidate) => ({ ...candidate, heldOut: holdOut(candidate, quantities, horizon, origins) }))
    .map((candidate) => ({ ...candidate, error: candidate.handicap * totalError(candidate.heldOut) }))
    .sort((a, b) => a.error - b.error);
  const { weights, forecastAt, heldOut } = best!;
  const mean = forecastAt(quantities.length);
  return {
    modelType: "statistical",
    weights,
    mean,
    intervals: intervalsFromErrors(mean, heldOut, level),
    accuracyEstimate: totalAccuracy(heldOut),
  };
}

interface Candidate {
  /** Errors count so many times. */
  readonly handicap: number;
  readonly weights: readonly MethodWeight[];
  /** @returns units of each week of the horizon after the first `end` weeks, from these alone. */
  readonly forecastAt: (end: number) => Float64Array;
}

function candidates(quantities: Float64Array, horizon: number, origins: readonly number[]): Candidate[] {
  const past = new PastDemand(quantities, LEARNED_WEEKS);
  const weights = methodWeights(combinationWeights(past.basisAt(quantities.length).own, equalLosses()));
  const flat = new Float64Array(Math.max(LEARNED_WEEKS, horizon)).fill(1);
  const combination = (seasonWeeks: number, handicap: number): Candidate => ({
    handicap,
    weights,
    forecastAt: (end) => {
      const basis = past.basisAt(end);
      if (seasonWeeks === NO_SEASON) return flat.map(() => levelOf(basis, equalLosses())).subarray(0, horizon);
      const { expected, clearness } = baseOf(basis, pooledOf(seasonWeeks), 0);
      const pattern = weekPattern(quantities.subarray(0, end), clearness, flat, LEARNED_WEEKS);
      return pattern.map((factor) => expected * factor).subarray(0, horizon);
    },
  });
  const sinceFirst = quantities.subarray(Math.min(...origins));
  const knowsYears = sinceFirst.some((quantity) => quantity > 0) && quantities.length >= LEAST_SEASON_WEEKS;
  const seasonal = SEASON_WEEKS.map((seasonWeeks) => combination(seasonWeeks, SEASON_HANDICAP));
  return [combination(NO_SEASON, 1), ...(knowsYears ? seasonal : [])];
}

function holdOut(
  { forecastAt }: Candidate,
  quantities: Float64Array,
  horizon: number,
  origins: readonly number[],
): HeldOut[] {
  return origins.map((end) => ({ forecast: forecastAt(end), actual: quantities.subarray(end, end + horizon) }));
}

/** @returns past origins that are held out, as weeks known at them: the last ones, and the same week of past years. */
function heldOutOrigins(weeks: number, horizon: number): number[] {
  const last = Array.from({ length: MOST_ORIGINS }, (_, i) => weeks - horizon - i * WEEKS_BETWEEN_ORIGINS);
  const years = Array.from({ length: MOST_YEARS }, (_, i) => weeks - weeksOfYears(i + 1));
  return [
    ...last.filter((training) => training >= LEAST_TRAINING_WEEKS),
    ...years.filter((training) => training >= LEAST_SEASON_WEEKS),
  ];
}

/** What there is to pool where the product stands by itself. */
function pooledOf(seasonWeeks: number) {
  return {
    classLosses: DEMAND_CLASSES.map(equalLosses),
    seasons: new Map(),
    seasonWeeks,
    clearErrors: 0.5,
    lasting: new Map(),
  };
}

function totalError(heldOut: readonly HeldOut[]): number {
  return absoluteError(...totals(heldOut));
}

function totalAccuracy(heldOut: readonly HeldOut[]): number | null {
  const [actual] = totals(heldOut);
  const demand = sum(actual);
  return demand <= 0 ? null : Math.max(0, 1 - totalError(heldOut) / demand);
}

function totals(heldOut: readonly HeldOut[]): [actual: Float64Array, forecast: Float64Array] {
  return [
    Float64Array.from(heldOut, ({ actual }) => sum(actual)),
    Float64Array.from(heldOut, ({ forecast }) => sum(forecast)),
  ];
}
