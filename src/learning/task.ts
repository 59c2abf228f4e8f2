import { withoutOutliers } from "../demand/outliers.ts";
import type { Day } from "../history/calendar.ts";
import { productHistories } from "../history/history.ts";
import { linesBefore, type OrderLines } from "../history/order-lines.ts";
import { hashOf } from "../numeric/random.ts";
import type { BoostedTrees } from "../trees/boosted-trees.ts";
import type { TaughtElsewhere } from "./demand-trees.ts";
import { type OwnSpread, ownMean, ownSpread } from "./own-trees.ts";
import { type DrawnPair, drawnPairs } from "./purchase-sample.ts";
import type { Fold, TrainingTable } from "./table.ts";
import { type LearningOptions, type TrainingBatch, trainingBatch } from "./training-rows.ts";
import { ordersByWeekday } from "./weekdays.ts";

/** A part of what is learned, done by one thread. */
export type LearningTask = MarketTask | RowsTask | MeanTask | SpreadTask;

export interface MarketTask {
  readonly kind: "market";
  readonly productIds: readonly string[];
  readonly historyStart: Day;
  /** Ascending. */
  readonly origins: readonly Day[];
}

export interface RowsTask {
  readonly kind: "rows";
  readonly productIds: readonly string[];
  readonly historyStart: Day;
  readonly options: LearningOptions;
  readonly index: Float64Array;
}

export interface MeanTask {
  readonly kind: "mean";
  readonly table: TrainingTable;
  readonly fold: Fold;
  /** It failed once. */
  readonly isRepeated?: true;
}

export interface SpreadTask {
  readonly kind: "spread";
  readonly table: TrainingTable;
  readonly fold: Fold;
  /** It failed once. */
  readonly isRepeated?: true;
  /** Trees of the mean from the other fold. */
  readonly otherMean: BoostedTrees;
  /** Trees that have been taught elsewhere. */
  readonly prior: TaughtElsewhere;
}

export interface RowsOfBatch extends TrainingBatch {
  /** What is known of some pairs of product and customer. */
  readonly purchases: readonly DrawnPair[];
  /** Customers' order days of the last year, by weekday. */
  readonly ordersByWeekday: Int32Array;
}

export interface LearningResults {
  /** At each origin, net units a week of each product. */
  readonly market: readonly (readonly Float64Array[])[];
  readonly rows: RowsOfBatch;
  readonly mean: BoostedTrees;
  readonly spread: OwnSpread;
}

/** Reads the order lines of some products from a day up to but not including another. */
export type ReadOrderLines = (
  productIds: readonly string[],
  period: { readonly start: Day; readonly origin: Day },
) => Promise<OrderLines>;

/** @throws what `read` throws. */
export async function learningTask(
  task: LearningTask,
  read: ReadOrderLines,
): Promise<LearningResults[LearningTask["kind"]]> {
  switch (task.kind) {
    case "mean":
      return ownMean(task.table, task.fold);
    case "spread":
      return ownSpread(task.table, task.fold, task.prior, task.otherMean);
    case "market": {
      const { productIds, historyStart: start, origins } = task;
      const lines = await read(productIds, { start, origin: origins.at(-1)! });
      return origins.map((origin) =>
        productHistories(linesBefore(lines, origin), productIds.length, origin).map(({ quantities }) =>
          withoutOutliers(quantities),
        ),
      );
    }
    case "rows": {
      const { productIds, historyStart: start, options, index } = task;
      const { origin } = options;
      const histories = productHistories(await read(productIds, { start, origin }), productIds.length, origin);
      return {
        ...trainingBatch(histories, productIds.map(hashOf), { ...options, index }),
        purchases: drawnPairs(histories, productIds, origin),
        ordersByWeekday: ordersByWeekday(histories, origin),
      };
    }
  }
}
