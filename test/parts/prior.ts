import { equalLosses } from "../../src/demand/combination.ts";
import { DEMAND_CLASSES } from "../../src/demand/demand-class.ts";
import { NO_TREES, type TaughtElsewhere } from "../../src/learning/demand-trees.ts";
import { PRIOR_LEVELS, PRIOR_WEEKS, type Prior, type PriorStretches } from "../../src/learning/prior.ts";

/** What has been taught elsewhere where that is nothing, and nothing is stretched, but for what is given. */
export function priorOf(change: Partial<Prior & TaughtElsewhere> = {}): Prior & TaughtElsewhere {
  return {
    classLosses: DEMAND_CLASSES.map(equalLosses),
    trees: NO_TREES,
    meanFactors: DEMAND_CLASSES.map(() => 1),
    meanShare: 1,
    stretches: DEMAND_CLASSES.map(() => stretchesOf(1, 1)),
    ...change,
  };
}

/** The same stretches of lower and of upper bounds at all levels and of totals of all weeks. */
export function stretchesOf(lower: number, upper: number): PriorStretches {
  const atLevels = (stretch: number) => PRIOR_LEVELS.map(() => stretch);
  return {
    ...{ lower: atLevels(lower), upper: atLevels(upper) },
    totalLower: PRIOR_WEEKS.map(() => atLevels(lower)),
    totalUpper: PRIOR_WEEKS.map(() => atLevels(upper)),
  };
}
