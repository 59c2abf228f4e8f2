import { DEMAND_CLASSES } from "../demand/demand-class.ts";
import { log } from "../numeric/elementary.ts";
import type { BoostedTrees } from "../trees/boosted-trees.ts";
import { type DemandTrees, SPREAD_NAMES, type SpreadName, spreadTrees, type TaughtElsewhere } from "./demand-trees.ts";

/** What has been taught elsewhere, on simulated and public orders, and ships with the program. */
export interface Prior extends Omit<TaughtElsewhere, "meanShare"> {
  /** By demand class the relative loss of each running method. */
  readonly classLosses: readonly Float64Array[];
  /** One of each demand class. */
  readonly stretches: readonly PriorStretches[];
}

/**
 * The mean that trees say is not heard where the catalogue is known for no more than so many weeks, and in full from so many on: in a
 * file that begins when products are old they look like launches, which grow. Where it is always heard in full, totals of files of ten
 * (sixteen) weeks of grocery, medical, workshop and the simulated ones miss 14 % (4 %) more, and of liquor 36 % (11 %); of wholesale, on
 * which trees were taught, 4 % less.
 */
const UNTOLD_WEEKS = 8;
const TOLD_WEEKS = 24;

/** @param weeks for which the catalogue is known. */
export function taughtElsewhere({ trees, meanFactors }: Prior, weeks: number): TaughtElsewhere {
  const told = (weeks - UNTOLD_WEEKS) / (TOLD_WEEKS - UNTOLD_WEEKS);
  return { trees, meanFactors, meanShare: Math.min(1, Math.max(0, told)) };
}

/**
 * What makes the bounds that trees predict hold what they promise, of a week and of the total of the horizon: a lower one is
 * multiplied by it, so that nothing stays nothing; an upper one's distance from the mean is.
 */
export type Stretches = Readonly<Record<"lower" | "upper", number>> & TotalStretches;

export type TotalStretches = Readonly<Record<"totalLower" | "totalUpper", number>>;

/** `Stretches` of a demand class: `PRIOR_LEVELS` numbers, and as many of totals of each of `PRIOR_WEEKS`. */
export interface PriorStretches {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly totalLower: readonly (readonly number[])[];
  readonly totalUpper: readonly (readonly number[])[];
}

/** Levels and weeks of totals that stretches are known of; those between are interpolated. */
export const PRIOR_LEVELS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
export const PRIOR_WEEKS = [1, 2, 4, 8, 12, 18, 26];

/** A prior as its file has it. */
export interface EncodedPrior {
  readonly features: readonly string[];
  readonly classLosses: readonly (readonly number[])[];
  readonly meanFactors: readonly number[];
  readonly mean: string;
  readonly spread: Readonly<Record<SpreadName, string>>;
  readonly stretches: readonly PriorStretches[];
}

let known: Prior | undefined;

/** The prior that ships with the program. */
export async function shippedPrior(): Promise<Prior> {
  if (known) return known;
  const { default: encoded } = await import("./prior.json", { with: { type: "json" } });
  known = decodedPrior(encoded as unknown as EncodedPrior);
  return known;
}

export function decodedPrior({ classLosses, meanFactors, mean, spread, stretches }: EncodedPrior): Prior {
  return {
    classLosses: DEMAND_CLASSES.map((_, index) => Float64Array.from(classLosses[index]!)),
    trees: { mean: decodedTrees(mean), spread: spreadTrees((name) => decodedTrees(spread[name])) },
    meanFactors,
    stretches,
  };
}

export function encodedSpread(spread: DemandTrees["spread"]): Record<SpreadName, string> {
  return Object.fromEntries(SPREAD_NAMES.map((name) => [name, encodedTrees(spread[name])])) as Record<
    SpreadName,
    string
  >;
}

/** Bytes of a node: its feature and its left child's distance from the root, a byte each, and a 32-bit threshold. */
const NODE = 6;
/** Stands for the feature of a leaf. */
const LEAF = 255;

/** @returns in base 64 how many nodes each tree has, a byte each, after how many trees there are, and then all nodes. */
export function encodedTrees({ roots, feature, threshold, left }: BoostedTrees): string {
  const head = 4 + roots.length;
  const bytes = new Uint8Array(head + NODE * feature.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, roots.length, true);
  for (let tree = 0; tree < roots.length; tree++) {
    const root = roots[tree]!;
    const end = roots[tree + 1] ?? feature.length;
    bytes[4 + tree] = end - root;
    for (let node = root; node < end; node++) {
      const at = head + NODE * node;
      bytes[at] = feature[node]! < 0 ? LEAF : feature[node]!;
      bytes[at + 1] = feature[node]! < 0 ? 0 : left[node]! - root;
      view.setFloat32(at + 2, threshold[node]!, true);
    }
  }
  return bytes.toBase64();
}

export function decodedTrees(encoded: string): BoostedTrees {
  const bytes = Uint8Array.fromBase64(encoded);
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const trees = view.getUint32(0, true);
  const head = 4 + trees;
  const nodes = (bytes.length - head) / NODE;
  const roots = new Int32Array(new SharedArrayBuffer(4 * trees));
  const feature = new Int32Array(new SharedArrayBuffer(4 * nodes));
  const left = new Int32Array(new SharedArrayBuffer(4 * nodes));
  const threshold = new Float64Array(new SharedArrayBuffer(8 * nodes));
  let root = 0;
  for (let tree = 0; tree < trees; tree++) {
    roots[tree] = root;
    const end = root + bytes[4 + tree]!;
    for (let node = root; node < end; node++) {
      const at = head + NODE * node;
      feature[node] = bytes[at] === LEAF ? -1 : bytes[at]!;
      left[node] = root + bytes[at + 1]!;
      threshold[node] = view.getFloat32(at + 2, true);
    }
    root = end;
  }
  return { roots, feature, threshold, left };
}

/** @returns the stretches at a level and of totals of so many weeks, between those that are known. */
export function stretchesAt(
  { lower, upper, totalLower, totalUpper }: PriorStretches,
  level: number,
  weeks: number,
): Stretches {
  const atLevel = (known: readonly number[]) =>
    Math.max(0, interpolated(PRIOR_LEVELS.map(rarity), known, rarity(level)));
  const ofWeeks = (known: readonly (readonly number[])[]) =>
    interpolated(PRIOR_WEEKS.map(log), known.map(atLevel), log(weeks));
  return {
    lower: atLevel(lower),
    upper: atLevel(upper),
    totalLower: ofWeeks(totalLower),
    totalUpper: ofWeeks(totalUpper),
  };
}

/** Quantiles of errors grow about as fast as this. */
function rarity(level: number): number {
  return -log(1 - level);
}

/** A straight line between neighbours, and at the ends the first or last one on. */
function interpolated(xs: readonly number[], ys: readonly number[], x: number): number {
  let i = 1;
  while (i < xs.length - 1 && x > xs[i]!) i++;
  const share = (x - xs[i - 1]!) / (xs[i]! - xs[i - 1]!);
  return ys[i - 1]! + share * (ys[i]! - ys[i - 1]!);
}
