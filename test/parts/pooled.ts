import type { Pooled } from "../../src/demand/base.ts";
import { equalLosses } from "../../src/demand/combination.ts";
import { DEMAND_CLASSES } from "../../src/demand/demand-class.ts";
import type { PastSeasons } from "../../src/demand/season.ts";
import type { Market } from "../../src/learning/market.ts";

/** What is said of a product that has no past year. */
export const NO_SEASONS: PastSeasons = {
  ...{ years: 0, weeks: 0, sharedWeeks: 0, lastYear: 0, usual: 0 },
  ...{ usualError: 0, levelError: 0, triedYears: 0 },
};

/** What is known of all products where nothing is known of their past, but for what is given. */
export function pooledOf(change: Partial<Pooled> = {}): Pooled {
  return {
    ...{
      classLosses: DEMAND_CLASSES.map(equalLosses),
      seasons: new Map(),
      seasonWeeks: 32,
      clearErrors: 0.5,
      lasting: new Map(),
    },
    ...{ index: new Float64Array(), gaps: [] },
    ...{ pattern: new Float64Array(12).fill(1), open: new Float64Array(12).fill(1) },
    ...change,
  };
}

/** A market of so many weeks with the level that each has, oldest first, in which orders were always taken. */
export function marketWith(weeks: number, levelAt: (week: number) => number, noise = 0): Market {
  const index = Float64Array.from({ length: weeks }, (_, week) => levelAt(week));
  return { weeks, index, unsmoothed: index, openness: new Float64Array(weeks).fill(1), noise };
}
