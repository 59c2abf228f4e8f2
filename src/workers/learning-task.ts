import { type PurchaseSummary, purchaseSummary } from "../customers/summary.ts";
import { productHistories } from "../history/history.ts";
import type { BoostedTrees } from "../trees/boosted-trees.ts";
import type { TrainingTable } from "../learning/table.ts";
import { type SpreadTrees, trainMean, trainSpread } from "../learning/train.ts";
import { type LearningOptions, type TrainingBatch, trainingBatch } from "../learning/training-rows.ts";
import type { Period, Source } from "../sources/source.ts";

/** A part of what is learned, done by one thread. */
export type LearningTask =
  | {
      readonly kind: "rows";
      readonly productIds: readonly string[];
      readonly period: Period;
      readonly options: LearningOptions;
    }
  | { readonly kind: "mean"; readonly table: TrainingTable; readonly half: number }
  | {
      readonly kind: "spread";
      readonly table: TrainingTable;
      readonly half: number;
      readonly otherMean: BoostedTrees;
      readonly tails: number;
    };

export interface RowsOfBatch extends TrainingBatch {
  /** Of pairs of product and customer. */
  readonly purchases: readonly PurchaseSummary[];
}

export interface LearningResults {
  readonly rows: RowsOfBatch;
  readonly mean: BoostedTrees;
  readonly spread: SpreadTrees;
}

/** Pairs of product and customer that a batch tells of: a sample of all. */
const MOST_PAIRS = 800;

/** @throws SourceError when order lines cannot be read. */
export async function learningTask(task: LearningTask, source: Source): Promise<LearningResults[LearningTask["kind"]]> {
  if (task.kind === "mean") return trainMean(task.table, task.half);
  if (task.kind === "spread") return trainSpread(task.table, task.half, task.otherMean, task.tails);
  const { productIds, period, options } = task;
  const histories = productHistories(await source.orderLines(productIds, period), productIds.length, period.origin);
  const customers = histories.flatMap((history) => history.customers);
  const step = Math.ceil(customers.length / MOST_PAIRS);
  const purchases = customers
    .filter((_, i) => i % step === 0)
    .map(({ orderDays }) => purchaseSummary(orderDays, period.origin));
  return { ...trainingBatch(histories, options), purchases };
}
