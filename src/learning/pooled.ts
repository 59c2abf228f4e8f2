import { baseOf, LEAST_RATIO, type Pooled } from "../demand/base.ts";
import { levelOf, netMean } from "../demand/level.ts";
import { pastYears } from "../demand/season.ts";
import { exp, log } from "../numeric/elementary.ts";
import { ownFeatureAt } from "./features.ts";
import type { TrainingRow } from "./training-rows.ts";

/** As many years of a season are luck: one that all products have shown once is mostly believed, one shown often more. */
const LUCKY_YEARS = 0.35;

/** @returns the exponent of the seasonal ratio of all products together. */
export function seasonExponentOf(series: Float64Array): number {
  const years = pastYears(series.length);
  return years / (years + LUCKY_YEARS);
}

const EXPONENTS = [0, 0.25, 0.5, 0.75, 1];
/** Taken where too few rows have a past year to choose by. */
const USUAL_EXPONENT = 0.5;
const LEAST_ROWS = 500;

/**
 * The exponent of a product's own season with the least error at past origins that have a past year.
 *
 * @param pooled what is known of all products but this exponent.
 */
export function ownSeasonExponentOf(
  rows: readonly TrainingRow[],
  pooled: Omit<Pooled, "ownSeasonExponent">,
  horizon: number,
): number {
  const errors = EXPONENTS.map(() => 0);
  let seasonal = 0;
  for (const row of rows) {
    const base = baseOf(row, { ...pooled, ownSeasonExponent: 0 }, row.weeksAgo, horizon);
    if (base.pooledSeason === undefined) continue;
    seasonal++;
    const target = netMean(row.actual);
    const weight = 1 / Math.sqrt(base.level);
    for (const [i, exponent] of EXPONENTS.entries()) {
      const expected = base.expected * exp(exponent * (base.ownSeason - base.pooledSeason));
      errors[i]! += weight * Math.abs(target - expected);
    }
  }
  return seasonal < LEAST_ROWS ? USUAL_EXPONENT : EXPONENTS[errors.indexOf(Math.min(...errors))]!;
}

/** The loss of all classes counts in each class as much as this many of its rows. */
const ALL_CLASSES_ROWS = 100;

/** @returns by demand class the relative loss of each running method at past origins of all products. */
export function classLossesOf(rows: readonly TrainingRow[], classes: number): Float64Array[] {
  const methods = rows[0]!.levels.length;
  const all = new Losses(methods);
  const byClass = Array.from({ length: classes }, () => new Losses(methods));
  for (const row of rows) {
    all.add(row);
    byClass[row.demandClass]!.add(row);
  }
  return byClass.map((losses) => losses.shrunkTo(all));
}

class Losses {
  readonly #errors: Float64Array;
  #actuals = 0;
  #rows = 0;

  constructor(methods: number) {
    this.#errors = new Float64Array(methods);
  }

  /** Errors count by the root of the product's mean, between units and percentages. */
  add({ levels, actual, mean52 }: TrainingRow): void {
    const target = netMean(actual);
    const weight = 1 / Math.sqrt(Math.max(0.05, mean52));
    for (let m = 0; m < levels.length; m++) this.#errors[m]! += weight * Math.abs(target - levels[m]!);
    this.#actuals += weight * target;
    this.#rows++;
  }

  relative(): Float64Array {
    return this.#errors.map((errors) => (this.#actuals > 0 ? errors / this.#actuals : 1));
  }

  shrunkTo(all: Losses): Float64Array {
    const own = this.relative();
    return all
      .relative()
      .map((loss, m) => (this.#rows * own[m]! + ALL_CLASSES_ROWS * loss) / (this.#rows + ALL_CLASSES_ROWS));
  }
}

/** What a product counts for at most in the common momentum, as a share of all others. */
const MOST_OF_OTHERS = 0.05;
const RECENT_MEANS = ["mean4", "mean8"].map(ownFeatureAt);

/**
 * How the last weeks of all products together compare with their levels: what happens to all of them shows there sooner
 * than in any product alone. No product counts for much of it: one wrong order must not move the forecasts of all others.
 *
 * @returns by weeks ago, a logarithm.
 */
export function momentumOf(rows: readonly TrainingRow[], classLosses: readonly Float64Array[]): Map<number, number> {
  const levels = Float64Array.from(rows, (row) => levelOf(row, classLosses[row.demandClass]!));
  const totals = new Map<number, number>();
  for (const [i, { weeksAgo }] of rows.entries()) totals.set(weeksAgo, (totals.get(weeksAgo) ?? 0) + levels[i]!);
  const sums = new Map<number, { recent: number; level: number }>();
  for (const [i, { weeksAgo, features }] of rows.entries()) {
    const sum = sums.get(weeksAgo) ?? { recent: 0, level: 0 };
    const others = totals.get(weeksAgo)! - levels[i]!;
    const part = others > 0 ? Math.min(1, (MOST_OF_OTHERS * others) / levels[i]!) : 1;
    for (const feature of RECENT_MEANS) sum.recent += (part * features[feature]!) / RECENT_MEANS.length;
    sum.level += part * levels[i]!;
    sums.set(weeksAgo, sum);
  }
  return new Map(Array.from(sums, ([weeks, { recent, level }]) => [weeks, log(Math.max(LEAST_RATIO, recent / level))]));
}
