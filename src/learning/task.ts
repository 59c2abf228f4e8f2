import { withoutOutliers } from "../demand/outliers.ts";
import type { Day } from "../history/calendar.ts";
import { type DaysOfLines, daysOfLines } from "../history/doubled-days.ts";
import { productHistories } from "../history/history.ts";
import { linesBefore, type OrderLines } from "../history/order-lines.ts";
import { joinedLines, withPredecessors } from "../history/predecessors.ts";
import type { Succession } from "../history/succession.ts";
import { hashOf } from "../numeric/random.ts";
import type { BoostedTrees } from "../trees/boosted-trees.ts";
import type { TaughtElsewhere } from "./demand-trees.ts";
import { type OwnSpread, ownMean, ownSpread } from "./own-trees.ts";
import { type DrawnPair, drawnPairs } from "./purchase-sample.ts";
import type { Fold, TrainingTable } from "./table.ts";
import { type LearningOptions, type TrainingBatch, trainingBatch } from "./training-rows.ts";
import { type CustomerDays, customerDays } from "./turnover.ts";
import { ordersByWeekday } from "./weekdays.ts";

/** A part of what is learned, done by one thread. */
export type LearningTask = TurnoverTask | MarketTask | RowsTask | MeanTask | SpreadTask;

export interface TurnoverTask {
  readonly kind: "turnover";
  readonly productIds: readonly string[];
  readonly historyStart: Day;
  readonly origin: Day;
}

interface ProductsToRead {
  readonly productIds: readonly string[];
  readonly historyStart: Day;
  /** What is sold on under a new id is one product, that of the new id. */
  readonly successions: readonly Succession[];
  /** Days that were imported twice, as far as they are known. */
  readonly doubledDays: readonly Day[];
}

export interface MarketTask extends ProductsToRead {
  readonly kind: "market";
  /** Ascending. */
  readonly origins: readonly Day[];
}

export interface RowsTask extends ProductsToRead {
  readonly kind: "rows";
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

export interface MarketOfBatch {
  /** At each origin, net units a week of each product. */
  readonly quantities: readonly (readonly Float64Array[])[];
  readonly days: DaysOfLines;
}

export interface LearningResults {
  /** The customers of each product that could be read. */
  readonly turnover: readonly CustomerDays[];
  readonly market: MarketOfBatch;
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
    case "turnover": {
      const { productIds, historyStart: start, origin } = task;
      const histories = productHistories(await read(productIds, { start, origin }), productIds.length, origin);
      return histories.map((history, i) => customerDays(productIds[i]!, history));
    }
    case "market": {
      const { productIds, origins, doubledDays } = task;
      const lines = await linesOf(task, read, origins.at(-1)!);
      const quantities = origins.map((origin) =>
        productHistories(linesBefore(lines, origin), productIds.length, origin, doubledDays).map(({ quantities }) =>
          withoutOutliers(quantities),
        ),
      );
      return { quantities, days: daysOfLines(lines) };
    }
    case "rows": {
      const { productIds, options, index, doubledDays } = task;
      const { origin } = options;
      const histories = productHistories(await linesOf(task, read, origin), productIds.length, origin, doubledDays);
      return {
        ...trainingBatch(histories, productIds.map(hashOf), { ...options, index }),
        purchases: drawnPairs(histories, productIds, origin),
        ordersByWeekday: ordersByWeekday(histories, origin),
      };
    }
  }
}

async function linesOf(
  { productIds, historyStart: start, successions }: ProductsToRead,
  read: ReadOrderLines,
  origin: Day,
): Promise<OrderLines> {
  const lines = await read(withPredecessors(productIds, successions), { start, origin });
  return joinedLines(lines, productIds, successions);
}
