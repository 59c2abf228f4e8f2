import { expect, test } from "vitest";
import type { Day } from "../../src/history/calendar.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import {
  type LearningResults,
  learningTask,
  type MarketTask,
  type RowsOfBatch,
  type RowsTask,
} from "../../src/learning/task.ts";
import { LEARNING, ORIGIN, PERIOD } from "../parts/lessons.ts";

test.each([
  [3, 3],
  [800, 800],
  [900, 800],
])("of %i pairs of product and customer a batch tells of %i", async (pairs, told) => {
  const lines = new OrderLinesBuilder();
  for (let i = 0; i < pairs; i++) lines.add(0, `${i}`, ORIGIN - 1 - i, 5, i);
  const plan = { productIds: ["1"], historyStart: PERIOD.start, successions: [], doubledDays: [], options: LEARNING };
  const task: RowsTask = { kind: "rows", ...plan, index: new Float64Array() };
  const { purchases } = (await learningTask(task, async () => lines.build())) as RowsOfBatch;
  expect(purchases).toHaveLength(told);
  expect(new Set(purchases.map(({ age }) => age)).size).toBe(told);
});

test("all products' weeks are told product by product up to each origin, a single giant order limited", async () => {
  const lines = new OrderLinesBuilder();
  for (let week = 1; week <= 12; week++) lines.add(0, "1", ORIGIN - 7 * week, week === 2 ? 1000 : 4, week);
  lines.add(1, "2", ORIGIN - 8, 7, 13);
  const period = { historyStart: PERIOD.start, successions: [], doubledDays: [], origins: [ORIGIN - 7, ORIGIN] };
  const task: MarketTask = { kind: "market", productIds: ["1", "2"], ...period };
  const asked: Day[] = [];
  const told = (await learningTask(task, async (_ids, { origin }) => {
    asked.push(origin);
    return lines.build();
  })) as LearningResults["market"];
  expect(asked).toEqual([ORIGIN]);
  expect(told.quantities.map((products) => products.map((quantities) => [...quantities]))).toEqual([
    [[...Array(10).fill(4), 20], [7]],
    [
      [...Array(10).fill(4), 20, 4],
      [7, 0],
    ],
  ]);
});
