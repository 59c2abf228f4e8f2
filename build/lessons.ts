// Teaches what ships with the program: trees on simulated worlds and on public orders. `npm run lessons -- FOLDER`, where
// FOLDER has wholesale-orders.csv.gz and liquor-orders.csv.gz; writes src/learning/prior.json.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { equalLosses } from "../src/demand/combination.ts";
import { DEMAND_CLASSES } from "../src/demand/demand-class.ts";
import { withoutOutliers } from "../src/demand/outliers.ts";
import { parseDay } from "../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../src/history/history.ts";
import { neededStretches, predictionOf, quantileStretch } from "../src/learning/calibration.ts";
import { type DemandTrees, NO_TREES, spreadTrees } from "../src/learning/demand-trees.ts";
import { FEATURE_NAMES } from "../src/learning/features.ts";
import { marketOf } from "../src/learning/market.ts";
import { classLossesOf } from "../src/learning/pooled.ts";
import {
  encodedSpread,
  encodedTrees,
  PRIOR_LEVELS,
  PRIOR_WEEKS,
  type Prior,
  type PriorStretches,
} from "../src/learning/prior.ts";
import { isTrained, type TrainingTable, trainingTable } from "../src/learning/table.ts";
import { isOver, spreadRows, trainMean, trainSpread } from "../src/learning/train.ts";
import { decodeRows, type TrainingRow, trainingBatch } from "../src/learning/training-rows.ts";
import { hashOf } from "../src/numeric/random.ts";
import { simulateOrders } from "../src/simulation/wholesaler.ts";
import type { BoostedTrees, BoostingOptions } from "../src/trees/boosted-trees.ts";
import { readOrders } from "./lessons/orders.ts";
import { randomWorld } from "./lessons/worlds.ts";

const HORIZON = 26;
/** Single large orders are as many in simulated worlds as they were made; of what they add, real orders show about a third. */
const TRUST_IN_FACTORS = 1 / 3;
const END = parseDay("2025-01-01");

interface World {
  readonly name: string;
  readonly histories: readonly ProductHistory[];
  readonly origin: number;
  readonly withCustomers: boolean;
}

const SIMULATED = Number(process.env.WORLDS ?? 60);
const WHOLESALERS = Number(process.env.WHOLESALERS ?? 16);
const ROWS_A_WORLD = 3000;

function* worlds(folder: string | undefined): Generator<World> {
  for (let seed = 0; seed < SIMULATED; seed++) {
    const products = 150 + ((seed * 37) % 200);
    const origin = END + 17 * seed;
    const lines = randomWorld(9000 + seed, products, origin);
    yield {
      name: `random ${seed}`,
      histories: productHistories(lines, products, origin),
      origin,
      withCustomers: seed % 4 !== 0,
    };
  }
  for (let seed = 0; seed < WHOLESALERS; seed++) {
    const products = 300;
    const origin = END + 23 * seed;
    const weeks = 40 + ((seed * 53) % 300);
    const book = simulateOrders({
      seed: 7000 + seed,
      products,
      customers: 40 + ((seed * 71) % 250),
      start: origin - 7 * weeks,
      end: origin,
    });
    const count = book.productIds.length;
    yield {
      name: `wholesaler ${seed}`,
      histories: productHistories(book.lines, count, origin),
      origin,
      withCustomers: seed % 4 !== 1,
    };
  }
  if (!folder) return;
  // Nothing of what shared measures were taken on: all outcomes lie before.
  for (const [file, ends] of Object.entries({
    liquor: (process.env.LIQUOR ?? "2019-10-08 2019-04-02").split(" "),
    wholesale: (process.env.WHOLESALE ?? "2010-09-13").split(" "),
  })) {
    for (const [i, end] of ends.filter(Boolean).entries()) {
      const origin = parseDay(end);
      const { lines, products } = readOrders(join(folder, `${file}-orders.csv.gz`), origin);
      yield {
        name: `${file} ${end}`,
        histories: productHistories(lines, products, origin),
        origin,
        withCustomers: i === 0,
      };
    }
  }
}

const MEAN: BoostingOptions = {
  trees: Number(process.env.TREES ?? 300),
  leaves: Number(process.env.LEAVES ?? 24),
  learningRate: Number(process.env.RATE ?? 0.05),
  leastRows: 400,
  l2: 50,
  featureFraction: 0.3,
  subsample: 0.5,
  seed: 1,
};
const SPREAD: BoostingOptions = { ...MEAN, trees: 120, leaves: 16, learningRate: 0.08 };
const STARTS = { lower: 0.1, median: 0.6, upper: 2, meanWeekLower: 0.4, meanWeekUpper: 1.8, accuracy: 0.4 } as const;

