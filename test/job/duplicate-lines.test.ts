import { expect, test } from "vitest";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { duplicateLines } from "../../src/job/duplicate-lines.ts";
import { generator } from "../../src/numeric/random.ts";

/** Days of orders of three lines each, of which `times` says how often each is there. */
function linesOf(days: number, orders: number, times: (day: number, order: number, line: number) => number) {
  const builder = new OrderLinesBuilder();
  for (let day = 0; day < days; day++) {
    for (let order = 0; order < orders; order++) {
      for (let line = 0; line < 3; line++) {
        for (let i = 0; i < times(day, order, line); i++) builder.add(line, `${order}`, day, 5, day * orders + order);
      }
    }
  }
  return builder.build();
}

test("no line is there twice where each differs in something", () => {
  const builder = new OrderLinesBuilder();
  builder.add(0, "a", 1, 5, 1);
  builder.add(1, "a", 1, 5, 1);
  builder.add(0, "b", 1, 5, 1);
  builder.add(0, "a", 2, 5, 1);
  builder.add(0, "a", 1, 6, 1);
  builder.add(0, "a", 1, 5, 2);
  builder.add(0, null, 1, 5, 1);
  expect(duplicateLines(builder.build())).toEqual({ count: 0, days: [], countedOnce: [], everywhere: false });
  expect(duplicateLines(new OrderLinesBuilder().build())).toEqual({
    count: 0,
    days: [],
    countedOnce: [],
    everywhere: false,
  });
});

test("days on which most orders come twice are named, whatever other days hold", () => {
  expect(duplicateLines(linesOf(100, 8, (day) => (day === 17 || day === 18 ? 2 : 1)))).toMatchObject({
    count: 2 * 8 * 3,
    days: [17, 18],
  });
  expect(duplicateLines(linesOf(100, 8, (day, order) => (day === 17 && order < 6 ? 3 : 1)))).toMatchObject({
    count: 6 * 3 * 2,
    days: [17],
  });
});

test("a day whose orders are there again under other numbers is one that forecasts count once", () => {
  const again = linesOf(100, 8, (day) => (day === 17 ? 2 : 1));
  const seen = new Set<string>();
  const order = again.order.map((number, i) => {
    const line = `${number} ${again.product[i]}`;
    const isSecond = seen.has(line);
    seen.add(line);
    return isSecond ? 1e6 + number : number;
  });
  const expected = { count: 8 * 3, days: [17], countedOnce: [17], everywhere: false };
  expect(duplicateLines({ ...again, order })).toEqual(expected);
  expect(duplicateLines(again)).toEqual(expected);
});

test("few orders a day tell by several days", () => {
  expect(duplicateLines(linesOf(100, 2, (day) => (day >= 90 ? 2 : 1))).days).toEqual(
    Array.from({ length: 10 }, (_, i) => 90 + i),
  );
  expect(duplicateLines(linesOf(100, 2, (day) => (day >= 98 ? 2 : 1))).days).toEqual([]);
});

test("an order that comes twice, or lines that do now and then, are no import", () => {
  expect(duplicateLines(linesOf(100, 8, (day, order) => (day === 17 && order === 3 ? 2 : 1))).days).toEqual([]);
  expect(duplicateLines(linesOf(100, 8, (day, _order, line) => (day === 17 && line === 0 ? 2 : 1)))).toMatchObject({
    count: 8,
    days: [],
  });
  for (const [share, orders] of [
    [0.02, 1],
    [0.05, 3],
    [0.1, 2],
    [0.3, 10],
  ] as const) {
    const random = generator(orders);
    const lines = linesOf(500, orders, () => (random() < share ? 2 : 1));
    const { count, days, everywhere } = duplicateLines(lines);
    expect(count / lines.day.length).toBeGreaterThan(share / 2);
    expect([days, everywhere]).toEqual([[], false]);
  }
});

test("where all comes twice that is said of everything", () => {
  expect(duplicateLines(linesOf(100, 1, () => 2))).toMatchObject({ count: 300, everywhere: true });
});
