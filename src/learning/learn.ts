import { fitPurchaseModel } from "../customers/fit.ts";
import { type PurchaseParameters, USUAL_PARAMETERS } from "../customers/purchase-model.ts";
import type { PurchaseSummary } from "../customers/summary.ts";
import { LEAST_SEASON_WEEKS } from "../demand/season.ts";
import { type Day, mondayBefore } from "../history/calendar.ts";
import { compareIds } from "../history/ids.ts";
import { hashOf } from "../numeric/random.ts";
import { LEARNED_WEEKS } from "./as-of.ts";
import { calibrate } from "./calibration.ts";
import { NO_TREES } from "./demand-trees.ts";
import { flatMarket, type Market, marketOf } from "./market.ts";
import { heldOutPredictions } from "./own-trees.ts";
import { pastOrigins, withWeeks } from "./past-origins.ts";
import type { GlobalModel } from "./predict.ts";
import { type Prior, shippedPrior } from "./prior.ts";
import { firstDrawn } from "./purchase-sample.ts";
import { meanNodeValues } from "./reasons.ts";
import { type Fold, isTrained, marketPooled, trainingTable } from "./table.ts";
import type { LearningResults, LearningTask, MarketTask, MeanTask, RowsTask, SpreadTask } from "./task.ts";
import { decodeRows, type LearningOptions, type TrainingRow } from "./training-rows.ts";
import { weekdayShares } from "./weekdays.ts";

/** What is learned across products once a run, before its batches. */
export interface Lessons {
  /** The model of demand. */
  readonly demand: GlobalModel;
  /** Whether the catalogue's own past taught something. */
  readonly isLearned: boolean;
  /** Why it did not although it may have enough to say. */
  readonly failure?: string | undefined;
  /** How customers order. */
  readonly purchases: PurchaseParameters;
  /** Shares of the weekdays in all orders, by the number that `weekdayOf` gives. */
  readonly weekdayShares: Float64Array;
}

/** What is known without any order of the catalogue. */
export async function noLessons(options: LearningOptions): Promise<Lessons> {
  const prior = await shippedPrior();
  const taught = { trees: prior.trees, meanFactors: prior.meanFactors };
  const market = flatMarket(0);
  const { pooled, table } = trainingTable([], market, options, prior);
  const folds = [NO_TREES, NO_TREES] as const;
  const calibration = calibrate(table, [], prior, market, options.level);
  const { horizon, withCustomers, minCustomers, minOrders } = options;
  const past = { origins: [], minCustomers, minOrders };
  const known = { pooled, pooledOnMonday: pooled, prior: taught, past };
  const demand = { horizon, withCustomers, ...known, folds, calibration };
  return { demand, isLearned: false, purchases: USUAL_PARAMETERS, weekdayShares: weekdayShares([]) };
}

export interface LearningPlan {
  /** Ids of all products that are eligible at the origin. */
  readonly eligible: readonly string[];
  /** First day of order lines that count. */
  readonly historyStart: Day;
  readonly options: LearningOptions;
}

/** Does tasks somewhere, such as in threads; what fails there is its own affair. */
export interface LearningRunner {
  /**
   * @param split gives smaller tasks that are the same together, or none of a task that is a single product.
   * @returns nothing where nobody waits for the result any more.
   */
  runAll<Task extends LearningTask>(
    tasks: readonly Task[],
    split: (task: Task) => Task[],
  ): Promise<Learned<LearningResults[Task["kind"]]> | undefined>;
}

/** What became of tasks. */
interface Learned<Result> {
  /** For each task, in order, its result, or those of its parts where some of it could not be done. */
  readonly results: readonly Result[][];
  /** Why something could not be done; `unavailable` where the source as a whole is out of reach. */
  readonly failure?: { readonly reason: string; readonly unavailable: boolean } | undefined;
}

/** There is nothing to go on with: for the reason in the message, or because nobody waits any more where it is empty. */
class NotLearned extends Error {}

