import { drawToFront, generator } from "../numeric/random.ts";
import { fitPurchaseModel } from "../customers/fit.ts";
import type { PurchaseSummary } from "../customers/summary.ts";
import { type Lessons, NO_LESSONS } from "../forecast/lessons.ts";
import { calibrate } from "../learning/calibration.ts";
import type { HalfTrees, Learned } from "../learning/learned.ts";
import { LEAST_SEASON_WEEKS } from "../demand/season.ts";
import { type HalvedRow, isTaught, trainingTable } from "../learning/table.ts";
import { addAligned, decodeRows, type LearningOptions } from "../learning/training-rows.ts";
import type { Period } from "../sources/source.ts";
import { halves } from "./batches.ts";
import { dispatch, type Runner } from "./dispatch.ts";
import type { Interruption } from "./interruption.ts";
import type { LearningResults, LearningTask, RowsOfBatch } from "./learning-task.ts";

export interface LearningPlan {
  /** Ids of all products that are eligible at the origin. */
  readonly eligible: readonly string[];
  readonly period: Period;
  readonly options: LearningOptions;
}

/** Below this there is too little to learn from. */
const LEAST_PRODUCTS = 200;
const LEAST_THREADS = 2;
const LEAST_ROWS = 500;
/** Rows to learn from: products are drawn until there are so many. Where past origins are few, it takes more products. */
const MOST_ROWS = 30_000;
const MOST_ROWS_OF_YEARS = 18_000;
/** Pairs of product and customer that the purchase model is fitted to. */
const MOST_PAIRS = 20_000;
/** Products a task, and tasks at once: always the same, so that nothing depends on the number of threads. */
const BATCH = 50;
const WAVE = 4;
const SEED = 1;

type LearningRunner = Runner<LearningTask, LearningResults[LearningTask["kind"]]>;

/**
 * Learns across products from their own past, in the worker threads: rows of a sample of products at past origins, then
 * trees from either half of the products. A product that cannot be read is left out; it fails by itself later. Nothing is
 * learned where the source is out of reach, or after an interruption.
 */
export async function learn(
  plan: LearningPlan,
  runner: LearningRunner,
  threads: number,
  interruption: Interruption,
): Promise<Lessons> {
  const { eligible, options } = plan;
  if (eligible.length < LEAST_PRODUCTS) return NO_LESSONS;
  const sample = await sampledRows(plan, runner, threads, interruption);
  if (!sample) return NO_LESSONS;
  const { rows, market, purchases } = sample;
  const isEnough = rows.filter((row) => isTaught(row, market)).length >= LEAST_ROWS;
  const demand = isEnough ? demandLessons(trainingTable(rows, market, options), options, runner) : undefined;
  // Meanwhile: the worker threads are at the trees.
  const fitted = fitPurchaseModel(purchases.slice(0, MOST_PAIRS));
  return { demand: await demand, purchases: fitted };
}

/** @returns nothing where a thread failed. */
async function demandLessons(
  learned: ReturnType<typeof trainingTable>,
  { horizon, tails, withCustomers }: LearningOptions,
  runner: LearningRunner,
): Promise<Learned | undefined> {
  const means = await bothHalves(runner, (half) => ({ kind: "mean", table: learned.table, half }));
  if (!means) return undefined;
  const spreads = await bothHalves(runner, (half) => {
    return { kind: "spread", table: learned.table, half, otherMean: means[half === 0 ? 1 : 0], tails };
  });
  if (!spreads) return undefined;
  const trees: [HalfTrees, HalfTrees] = [
    { mean: means[0], spread: spreads[0] },
    { mean: means[1], spread: spreads[1] },
  ];
  return {
    horizon,
    tails,
    withCustomers,
    market: learned.market,
    halves: trees,
    calibration: calibrate(learned.table, trees, learned.market, 1 - 2 * tails),
  };
}

