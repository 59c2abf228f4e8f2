import { exp, log } from "../numeric/elementary.ts";
import { QUANTITY_FEATURES } from "./features.ts";
import { marketRatio, pastYears, productRatio } from "../demand/season.ts";
import { type LevelBasis, levelOf, meanOf } from "./snapshot.ts";
import type { TrainingRow } from "./training-rows.ts";

/** What is common to all products: what works for each class, and how far to trust past years. */
export interface Market {
  /** Weekly demand of the market, oldest first, the last week before the origin last. */
  readonly demand: Float64Array;
  /** By demand class: relative loss of each running method. */
  readonly classLosses: readonly Float64Array[];
  /**
   * Exponents of the season's ratio, of the market and of how a product differs from it: 0 for no season at all, 1 for
   * past years taken at their word.
   */
  readonly marketPower: number;
  readonly seasonPower: number;
  /** By weeks ago: how recent weeks of all products compare with their levels, as a logarithm. */
  readonly momentum: ReadonlyMap<number, number>;
}

/** What a product is measured by at an origin: its level, and how the season and the market's momentum change it. */
export interface Scale {
  readonly level: number;
  /** Logarithms; the market's is nothing where there is no past year. */
  readonly marketRatio: number | undefined;
  readonly productRatio: number;
  /** Units a week that are expected from level, season and momentum alone. */
  readonly expected: number;
}

/** @param weeksAgo of the origin that the basis is of. */
export function scaleOf(
  basis: LevelBasis,
  { demand, classLosses, marketPower, seasonPower, momentum }: Market,
  weeksAgo: number,
  horizon: number,
): Scale {
  const level = levelOf(basis, classLosses[basis.demandClass]!);
  const market = marketRatio(demand, demand.length - weeksAgo, horizon);
  const momentumPart = MOMENTUM_POWER * (momentum.get(weeksAgo) ?? 0);
  if (market === undefined) {
    return { level, marketRatio: undefined, productRatio: 0, expected: level * exp(momentumPart) };
  }
  const ofMarket = log(Math.max(LEAST_RATIO, market));
  const ofProduct = log(Math.max(LEAST_RATIO, productRatio(basis.season, basis.mean, market)));
  const season = marketPower * ofMarket + seasonPower * (ofProduct - ofMarket);
  return { level, marketRatio: ofMarket, productRatio: ofProduct, expected: level * exp(season + momentumPart) };
}

/** Of so many years one is luck: a season that the whole market has shown once is mostly believed, one shown often more. */
const LUCKY_YEARS = 0.35;

/** @returns exponent of the market's ratio. */
export function marketPowerOf(demand: Float64Array): number {
  const years = pastYears(demand.length);
  return years / (years + LUCKY_YEARS);
}

/** How much of the market's momentum lasts over the horizon. */
const MOMENTUM_POWER = 0.7;
const LEAST_RATIO = 0.05;
const POWERS = [0, 0.25, 0.5, 0.75, 1];
/** Taken where too few rows have a past year to choose by. */
const USUAL_POWER = 0.5;
const LEAST_ROWS = 500;
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
    const target = meanOf(actual);
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

/** The exponent of a product's own season with the least error at past origins that have a past year: tested against none. */
export function seasonPowerOf(
  rows: readonly TrainingRow[],
  market: Omit<Market, "seasonPower">,
  horizon: number,
): number {
  const errors = POWERS.map(() => 0);
  let seasonal = 0;
  for (const row of rows) {
    const scale = scaleOf(row, { ...market, seasonPower: 0 }, row.weeksAgo, horizon);
    if (scale.marketRatio === undefined) continue;
    seasonal++;
    const target = meanOf(row.actual);
    const weight = 1 / Math.sqrt(scale.level);
    for (const [i, power] of POWERS.entries())
      errors[i]! += weight * Math.abs(target - scale.expected * exp(power * (scale.productRatio - scale.marketRatio)));
  }
  return seasonal < LEAST_ROWS ? USUAL_POWER : POWERS[errors.indexOf(Math.min(...errors))]!;
}

/**
 * How the last weeks of all products together compare with the levels that they are measured by: what happens to the whole
 * market shows there sooner than in any product alone. No product counts for much of it: one wrong order must not move the
 * forecasts of all others.
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

/** What a product counts for at most in the market's momentum, as a share of all others. */
const MOST_OF_OTHERS = 0.05;
const RECENT_MEANS = ["mean4", "mean8"].map((name) => QUANTITY_FEATURES.indexOf(name));