/** Rows to learn from: products are drawn until there are so many. Where past origins are few, it takes more products. */
const MOST_ROWS = 30_000;
const MOST_ROWS_OF_YEARS = 18_000;
/** Products that tell how all of them move. */
const MOST_MARKET_PRODUCTS = 1000;
/** Pairs of product and customer that the purchase model is fitted to: a limit on time, not reached by small catalogues. */
const MOST_PAIRS = 20_000;
/** Products a task, and tasks at once: always the same, so that nothing depends on the number of threads. */
const BATCH = 50;
const WAVE = 4;
const FOLDS: readonly [Fold, Fold] = [0, 1];

/**
 * Learns across products from their own past: rows of a sample of products at past origins, then trees from either fold of
 * the products, then what these say of the other fold. A product that cannot be read is left out; it fails by itself later.
 */
export async function learn(plan: LearningPlan, runner: LearningRunner): Promise<Lessons> {
  let purchases = USUAL_PARAMETERS;
  const prior = await shippedPrior();
  try {
    const sample = await sampledRows(plan, runner);
    const demand = globalModel(sample, plan.options, prior, runner);
    // This goes on while other threads are at the trees.
    purchases = fitPurchaseModel(sample.purchases.slice(0, MOST_PAIRS));
    const isLearned = sample.rows.some((row) => isTrained(row, sample.past));
    const shares = weekdayShares(sample.ordersByWeekday);
    return {
      demand: await demand,
      purchases,
      isLearned,
      weekdayShares: shares,
      ...(isLearned ? {} : { failure: sample.failure }),
    };
  } catch (error) {
    if (!(error instanceof NotLearned)) throw error;
    return { ...(await noLessons(plan.options)), purchases, failure: error.message || undefined };
  }
}

/** Threads that are of use: one a batch, and one a fold where there is something to learn. */
export function threadsFor(batches: number, workers: number): number {
  return Math.min(workers, Math.max(FOLDS.length, batches));
}

async function globalModel(
  { rows, past: learned, market }: Sample,
  options: LearningOptions,
  prior: Prior,
  runner: LearningRunner,
): Promise<GlobalModel> {
  const { horizon, level, withCustomers, minCustomers, minOrders } = options;
  const taught = { trees: prior.trees, meanFactors: prior.meanFactors };
  const { pooled: pooledOnMonday, table } = trainingTable(rows, learned, asOfMonday(options), prior);
  const origins = pastOrigins(market, horizon);
  const { ofMarket, stretches } = marketPooled(market, options, [0, ...origins]);
  const pooled = { ...pooledOnMonday, ...ofMarket };
  const means = await ofBothFolds(runner, (fold) => ({ kind: "mean", table, fold }));
  const spreads = await ofBothFolds(runner, (fold) => {
    return { kind: "spread", table, fold, prior: taught, otherMean: means[fold === 0 ? 1 : 0] };
  });
  const folds = [
    { mean: means[0], spread: spreads[0].trees },
    { mean: means[1], spread: spreads[1].trees },
  ] as const;
  const calibration = calibrate(table, heldOutPredictions(table, spreads), prior, learned, level);
  const meanValues = meanNodeValues(table, taught, folds);
  const past = { origins: withWeeks(origins, market, stretches, horizon), minCustomers, minOrders };
  const known = { pooled, pooledOnMonday, prior: taught, past };
  return { horizon, withCustomers, ...known, folds, calibration, meanValues };
}

/**
 * Trees and all else that rows teach are learned as of the last Monday, so that they are the same from night to night until the
 * next one: a product that nobody orders does not move because rows were cut into other weeks. How all products move now is
 * known up to the origin.
 */
function asOfMonday(options: LearningOptions): LearningOptions {
  return { ...options, origin: mondayBefore(options.origin) };
}

interface Sample {
  readonly rows: TrainingRow[];
  /** All products up to the day that is learned as of, and up to the origin. */
  readonly past: Market;
  readonly market: Market;
  readonly purchases: PurchaseSummary[];
  readonly ordersByWeekday: Int32Array[];
  /** Why some products are left out. */
  readonly failure: string | undefined;
}