const folder = process.argv[2];
const all: { world: World; market: ReturnType<typeof marketOf>; rows: TrainingRow[] }[] = [];
for (const world of worlds(folder)) {
  const { histories, origin, withCustomers, name } = world;
  const market = marketOf(histories.map(({ quantities }) => withoutOutliers(quantities)));
  const options = {
    origin,
    withCustomers,
    index: market.index,
    horizon: HORIZON,
    level: 0.8,
    minCustomers: 2,
    minOrders: 3,
  };
  const ids = histories.map((_, i) => hashOf(`${name} ${i}`));
  const some = histories
    .map((_, i) => i)
    .sort((a, b) => ids[a]! - ids[b]!)
    .slice(0, Math.ceil(ROWS_A_WORLD / 8));
  const batch = trainingBatch(
    some.map((i) => histories[i]!),
    some.map((i) => ids[i]!),
    options,
  );
  const rows = decodeRows(batch.rows, HORIZON);
  all.push({ world, market, rows });
}
console.error(
  "rows",
  all.reduce((sum, { rows }) => sum + rows.length, 0),
);

const rounded = (stretch: number) => Math.round(1000 * stretch) / 1000;
const constant = (value: number): BoostedTrees => ({
  roots: Int32Array.of(0),
  feature: Int32Array.of(-1),
  threshold: Float64Array.of(value),
  left: Int32Array.of(0),
});
const neutral: Prior = {
  classLosses: DEMAND_CLASSES.map(equalLosses),
  trees: { ...NO_TREES, mean: constant(1) },
  meanFactors: [],
  stretches: [],
};
const classLosses = classLossesOf(
  all.flatMap(({ rows, market }) => rows.filter((row) => isTrained(row, market))),
  neutral.classLosses,
);
const tables = all.flatMap(({ market, rows }) => {
  const { table } = trainingTable(rows, market, { horizon: HORIZON }, { ...neutral, classLosses });
  return table.expected.length > 0 ? [table] : [];
});
const table = joined(tables);
console.error("trained rows", table.expected.length);

const rowsOf = (of: (fold: number) => boolean) => [...table.fold.keys()].filter((i) => of(table.fold[i]!));
const meanTrees = (rows: number[]) =>
  withConstant(1, trainMean(table, rows, new Float64Array(rows.length).fill(1), MEAN));
const halves = [0, 1].map((half) => rowsOf((fold) => fold === half));
const meansOfHalves = halves.map(meanTrees);
const expectedOutOfHalf = Float64Array.from(table.fold, (half, i) => {
  const set = { trees: { ...NO_TREES, mean: meansOfHalves[1 - half]! }, meanFactors: DEMAND_CLASSES.map(() => 1) };
  return predictionOf(table, i, set, [NO_TREES]).mean;
});
const meanFactors = DEMAND_CLASSES.map((name, index) => {
  let came = 0;
  let said = 0;
  for (const i of rowsOf(() => true)) {
    if (table.demandClass[i] !== index || !isOver(table, i)) continue;
    came += table.meanWeek[i]! / table.size[i]!;
    said += expectedOutOfHalf[i]! / table.size[i]!;
  }
  console.error(name, "bias of what trees say", rounded(said / came - 1));
  return rounded(1 + TRUST_IN_FACTORS * (came / said - 1));
});
const outOfHalf = (i: number) => meanFactors[table.demandClass[i]!]! * expectedOutOfHalf[i]!;
const spreadOf = (rows: number[]) => {
  const spread = spreadRows(table, rows, outOfHalf);
  const trained = trainSpread(table, spread, (name) => new Float64Array(spread.rows.length).fill(STARTS[name]), SPREAD);
  return spreadTrees((name) => withConstant(STARTS[name], trained[name]));
};
console.error("means of halves", Math.round(performance.now() / 1000));
const setsOfHalves = halves.map((rows, half): DemandTrees => ({ mean: meansOfHalves[half]!, spread: spreadOf(rows) }));
console.error("halves", Math.round(performance.now() / 1000));
const everything = rowsOf(() => true);
const trees: DemandTrees = { mean: meanTrees(everything), spread: spreadOf(everything) };
console.error("all", Math.round(performance.now() / 1000));

