import type { ExperimentName } from "./experiments.ts";

/** Tuned constants of a file, and what they are measured by. */
export interface TunedFile {
  readonly file: string;
  readonly experiment: ExperimentName;
  readonly constants: readonly Tuned[];
}

/**
 * Where the number stands, how half and twice of it are made, and what it is.
 *
 * The place is the name of a constant (`NAME`, or `NAME.entry` of options), or a piece of the source text in which `#`
 * stands for the number, or without `#` a piece that is replaced as a whole.
 */
export type Tuned = readonly [place: string, rule: Rule | readonly [half: string, twice: string], meaning: string];

/**
 * `count`: a whole number, at least one. `share`: at most one. `margin`: a factor near one, whose distance from one is
 * halved and doubled.
 */
export type Rule = "count" | "number" | "share" | "margin";
