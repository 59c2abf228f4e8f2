import { fitPurchaseModel } from "../customers/fit.ts";
import { type PurchaseParameters, USUAL_PARAMETERS } from "../customers/purchase-model.ts";
import type { Day } from "../history/calendar.ts";
import type { Succession } from "../history/succession.ts";
import { calibrate } from "./calibration.ts";
import { NO_TREES } from "./demand-trees.ts";
import { flatMarket } from "./market.ts";
import { heldOutPredictions } from "./own-trees.ts";
import { pastOrigins, withWeeks } from "./past-origins.ts";
import type { GlobalModel } from "./predict.ts";
import { type Prior, shippedPrior, taughtElsewhere } from "./prior.ts";
import { meanNodeValues } from "./reasons.ts";
import { doAll, type LearningRunner, NotLearned } from "./runner.ts";
import { asOfMonday, type LearningPlan, type Sample, sampledRows } from "./sample.ts";
import { findSuccessions } from "./successors.ts";
import { type Fold, isTrained, marketPooled, trainingTable } from "./table.ts";
import type { LearningResults, MeanTask, SpreadTask } from "./task.ts";
import type { LearningOptions } from "./training-rows.ts";
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
  /** Products that go on under a new id; each is at most once the old one, and at most once the new one. */
  readonly successions: readonly Succession[];
  /** Days of which all products together say that they were imported twice, ascending. */
  readonly doubledDays: readonly Day[];
}

/** What is known without any order of the catalogue. */
export async function noLessons(options: LearningOptions): Promise<Lessons> {
  const prior = await shippedPrior();
  const taught = taughtElsewhere(prior, Number.POSITIVE_INFINITY);
  const market = flatMarket(new Float64Array());
  const { pooled, table } = trainingTable([], market, options, prior);
  const folds = [NO_TREES, NO_TREES] as const;
  const calibration = calibrate(table, [], prior, market, options.level);
  const { horizon, withCustomers, minCustomers, minOrders } = options;
  const past = { origins: [], minCustomers, minOrders };
  const known = { pooled, pooledOnMonday: pooled, prior: taught, past };
  const demand = { horizon, withCustomers, ...known, folds, calibration };
  const nothing = { successions: [], doubledDays: [] };
  return { demand, isLearned: false, purchases: USUAL_PARAMETERS, weekdayShares: weekdayShares([]), ...nothing };
}

/** Pairs of product and customer that the purchase model is fitted to: a limit on time, not reached by small catalogues. */
const MOST_PAIRS = 20_000;
const FOLDS: readonly [Fold, Fold] = [0, 1];

/**
 * Learns across products from their own past: rows of a sample of products at past origins, then trees from either fold of
 * the products, then what these say of the other fold. A product that cannot be read is left out; it fails by itself later.
 */
export async function learn(plan: LearningPlan, runner: LearningRunner): Promise<Lessons> {
  let purchases = USUAL_PARAMETERS;
  let successions: readonly Succession[] = [];
  const prior = await shippedPrior();
  try {
    successions = await findSuccessions(plan, runner);
    const sample = await sampledRows(plan, successions, runner);
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
      successions,
      doubledDays: sample.doubledDays,
      ...(isLearned ? {} : { failure: sample.failure }),
    };
  } catch (error) {
    if (!(error instanceof NotLearned)) throw error;
    return { ...(await noLessons(plan.options)), purchases, successions, failure: error.message || undefined };
  }
}

/** Threads that are of use: one a batch, and one a fold where there is something to learn. */
export function threadsFor(batches: number, workers: number): number {
  return Math.min(workers, Math.max(FOLDS.length, batches));
}

async function globalModel(
  { rows, past: learned, marketNow }: Sample,
  options: LearningOptions,
  prior: Prior,
  runner: LearningRunner,
): Promise<GlobalModel> {
  const { horizon, level, withCustomers, minCustomers, minOrders } = options;
  const taught = taughtElsewhere(prior, learned.weeks);
  const { pooled: pooledOnMonday, table } = trainingTable(rows, learned, asOfMonday(options), prior);
  const meansOfFolds = ofBothFolds(runner, (fold) => ({ kind: "mean", table, fold }));
  // What needs no trees goes on while other threads grow them.
  const market = marketNow();
  const origins = pastOrigins(market, horizon);
  const { ofMarket, stretches } = marketPooled(market, options, [0, ...origins]);
  const pooled = { ...pooledOnMonday, ...ofMarket };
  const means = await meansOfFolds;
  const spreadsOfFolds = ofBothFolds(runner, (fold) => {
    return { kind: "spread", table, fold, prior: taught, otherMean: means[fold === 0 ? 1 : 0] };
  });
  const meanValues = meanNodeValues(table, taught, means);
  const spreads = await spreadsOfFolds;
  const folds = [
    { mean: means[0], spread: spreads[0].trees },
    { mean: means[1], spread: spreads[1].trees },
  ] as const;
  const calibration = calibrate(table, heldOutPredictions(table, spreads), prior, learned, level);
  const past = { origins: withWeeks(origins, market, stretches, horizon), minCustomers, minOrders };
  const known = { pooled, pooledOnMonday, prior: taught, past };
  return { horizon, withCustomers, ...known, folds, calibration, meanValues };
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