/** Threads that are of use: one a batch, and two where there is something to learn, for both halves at once. */
export function threadsFor(eligible: number, batches: number, workers: number): number {
  return Math.min(workers, eligible < LEAST_PRODUCTS ? batches : Math.max(LEAST_THREADS, batches));
}

interface Sample {
  readonly rows: HalvedRow[];
  readonly market: Float64Array;
  readonly purchases: PurchaseSummary[];
}

/** @returns nothing where the source is out of reach, or after an interruption. */
async function sampledRows(
  { eligible, period, options }: LearningPlan,
  runner: LearningRunner,
  threads: number,
  interruption: Interruption,
): Promise<Sample | undefined> {
  const ids = [...eligible];
  drawToFront(ids, ids.length, generator(SEED));
  const rows: HalvedRow[] = [];
  const purchases: PurchaseSummary[] = [];
  let market: Float64Array = new Float64Array();
  let taught = 0;
  for (let first = 0; first < ids.length && taught < mostRows(market, options); first += WAVE * BATCH) {
    const tasks = Array.from({ length: WAVE }, (_, i) => ids.slice(first + i * BATCH, first + (i + 1) * BATCH))
      .filter((productIds) => productIds.length > 0)
      .map((productIds): RowsTask => ({ kind: "rows", productIds, period, options }));
    const found = await rowsOf(tasks, runner, threads, interruption);
    if (!found || interruption.exitCode !== undefined) return undefined;
    for (const [batch, parts] of found.entries()) {
      for (const part of parts) {
        market = addAligned(market, part.market);
        purchases.push(...part.purchases);
        for (const row of decodeRows(part.rows, options.horizon)) rows.push({ ...row, half: batch % 2 });
      }
    }
    taught = rows.filter((row) => isTaught(row, market)).length;
  }
  return { rows, market, purchases };
}

function mostRows(market: Float64Array, { horizon }: LearningOptions): number {
  return market.length < LEAST_SEASON_WEEKS + horizon ? MOST_ROWS : MOST_ROWS_OF_YEARS;
}

type RowsTask = Extract<LearningTask, { kind: "rows" }>;

/**
 * @returns for each task its result, or those of its parts where a product of it cannot be read; in the tasks' order.
 *   Nothing where the source is out of reach.
 */
async function rowsOf(
  tasks: readonly RowsTask[],
  runner: LearningRunner,
  threads: number,
  interruption: Interruption,
): Promise<RowsOfBatch[][] | undefined> {
  const orders = new Map(tasks.flatMap(({ productIds }, order) => productIds.map((id) => [id, order] as const)));
  const found: { first: string; result: RowsOfBatch }[][] = tasks.map(() => []);
  let outOfReach = false;
  await dispatch<RowsTask, LearningResults[LearningTask["kind"]]>(tasks, runner, threads, interruption, {
    split: (task) => halves(task.productIds).map((productIds) => ({ ...task, productIds })),
    done: ({ productIds: [first] }, result) => {
      found[orders.get(first!)!]!.push({ first: first!, result: result as RowsOfBatch });
    },
    failed: (_task, { unavailable }) => {
      outOfReach ||= unavailable;
    },
  });
  if (outOfReach) return undefined;
  return found.map((parts, order) => {
    const { productIds } = tasks[order]!;
    const position = ({ first }: { first: string }) => productIds.indexOf(first);
    return parts.sort((a, b) => position(a) - position(b)).map(({ result }) => result);
  });
}

/** @returns nothing where a thread failed. */
async function bothHalves<Kind extends "mean" | "spread">(
  runner: LearningRunner,
  task: (half: 0 | 1) => Extract<LearningTask, { kind: Kind }>,
): Promise<[LearningResults[Kind], LearningResults[Kind]] | undefined> {
  const [first, second] = await Promise.all([runner.run(task(0)), runner.run(task(1))]);
  if (!first?.ok || !second?.ok) return undefined;
  return [first.result as LearningResults[Kind], second.result as LearningResults[Kind]];
}
