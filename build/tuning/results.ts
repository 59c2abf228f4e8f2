import type { DataSet, Experiment } from "./experiments.ts";
import type { Numbers } from "./measure.ts";
import type { Place } from "./places.ts";

/** By experiment and data set. */
export type Results = Record<string, SetResults>;

export interface SetResults {
  unchanged: Numbers;
  /** By change; null where the program failed with it. */
  changed: Record<string, Numbers | null>;
}

/** @returns those of the set, none at first. */
export function resultsOf(results: Results, experiment: Experiment, { data, origin, products }: DataSet): SetResults {
  const key = `${experiment.method} ${data} ${origin} ${products}`;
  results[key] ??= { unchanged: {}, changed: {} };
  return results[key];
}

/** What was changed, in words that stay when constants get other names. */
export function changeOf({ meaning, value }: Place, tried: string): string {
  return `${meaning}: ${value} → ${tried}`;
}
