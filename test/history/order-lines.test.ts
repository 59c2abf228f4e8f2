import { expect, test } from "vitest";
import { linesBefore, OrderLinesBuilder } from "../../src/history/order-lines.ts";

const lines = new OrderLinesBuilder();
lines.add(0, "a", 10, 3, "first");
lines.add(1, null, 12, -1, "second");
lines.add(0, "b", 11, 2, "first");
const all = lines.build();

test("lines from before a day keep their columns, customers and order", () => {
  const { product, customer, day, quantity, order, customers } = linesBefore(all, 12);
  expect([product, customer, day, quantity, order].map((column) => [...column])).toEqual([
    [0, 0],
    [0, 1],
    [10, 11],
    [3, 2],
    [0, 0],
  ]);
  expect(customers).toEqual(["a", "b"]);
  expect(linesBefore(all, 10).day).toHaveLength(0);
});

test("lines that are all from before the day are not copied", () => {
  expect(linesBefore(all, 13)).toBe(all);
});
