import { parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { type Lessons, learn, noLessons } from "../../src/learning/learn.ts";
import type { LearningRunner } from "../../src/learning/runner.ts";
import type { LearningPlan } from "../../src/learning/sample.ts";
import { type LearningResults, type LearningTask, learningTask } from "../../src/learning/task.ts";
import type { LearningOptions } from "../../src/learning/training-rows.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import type { Source } from "../../src/sources/source.ts";
import { simulatedBook } from "./orders.ts";

export const ORIGIN = parseDay("2025-11-11");
export const PERIOD = { start: parseDay("2019-01-01"), origin: ORIGIN };
export const LEARNING: LearningOptions = {
  ...{ origin: ORIGIN, horizon: 12, level: 0.8 },
  ...{ minCustomers: 2, minOrders: 3, withCustomers: true },
};

/** A few more than 200 of its products are eligible. */
export const learnableSource = () => new MemorySource(shareOrderBook(simulatedBook(260)));

/** Does the tasks of `learn` in this thread. */
export const runnerOn = (source: Source): LearningRunner => ({
  runAll: async (tasks) => ({ results: await Promise.all(tasks.map(async (task) => [await taskOn(source, task)])) }),
});

export async function taskOn<Task extends LearningTask>(
  source: Source,
  task: Task,
): Promise<LearningResults[Task["kind"]]> {
  const result = await learningTask(task, (...asked) => source.orderLines(...asked));
  return result as LearningResults[Task["kind"]];
}

export async function eligibleIds(source: Source): Promise<string[]> {
  const products = await source.eligibleProducts({ ...PERIOD, minCustomers: 2, minOrders: 3 });
  return products.map(({ id }) => id);
}

export async function planOf(source: Source, options: Partial<LearningOptions> = {}): Promise<LearningPlan> {
  const dated = await source.eligibleProducts({ ...PERIOD, minCustomers: 2, minOrders: 3 });
  const eligible = dated.map(({ id }) => id);
  return { eligible, dated, historyStart: PERIOD.start, options: { ...LEARNING, ...options } };
}

/** What is learned from a little more than 200 simulated products. */
export async function learnedLessons(options: Partial<LearningOptions> = {}): Promise<Lessons> {
  const source = learnableSource();
  return learn(await planOf(source, options), runnerOn(source));
}

/** What is known without any order of the catalogue. */
export const untaught = (options: Partial<LearningOptions> = {}): Promise<Lessons> =>
  noLessons({ ...LEARNING, ...options });

/** Two customers who order in turns all that is sold on the first day of each week, and return what is returned. */
export function historyOf(weeks: readonly number[]): ProductHistory {
  const lines = new OrderLinesBuilder();
  for (const [week, quantity] of weeks.entries()) {
    lines.add(0, `${1 + (week % 2)}`, ORIGIN - 7 * (weeks.length - week), quantity, week);
  }
  return productHistories(lines.build(), 1, ORIGIN)[0]!;
}
