import type { FittedSummary } from "../customers/summary.ts";
import { LEAST_SEASON_WEEKS } from "../demand/season.ts";
import { type Day, mondayBefore } from "../history/calendar.ts";
import { doubledDays } from "../history/doubled-days.ts";
import { compareIds } from "../history/ids.ts";
import type { Succession } from "../history/succession.ts";
import { hashOf } from "../numeric/random.ts";
import { LEARNED_WEEKS } from "./as-of.ts";
import { type Market, marketOf } from "./market.ts";
import { firstDrawn } from "./purchase-sample.ts";
import { doAll, type LearningRunner } from "./runner.ts";
import { isTrained } from "./table.ts";
import type { MarketTask, RowsTask, TurnoverTask } from "./task.ts";
import { decodeRows, type LearningOptions, type TrainingRow } from "./training-rows.ts";
import type { DatedProduct } from "./turnover.ts";

export interface LearningPlan {
  /** Ids of all products that are eligible at the origin. */
  readonly eligible: readonly string[];
  /** The same with the days of their orders, by which successors are found; nothing where none are looked for. */
  readonly dated?: readonly DatedProduct[] | undefined;
  /** First day of order lines that count. */
  readonly historyStart: Day;
  readonly options: LearningOptions;
}

/** Rows to learn from: products are drawn until there are so many. Where past origins are few, it takes more products. */
const MOST_ROWS = 30_000;
const MOST_ROWS_OF_YEARS = 18_000;
/** Products that tell how all of them move. */
const MOST_MARKET_PRODUCTS = 1000;
/** Products a task, and tasks at once: always the same, so that nothing depends on the number of threads. */
const BATCH = 50;
const WAVE = 4;

/**
 * Trees and all else that rows teach are learned as of the last Monday, so that they are the same from night to night until the
 * next one: a product that nobody orders does not move because rows were cut into other weeks. How all products move now is
 * known up to the origin.
 */
export function asOfMonday(options: LearningOptions): LearningOptions {
  return { ...options, origin: mondayBefore(options.origin) };
}

export interface Sample {
  readonly rows: TrainingRow[];
  /** All products up to the day that is learned as of. */
  readonly past: Market;
  /** All products up to the origin: computes for a quarter of a second, for when threads are busy. */
  readonly marketNow: () => Market;
  readonly purchases: FittedSummary[];
  readonly ordersByWeekday: Int32Array[];
  /** Days that were imported twice, ascending. */
  readonly doubledDays: readonly Day[];
  /** Why some products are left out. */
  readonly failure: string | undefined;
}

/** Rows of products that are drawn until there are enough. */
export async function sampledRows(
  { eligible, historyStart, options }: LearningPlan,
  successions: readonly Succession[],
  runner: LearningRunner,
): Promise<Sample> {
  const replaced = new Set(successions.map(({ predecessor }) => predecessor));
  const ids = drawn(eligible.filter((id) => !replaced.has(id)));
  const learning = asOfMonday(options);
  const origins = [learning.origin, options.origin] as const;
  const some = await marketsOfSome(ids.slice(0, MOST_MARKET_PRODUCTS), { historyStart, successions, origins }, runner);
  const past = some.past();
  const { doubledDays } = some;
  let { failure } = some;
  const read = { historyStart, successions, doubledDays };
  const rows: TrainingRow[] = [];
  const purchases: FittedSummary[] = [];
  const ordersByWeekday: Int32Array[] = [];
  let trained = 0;
  for (let first = 0; first < ids.length && trained < mostRows(past); first += WAVE * BATCH) {
    const tasks = batchesOf(ids.slice(first, first + WAVE * BATCH)).map(
      (productIds): RowsTask => ({ kind: "rows", productIds, ...read, options: learning, index: past.index }),
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
  return { rows, past, marketNow: () => some.now?.() ?? past, purchases, ordersByWeekday, doubledDays, failure };
}

interface MarketsOfSome {
  readonly past: () => Market;
  readonly now: (() => Market) | undefined;
  readonly doubledDays: readonly Day[];
  readonly failure: string | undefined;
}

/**
 * @param doubled days that were imported twice; where they are not known yet they are found, and all is read again if there are any.
 * @returns what makes all products as they moved up to the first origin, and up to the last where that is another.
 */
async function marketsOfSome(
  ids: readonly string[],
  read: Pick<MarketTask, "historyStart" | "successions"> & { origins: readonly [Day, Day] },
  runner: LearningRunner,
  doubled?: readonly Day[],
): Promise<MarketsOfSome> {
  const [past, now] = read.origins;
  const origins = past === now ? [now] : [past, now];
  const task = { ...read, origins, doubledDays: doubled ?? [] };
  const tasks = batchesOf(ids).map((productIds): MarketTask => ({ kind: "market", productIds, ...task }));
  const { results, failure } = await doAll(runner, tasks, halved);
  const parts = results.flat();
  const found = doubled ?? doubledDays(parts.map(({ days }) => days));
  if (found.length > task.doubledDays.length) return marketsOfSome(ids, read, runner, found);
  const [first, last] = origins.map((_, at) => () => marketOf(parts.flatMap(({ quantities }) => quantities[at]!)));
  return { past: first!, now: last, doubledDays: found, failure: failure?.reason };
}

/** By numbers made of the ids, so that products are drawn alike whatever others there are. */
export function drawn(eligible: readonly string[]): string[] {
  const hashes = new Map(eligible.map((id) => [id, hashOf(id)]));
  return eligible.toSorted((a, b) => hashes.get(a)! - hashes.get(b)! || compareIds(a, b));
}

export function batchesOf(ids: readonly string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / BATCH) }, (_, i) => ids.slice(i * BATCH, (i + 1) * BATCH));
}

function mostRows(market: Market): number {
  return market.weeks < LEAST_SEASON_WEEKS + LEARNED_WEEKS ? MOST_ROWS : MOST_ROWS_OF_YEARS;
}

export function halved<Task extends TurnoverTask | MarketTask | RowsTask>(task: Task): Task[] {
  const { productIds } = task;
  const half = Math.ceil(productIds.length / 2);
  if (half === productIds.length) return [];
  return [productIds.slice(0, half), productIds.slice(half)].map((part) => ({ ...task, productIds: part }));
}
