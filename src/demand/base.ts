import { exp, log } from "../numeric/elementary.ts";
import { type LevelBasis, levelOf } from "./level.ts";
import { ownSeasonRatio, pooledSeasonRatio } from "./season.ts";

/** What products have in common: what works for each class of demand, and how far to trust past years. */
export interface Pooled {
  /** Weekly demand of all products together, oldest first, the last week before the origin last. */
  readonly series: Float64Array;
  /** Relative loss of each running method, one array a demand class. */
  readonly classLosses: readonly Float64Array[];
  /**
   * Exponents of seasonal ratios: of that of all products together, and of how a product's own differs from it. With 0 there
   * is no season at all, with 1 past years are taken at their word.
   */
  readonly seasonExponent: number;
  readonly ownSeasonExponent: number;
  /** How recent weeks of all products compare with their levels, as a logarithm, by how many weeks ago the origin is. */
  readonly momentum: ReadonlyMap<number, number>;
}

/** What is expected of a product at an origin from its level, season and the common momentum alone. */
export interface Base {
  readonly level: number;
  /** Logarithm of the seasonal ratio of all products together; nothing where there is no past year. */
  readonly pooledSeason: number | undefined;
  /** Logarithm of the product's own seasonal ratio. */
  readonly ownSeason: number;
  /** Units a week, mean of the horizon. */
  readonly expected: number;
}

/** How much of the common momentum lasts over the horizon. */
const MOMENTUM_EXPONENT = 0.7;
/** Ratios below it, such as of weeks in which nothing sold at all, say no more. */
export const LEAST_RATIO = 0.05;

/** @param weeksAgo how many weeks the origin of `basis` lies before the origin that `pooled` ends at. */
export function baseOf(
  basis: LevelBasis,
  { series, classLosses, seasonExponent, ownSeasonExponent, momentum }: Pooled,
  weeksAgo: number,
  horizon: number,
): Base {
  const level = levelOf(basis, classLosses[basis.demandClass]!);
  const pooledRatio = pooledSeasonRatio(series, series.length - weeksAgo, horizon);
  const momentumPart = MOMENTUM_EXPONENT * (momentum.get(weeksAgo) ?? 0);
  if (pooledRatio === undefined) {
    return { level, pooledSeason: undefined, ownSeason: 0, expected: level * exp(momentumPart) };
  }
  const pooledSeason = log(Math.max(LEAST_RATIO, pooledRatio));
  const ownSeason = log(Math.max(LEAST_RATIO, ownSeasonRatio(basis.season, basis.mean, pooledRatio)));
  const season = seasonExponent * pooledSeason + ownSeasonExponent * (ownSeason - pooledSeason);
  return { level, pooledSeason, ownSeason, expected: level * exp(season + momentumPart) };
}
