import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { ordersBefore, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";

const ORIGIN = parseDay("2025-11-11");
type Row = [product: number, customer: string | null, day: number, quantity: number, order: number];

function histories(rows: readonly Row[], products = 1) {
  const lines = new OrderLinesBuilder();
  for (const row of rows) lines.add(...row);
  return productHistories(lines.build(), products, ORIGIN);
}

const quantities = (...rows: Row[]) => [...histories(rows)[0]!.quantities];

test("weeks are anchored at the origin: the day before is in week −1, the eighth before in week −2", () => {
  expect(quantities([0, "1", ORIGIN - 1, 5, 1], [0, "1", ORIGIN - 7, 2, 2], [0, "1", ORIGIN - 8, 3, 3])).toEqual([
    3, 7,
  ]);
});

test("the history begins with the week of the first order line, and weeks without are zero", () => {
  expect(quantities([0, "1", ORIGIN - 22, 4, 1], [0, "1", ORIGIN - 3, 1, 2])).toEqual([4, 0, 0, 1]);
});

test("of each week is known how much of it is in the week beside it by the dates of past years", () => {
  // 52 weeks before 2025-11-11 is 2024-11-12, a day after the same date; 104 weeks before it is 2023-11-14, three days after it.
  const at = (date: string, quantity: number, order: number): Row => [0, "1", parseDay(date), quantity, order];
  const [history] = histories([
    at("2023-11-13", 1, 1),
    at("2023-11-18", 3, 2),
    at("2024-11-11", 4, 3),
    at("2025-11-10", 5, 4),
  ]);
  const { quantities: sold, otherWeekByDate: share } = history!;
  const weeks = [105, 104, 53, 1].map((weeksAgo) => sold.length - weeksAgo);
  expect(weeks.map((week) => [sold[week], share[week]])).toEqual([
    [1, 1],
    [3, 1],
    [4, 1],
    [5, 0],
  ]);
});

test("returns are subtracted, and are no order", () => {
  const [history] = histories([
    [0, "1", ORIGIN - 3, 5, 1],
    [0, "1", ORIGIN - 2, -2, 2],
  ]);
  expect([...history!.quantities]).toEqual([3]);
  expect([...history!.returnsPerWeek]).toEqual([2]);
  expect(history!.customers.map(({ id, orderDays }) => [id, ...orderDays])).toEqual([["1", ORIGIN - 3]]);
});

test("several orders of a customer on a day count once, with all they ordered", () => {
  const [history] = histories([
    [0, "1", ORIGIN - 3, 5, 1],
    [0, "1", ORIGIN - 3, 2, 2],
    [0, "1", ORIGIN - 9, 1, 3],
  ]);
  expect(history!.customers).toEqual([
    { id: "1", orderDays: Int32Array.of(ORIGIN - 9, ORIGIN - 3), orderQuantities: Float64Array.of(1, 7) },
  ]);
});

test("a return on the day of an order does not make the order smaller", () => {
  const [history] = histories([
    [0, "1", ORIGIN - 3, 5, 1],
    [0, "1", ORIGIN - 3, -2, 2],
  ]);
  expect([...history!.quantities]).toEqual([3]);
  expect([...history!.customers[0]!.orderQuantities]).toEqual([5]);
});

test("orders before a day are those of the days before it", () => {
  const [history] = histories([9, 5, 3].map((days, i): Row => [0, "1", ORIGIN - days, 1, i]));
  const before = [10, 9, 8, 5, 3, 2].map((days) => ordersBefore(history!.customers[0]!, ORIGIN - days));
  expect(before).toEqual([0, 0, 1, 1, 2, 3]);
});

test("demand of unknown customers counts, but makes no customer", () => {
  const [history] = histories([[0, null, ORIGIN - 3, 5, 1]]);
  expect([...history!.quantities]).toEqual([5]);
  expect(history!.customers).toEqual([]);
});

test("each week counts its orders once, and its customers once whatever they ordered; returns are neither", () => {
  const [history] = histories([
    [0, "1", ORIGIN - 1, 5, 1],
    [0, "1", ORIGIN - 1, 2, 1],
    [0, "1", ORIGIN - 1, 3, 2],
    [0, "1", ORIGIN - 4, 3, 3],
    [0, "2", ORIGIN - 7, 1, 4],
    [0, "3", ORIGIN - 2, -1, 5],
    [0, null, ORIGIN - 2, 6, 6],
    [0, "2", ORIGIN - 15, 1, 7],
  ]);
  expect([...history!.ordersPerWeek]).toEqual([1, 0, 5]);
  expect([...history!.customersPerWeek]).toEqual([1, 0, 2]);
});

test("customers come by the day of their first order, then by id", () => {
  const [history] = histories([
    [0, "10", ORIGIN - 1, 1, 1],
    [0, "9", ORIGIN - 1, 1, 2],
    [0, "77", ORIGIN - 8, 1, 3],
    [0, "b", ORIGIN - 1, 1, 4],
  ]);
  expect(history!.customers.map(({ id }) => id)).toEqual(["77", "9", "10", "b"]);
});

test("decimals add up exactly", () => {
  const tenths = Array.from({ length: 10 }, (_, i): Row => [0, "1", ORIGIN - 1, 0.1, i]);
  expect(quantities(...tenths)).toEqual([1]);
});

test("products of a batch do not mix, and one without order lines has no weeks", () => {
  const [first, second, third] = histories(
    [
      [2, "1", ORIGIN - 1, 5, 1],
      [0, "1", ORIGIN - 8, 2, 1],
    ],
    3,
  );
  expect([[...first!.quantities], [...second!.quantities], [...third!.quantities]]).toEqual([[2, 0], [], [5]]);
});

test("the order of the lines does not change a bit", () => {
  const row = fc.tuple(
    fc.integer({ min: 0, max: 2 }),
    fc.constantFrom("1", "2", null),
    fc.integer({ min: ORIGIN - 100, max: ORIGIN - 1 }),
    fc.double({ min: -10, max: 1000, noNaN: true }),
    fc.integer({ min: 1, max: 50 }),
  );
  const rowsAndShuffled = fc
    .array(row, { minLength: 1, maxLength: 80 })
    .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));
  fc.assert(
    fc.property(rowsAndShuffled, ([rows, shuffled]) => {
      expect(histories(shuffled, 3)).toEqual(histories(rows, 3));
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("more lines than a builder begins with are kept", () => {
  const rows = Array.from({ length: 4900 }, (_, i): Row => [0, `${i % 7}`, ORIGIN - 1 - (i % 70), 1, i]);
  const [history] = histories(rows);
  expect([...history!.quantities]).toEqual(Array(10).fill(490));
  expect([...history!.ordersPerWeek]).toEqual(Array(10).fill(490));
  expect(history!.customers).toHaveLength(7);
});