/** Rows of products that are drawn until there are enough. */
async function sampledRows({ eligible, historyStart, options }: LearningPlan, runner: LearningRunner): Promise<Sample> {
  // By numbers made of the ids, so that products are drawn alike whatever others there are.
  const hashes = new Map(eligible.map((id) => [id, hashOf(id)]));
  const ids = [...eligible].sort((a, b) => hashes.get(a)! - hashes.get(b)! || compareIds(a, b));
  const learning = asOfMonday(options);
  const origins = [learning.origin, options.origin] as const;
  const some = await marketsOfSome(ids.slice(0, MOST_MARKET_PRODUCTS), { historyStart, origins }, runner);
  const [past, market] = some.markets;
  let { failure } = some;
  const rows: TrainingRow[] = [];
  const purchases: PurchaseSummary[] = [];
  const ordersByWeekday: Int32Array[] = [];
  let trained = 0;
  for (let first = 0; first < ids.length && trained < mostRows(past); first += WAVE * BATCH) {
    const tasks = batchesOf(ids.slice(first, first + WAVE * BATCH)).map(
      (productIds): RowsTask => ({ kind: "rows", productIds, historyStart, options: learning, index: past.index }),
    );
    const done = await doAll(runner, tasks, halved);
    failure ??= done.failure?.reason;
    for (const parts of done.results) {
      purchases.push(...firstDrawn(parts.flatMap((part) => part.purchases)));
      ordersByWeekday.push(...parts.map((part) => part.ordersByWeekday));
      for (const part of parts) rows.push(...decodeRows(part.rows, options.horizon));
    }
    trained = rows.filter((row) => isTrained(row, past)).length;
  }
  return { rows, past, market, purchases, ordersByWeekday, failure };
}

/** @returns all products as they moved up to the first origin, and up to the last. */
async function marketsOfSome(
  ids: readonly string[],
  { historyStart, origins: [past, now] }: { historyStart: Day; origins: readonly [Day, Day] },
  runner: LearningRunner,
): Promise<{ markets: [Market, Market]; failure: string | undefined }> {
  const origins = past === now ? [now] : [past, now];
  const tasks = batchesOf(ids).map((productIds): MarketTask => ({ kind: "market", productIds, historyStart, origins }));
  const { results, failure } = await doAll(runner, tasks, halved);
  const [first, last] = origins.map((_, at) => marketOf(results.flat().flatMap((ofOrigins) => ofOrigins[at]!)));
  return { markets: [first!, last ?? first!], failure: failure?.reason };
}

function batchesOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH));
}

function mostRows(market: Market): number {
  return market.weeks < LEAST_SEASON_WEEKS + LEARNED_WEEKS ? MOST_ROWS : MOST_ROWS_OF_YEARS;
}

function halved<Task extends MarketTask | RowsTask>(task: Task): Task[] {
  const { productIds } = task;
  const half = Math.ceil(productIds.length / 2);
  if (half === productIds.length) return [];
  return [productIds.slice(0, half), productIds.slice(half)].map((part) => ({ ...task, productIds: part }));
}

/** What fails in either task is tried once more. */
async function ofBothFolds<Task extends MeanTask | SpreadTask>(
  runner: LearningRunner,
  task: (fold: Fold) => Task,
): Promise<[LearningResults[Task["kind"]], LearningResults[Task["kind"]]]> {
  const { results, failure } = await doAll<Task>(runner, FOLDS.map(task), (failed) =>
    failed.isRepeated ? [] : [{ ...failed, isRepeated: true }],
  );
  const [first, second] = results.flat();
  if (first === undefined || second === undefined) throw new NotLearned(failure?.reason);
  return [first, second];
}

/** @throws NotLearned */
async function doAll<Task extends LearningTask>(
  runner: LearningRunner,
  tasks: readonly Task[],
  split: (task: Task) => Task[],
): Promise<Learned<LearningResults[Task["kind"]]>> {
  const done = await runner.runAll(tasks, split);
  if (!done) throw new NotLearned();
  if (done.failure?.unavailable) throw new NotLearned(done.failure.reason);
  return done;
}
