import { exp, log } from "../numeric/elementary.ts";
import { type LevelBasis, levelOf } from "./level.ts";
import { clearnessOf, ratioOfShare } from "./season.ts";

/** What products have in common: what works for each class of demand, how they move together, and how far to trust past years. */
export interface Pooled {
  /** Relative loss of each running method, one array a demand class. */
  readonly classLosses: readonly Float64Array[];
  /**
   * How the weeks ahead compare with those before them by past years of all products, as a logarithm, by how many weeks ago
   * the origin is; nothing where no past year is known of enough products.
   */
  readonly seasons: ReadonlyMap<number, number>;
  /** The season of all products counts for each of them as much as so many weeks with demand of its own past years. */
  readonly seasonWeeks: number;
  /** Part of the errors of the level that the usual demand of past years may leave, where it stands alone. */
  readonly clearErrors: number;
  /** Weekly level of all products, oldest first, the last week before the origin last; zero in weeks of rest. */
  readonly index: Float64Array;
  /** What of it lasts, as a logarithm, by how many weeks ago the origin is. */
  readonly lasting: ReadonlyMap<number, number>;
  /** Where they have just moved out of all proportion: how far, and what that leaves open. */
  readonly shift?: MarketShift;
  /** How demand of all products spreads over the weeks of the horizon but for weeks of rest, with a mean of one. */
  readonly pattern: Float64Array;
  /** How far orders will be taken in each week of the horizon. */
  readonly open: Float64Array;
  /** Weeks of the past without an order of anybody, as no other year has them: from so many weeks ago until so many. */
  readonly gaps: readonly { readonly from: number; readonly until: number }[];
}

/** How far all products have moved of late, out of all proportion, and where they may go from there. */
export interface MarketShift {
  /** Since so many weeks they have sold so many times what was usual before. */
  readonly weeks: number;
  readonly factor: number;
  /** If nothing of it lasts, or all, or just the last week: the least and the most of these, as multiples of what is expected. */
  readonly least: number;
  readonly most: number;
}

/** What of it a base is made from. */
export type SeasonalPooled = Pick<Pooled, "classLosses" | "seasons" | "seasonWeeks" | "clearErrors" | "lasting">;

/** What is expected of a product at an origin from its level, season and the common momentum alone. */
export interface Base {
  readonly level: number;
  /** Mean of the product's last weeks with demand. */
  readonly size: number;
  /** Logarithm of the seasonal ratio of all products together; nothing where there is no past year. */
  readonly pooledSeason: number | undefined;
  /** Logarithm of how the product's own season differs from that of all. */
  readonly ownSeason: number;
  /** How far the product's own season is so clear that it stands alone, 0 to 1. */
  readonly clearness: number;
  /** Units a week, mean of the horizon: by the level alone, which trees correct, and where the season counts as far as it is clear. */
  readonly expectedByLevel: number;
  readonly expected: number;
}

/** What is expected is no less than this share of the level, so that it can stand below a ratio; where a clear season is over, of this. */
const LEAST_OF_LEVEL = 0.01;
const LEAST_OF_CLEAR = 1e-6;

/**
 * @param weeksAgo how many weeks the origin of `basis` lies before the origin that `pooled` ends at.
 * @param level of `levelOf`, where the caller has it already.
 */
export function baseOf(
  basis: LevelBasis,
  { classLosses, seasons, seasonWeeks, clearErrors, lasting }: SeasonalPooled,
  weeksAgo: number,
  level = levelOf(basis, classLosses[basis.demandClass]!),
): Base {
  const { season, size } = basis;
  const pooledSeason = seasons.get(weeksAgo);
  const ownSeason = log(ratioOfShare(season.sharedWeeks, season.weeks, 0.5, seasonWeeks));
  const clearness = clearnessOf(season, clearErrors);
  const ofAll = exp((lasting.get(weeksAgo) ?? 0) + (pooledSeason ?? 0));
  const least = LEAST_OF_LEVEL * level * ofAll;
  const expectedByLevel = Math.max(least, level * exp(ownSeason) * ofAll);
  const expected =
    (1 - clearness) * expectedByLevel + clearness * Math.max(LEAST_OF_CLEAR * level, season.usual * ofAll);
  return { level, size, pooledSeason, ownSeason, clearness, expectedByLevel, expected };
}
