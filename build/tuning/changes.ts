import { type DataSet, EXPERIMENTS, type Experiment, type Measure } from "./experiments.ts";
import type { Numbers } from "./measure.ts";
import type { Place } from "./places.ts";
import { changeOf, type Results, resultsOf } from "./results.ts";

/** Less than this, in percent or points, is no effect. */
const NOTICEABLE = 0.02;

/** What another value of a constant changes. */
export interface Change {
  readonly place: Place;
  readonly tried: string;
  /** By data set: by how much each measure changes, in the measures' units; null where the program failed. */
  readonly bySet: readonly { readonly set: DataSet; readonly differences: Numbers | null }[];
}

/** @returns the changes of all places of an experiment, on the data sets where all of them were measured. */
export function changesOf(experiment: Experiment, places: readonly Place[], results: Results): Change[] {
  const tried = places
    .filter((place) => EXPERIMENTS[place.experiment] === experiment)
    .flatMap((place) => place.tried.map((value) => ({ place, tried: value })));
  const resultsBySet = experiment.sets
    .map((set) => ({ set, ...resultsOf(results, experiment, set) }))
    .filter(({ changed }) => tried.every(({ place, tried: value }) => changeOf(place, value) in changed));
  return tried.map(({ place, tried: value }) => ({
    ...{ place, tried: value },
    bySet: resultsBySet.map(({ set, unchanged, changed }) => {
      const numbers = changed[changeOf(place, value)];
      return { set, differences: numbers ? differences(experiment.measures, unchanged, numbers) : null };
    }),
  }));
}

function differences(measures: readonly Measure[], unchanged: Numbers, changed: Numbers): Numbers {
  const found: Record<string, number> = {};
  for (const { key, unit } of measures) {
    const [before = 0, after = 0] = [unchanged[key], changed[key]];
    if (unit === "count") found[key] = after - before;
    else if (unit === "points") found[key] = 100 * (after - before);
    else found[key] = before === 0 ? 0 : 100 * (after / before - 1);
  }
  return found;
}

/** Means over the data sets; sums of counts. Nothing where the program failed on one. */
export function summary(measures: readonly Measure[], { bySet }: Change): Numbers | undefined {
  if (bySet.some((item) => item.differences === null)) return undefined;
  const entries = measures.map(({ key, unit }): [string, number] => {
    const sum = bySet.reduce((total, item) => total + item.differences![key]!, 0);
    return [key, unit === "count" ? sum : sum / bySet.length];
  });
  return Object.fromEntries(entries);
}

/** The data set on which a measure changes most. */
export function mostChanged({ bySet }: Change, key: string): { set: DataSet; difference: number } | undefined {
  const found = bySet.map(({ set, differences }) => ({ set, difference: differences?.[key] ?? 0 }));
  return found.toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))[0];
}

export function hasEffect({ bySet }: Change): boolean {
  return bySet.some(
    ({ differences: found }) => !found || Object.values(found).some((difference) => Math.abs(difference) >= NOTICEABLE),
  );
}
