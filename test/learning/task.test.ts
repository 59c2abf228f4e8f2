import { expect, test } from "vitest";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { learningTask, type RowsOfBatch, type RowsTask } from "../../src/learning/task.ts";
import { LEARNING, ORIGIN, PERIOD } from "../parts/lessons.ts";

test.each([
  [3, 3],
  [800, 800],
  [900, 450],
])("of %i pairs of product and customer a batch tells of %i", async (pairs, told) => {
  const lines = new OrderLinesBuilder();
  for (let i = 0; i < pairs; i++) lines.add(0, `${i}`, ORIGIN - 1 - i, 5, i);
  const task: RowsTask = { kind: "rows", productIds: ["1"], historyStart: PERIOD.start, options: LEARNING };
  const { purchases } = (await learningTask(task, async () => lines.build())) as RowsOfBatch;
  expect(purchases).toHaveLength(told);
  expect(new Set(purchases.map(({ age }) => age)).size).toBe(told);
});
