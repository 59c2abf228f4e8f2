import { expect, test } from "vitest";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import { broadSince, checkOrders } from "../../src/job/order-check.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import { type Line, orderBook, steadyOrders } from "../parts/orders.ts";

const ORIGIN = parseDay("2025-11-11");
const ELIGIBILITY = { start: parseDay("2015-01-01"), origin: ORIGIN, minCustomers: 2, minOrders: 3 };
const RANGE = Array.from({ length: 30 }, (_, p) => `${p + 1}`);

const check = (lines: readonly Line[]) => checkOrders(new MemorySource(shareOrderBook(orderBook(lines))), ELIGIBILITY);
const since = (lines: readonly Line[]) => formatDay(broadSince(orderBook(lines).lines)!);
const one = (product: string, date: string): Line => [`${product} ${date}`, product, "1", date, 5];

test("the range is sold since its first week, not since a single line of long ago", async () => {
  const lines = [...steadyOrders(RANGE), one("3", "2016-01-04"), one("3", "2018-01-04"), one("7", "2018-01-04")];
  expect(since(lines)).toBe("2024-09-17");
  expect((await check(lines)).early).toEqual({
    ...{ lines: 3, products: 2 },
    ...{ first: parseDay("2016-01-04"), since: parseDay("2024-09-17") },
  });
});

test("a range that grew from little, closes every winter, or was extended begins with its first products", async () => {
  const grown = RANGE.flatMap((product, p) => steadyOrders([product], "2025-11-11", 400 - 12 * p));
  const seasonal = steadyOrders(RANGE, "2025-11-11", 200).filter(([, , , date]) => !/-(01|02|12)-/.test(date));
  const extended = [...steadyOrders(RANGE.slice(0, 10), "2025-11-11", 400), ...steadyOrders(RANGE.slice(10))];
  for (const lines of [grown, seasonal, extended]) expect((await check(lines)).early).toBeUndefined();
  for (const lines of [seasonal, extended]) expect(since(lines)).toBe(lines.map(([, , , date]) => date).sort()[0]);
});

test("what is sold a few weeks a year is a history, not far older than the rest", async () => {
  const christmas = steadyOrders(["1"], "2025-11-11", 360).filter(([, , , date]) => /-12-/.test(date));
  expect((await check(christmas)).early).toBeUndefined();
});

test("lines of products that cannot be forecast are not told of", async () => {
  expect((await check([...steadyOrders(RANGE), one("99", "2016-01-04")])).early).toBeUndefined();
});

test("of many products 500 are looked at, of large ones fewer, of none nothing", async () => {
  const many = steadyOrders(
    Array.from({ length: 600 }, (_, p) => `${p}`),
    "2025-11-11",
    4,
  );
  expect(await check(many)).toMatchObject({ eligible: 600, products: 500, lines: 2000 });
  const large = steadyOrders(["1", "2", "3"], "2025-11-11", 500);
  const heavy = new MemorySource(shareOrderBook(orderBook(large)));
  const products = ["1", "2", "3"].map((id) => ({ id, orders: 200_000, oldest: 0, newest: 0 }));
  heavy.eligibleProducts = async () => products;
  expect(await checkOrders(heavy, ELIGIBILITY)).toMatchObject({ eligible: 3, products: 1 });
  expect(await check([])).toEqual({
    ...{ eligible: 0, products: 0, lines: 0, early: undefined },
    duplicates: { count: 0, days: [], countedOnce: [], everywhere: false },
  });
});
