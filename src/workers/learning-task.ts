import { type PurchaseSummary, purchaseSummary } from "../customers/summary.ts";
import { productHistories } from "../history/history.ts";
import type { BoostedTrees } from "../learning/boosted-trees.ts";
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
  /** Of each pair of product and customer. */
  readonly purchases: readonly PurchaseSummary[];
}

export interface LearningResults {
  readonly rows: RowsOfBatch;
  readonly mean: BoostedTrees;
  readonly spread: SpreadTrees;
}

/** @throws SourceError when order lines cannot be read. */
export async function learningTask(task: LearningTask, source: Source): Promise<LearningResults[LearningTask["kind"]]> {
  if (task.kind === "mean") return trainMean(task.table, task.half);
  if (task.kind === "spread") return trainSpread(task.table, task.half, task.otherMean, task.tails);
  const { productIds, period, options } = task;
  const histories = productHistories(await source.orderLines(productIds, period), productIds.length, period.origin);
  const purchases = histories.flatMap(({ customers }) =>
    customers.map(({ orderDays }) => purchaseSummary(orderDays, period.origin)),
  );
  return { ...trainingBatch(histories, options), purchases };
}