const over = everything.filter((i) => isOver(table, i));
let came = 0;
let said = 0;
const stretches = DEMAND_CLASSES.map((_, index): PriorStretches => {
  const rows = over.filter((i) => table.demandClass[i] === index);
  const ofWeek = { lower: [] as Bound[], upper: [] as Bound[] };
  const ofTotals = PRIOR_WEEKS.map(() => ({ lower: [] as number[], upper: [] as number[] }));
  for (const i of rows) {
    const prediction = predictionOf(table, i, { trees: setsOfHalves[1 - table.fold[i]!]!, meanFactors }, [NO_TREES]);
    const { mean, lower, upper } = prediction;
    const isWhole = table.isWhole[i] === 1;
    const weeks = table.actual.subarray(i * table.weeks, (i + 1) * table.weeks);
    for (let k = 0; k < 12; k += 3) {
      const weight = 1 / Math.max(mean, 0.2 * table.expected[i]!);
      ofWeek.lower.push({ weight, units: weeks[k]!, from: 0, reach: Math.min(mean, lower), isWhole });
      ofWeek.upper.push({ weight, units: weeks[k]!, from: mean, reach: Math.max(0, upper - mean), isWhole });
    }
    for (const [w, count] of PRIOR_WEEKS.entries()) {
      if (Number.isNaN(weeks[count - 1]!)) continue;
      const needed = neededStretches(weeks.subarray(0, count), prediction, 1, isWhole);
      ofTotals[w]!.lower.push(needed.lower);
      ofTotals[w]!.upper.push(needed.upper);
    }
    came += weeks.subarray(0, 12).reduce((sum, units) => sum + units, 0) / table.size[i]!;
    said += (12 * mean) / table.size[i]!;
  }
  const below = (needed: number[]) => PRIOR_LEVELS.map((level) => rounded(quantileStretch(needed, (1 - level) / 2)));
  const above = (needed: number[]) => PRIOR_LEVELS.map((level) => rounded(quantileStretch(needed, (1 + level) / 2)));
  console.error(DEMAND_CLASSES[index], rows.length, "bias", rounded(said / came - 1));
  return {
    lower: PRIOR_LEVELS.map((level) => bestStretch(ofWeek.lower, (1 - level) / 2)),
    upper: PRIOR_LEVELS.map((level) => bestStretch(ofWeek.upper, (1 + level) / 2)),
    totalLower: ofTotals.map(({ lower }) => below(lower)),
    totalUpper: ofTotals.map(({ upper }) => above(upper)),
  };
});
console.error(JSON.stringify(stretches.map((s) => [s.lower, s.upper, s.totalLower[4], s.totalUpper[4]])));
const encoded = {
  features: FEATURE_NAMES,
  classLosses: classLosses.map((losses) => Array.from(losses, rounded)),
  meanFactors,
  mean: encodedTrees(trees.mean),
  spread: encodedSpread(trees.spread),
  stretches,
};
writeFileSync(process.env.OUT ?? "src/learning/prior.json", `${JSON.stringify(encoded)}\n`);
console.error("written", JSON.stringify(encoded).length, Math.round(performance.now() / 1000));

/** A bound of a week: `from` and so many times `reach`, in units. */
interface Bound {
  readonly weight: number;
  readonly units: number;
  readonly from: number;
  readonly reach: number;
  readonly isWhole: boolean;
}

/** @returns the stretch with the least pinball loss. */
function bestStretch(bounds: readonly Bound[], probability: number): number {
  const lossOf = (stretch: number) =>
    bounds.reduce((sum, { weight, units, from, reach, isWhole }) => {
      const exact = from + stretch * reach;
      const error = units - (isWhole ? Math.round(exact) : exact);
      return sum + weight * error * (error > 0 ? probability : probability - 1);
    }, 0);
  const stretches = Array.from({ length: 45 }, (_, i) => 0.1 * 1.1 ** i);
  const losses = stretches.map(lossOf);
  return rounded(stretches[losses.indexOf(Math.min(...losses))]!);
}

function withConstant(value: number, trees: BoostedTrees): BoostedTrees {
  return {
    roots: Int32Array.of(0, ...trees.roots.map((root) => root + 1)),
    feature: Int32Array.of(-1, ...trees.feature),
    threshold: Float64Array.of(value, ...trees.threshold),
    left: Int32Array.of(0, ...trees.left.map((left) => left + 1)),
  };
}

/** Every world counts alike, and belongs to one of two halves. */
function joined(parts: readonly TrainingTable[]): TrainingTable {
  const floats = (of: (part: TrainingTable) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => Array.from(of(part))));
  const bytes = (of: (part: TrainingTable, index: number) => Uint8Array) =>
    Uint8Array.from(parts.flatMap((part, index) => Array.from(of(part, index))));
  return {
    horizon: HORIZON,
    weeks: parts[0]!.weeks,
    features: floatsOfMany(parts.map(({ features }) => features)),
    expected: floats((part) => part.expected),
    // Over many worlds what happened to all products of one is luck already.
    shockedExpected: floats((part) => part.expected),
    priorMean: floats((part) => part.priorMean),
    meanWeek: floats((part) => part.meanWeek),
    actual: floatsOfMany(parts.map(({ actual }) => actual)),
    stretch: floats((part) => part.stretch),
    key: Uint32Array.from(parts.flatMap((part) => Array.from(part.key))),
    orderRate: floats((part) => {
      const usual = part.orderRate.reduce((sum, rate) => sum + rate, 0) / part.orderRate.length;
      return part.orderRate.map((rate) => rate / usual);
    }),
    size: floats((part) => part.size),
    isWhole: bytes((part) => part.isWhole),
    demandClass: bytes((part) => part.demandClass),
    fold: bytes((part, index) => new Uint8Array(part.fold.length).fill(index % 2)),
  };
}

function floatsOfMany(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
