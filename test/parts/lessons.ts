import type { Lessons } from "../../src/forecast/lessons.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import type { LearningOptions } from "../../src/learning/training-rows.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import type { Source } from "../../src/sources/source.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import { learn } from "../../src/workers/learn.ts";
import { learningTask } from "../../src/workers/learning-task.ts";
import { simulatedBook } from "./orders.ts";

export const ORIGIN = parseDay("2025-11-11");
export const PERIOD = { start: parseDay("2019-01-01"), origin: ORIGIN };
export const LEARNING: LearningOptions = {
  ...{ origin: ORIGIN, horizon: 12, tails: 0.1 },
  ...{ minCustomers: 2, minOrders: 3, withCustomers: true },
};

/** A few more than 200 of its products are eligible. */
export const learnableSource = () => new MemorySource(shareOrderBook(simulatedBook(260)));

/** Does the tasks of `learn` in this thread. */
export const runnerOn = (source: Source) => ({
  run: async (task: Parameters<typeof learningTask>[0]) => ({
    ok: true as const,
    result: await learningTask(task, source),
  }),
});

export async function eligibleIds(source: Source): Promise<string[]> {
  const products = await source.eligibleProducts({ ...PERIOD, minCustomers: 2, minOrders: 3 });
  return products.map(({ id }) => id);
}

/** What is learned from a little more than 200 simulated products. */
export async function learnedLessons(options: Partial<LearningOptions> = {}): Promise<Lessons> {
  const source = learnableSource();
  const plan = { eligible: await eligibleIds(source), period: PERIOD, options: { ...LEARNING, ...options } };
  return learn(plan, runnerOn(source), 2, new Interruption());
}

/** Two customers who order in turns all that is sold on the first day of each week, and return what is returned. */
export function historyOf(weeks: readonly number[]): ProductHistory {
  const lines = new OrderLinesBuilder();
  for (const [week, quantity] of weeks.entries()) {
    lines.add(0, `${1 + (week % 2)}`, ORIGIN - 7 * (weeks.length - week), quantity, week);
  }
  return productHistories(lines.build(), 1, ORIGIN)[0]!;
}
