import { expect, test } from "vitest";
import { formatDay, parseDay } from "../../../src/history/calendar.ts";
import { OrderBookWriter, shareOrderBook } from "../../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../../src/sources/memory/source.ts";
import { type Line, orderBook } from "../../parts/orders.ts";

const PERIOD = { start: parseDay("2025-01-01"), origin: parseDay("2026-01-01") };
const LINES: Line[] = [
  ["1", "A", "7", "2025-03-01", 1],
  ["1", "A", "7", "2025-03-02", 2],
  ["1", "A", "8", "2025-03-02", 3],
  ["2", "A", "8", "2025-03-02", 4],
];

test("an order of several days or customers keeps each line's, and is one order", async () => {
  const source = new MemorySource(shareOrderBook(orderBook(LINES)));
  const { day, customer, customers, quantity, order } = await source.orderLines(["A"], PERIOD);
  const rows = Array.from(day, (of, i) => [customers[customer[i]!], formatDay(of), quantity[i]]);
  expect(rows).toEqual(LINES.map(([, , customer, date, quantity]) => [customer, date, quantity]));
  expect(order[0]).toBe(order[1]);
  expect(new Set(order).size).toBe(2);
  expect(await source.eligibleProducts({ ...PERIOD, minCustomers: 2, minOrders: 2 })).toEqual([
    { id: "A", orders: 2, oldest: parseDay("2025-03-01"), newest: parseDay("2025-03-02") },
  ]);
  expect(await source.eligibleProducts({ ...PERIOD, minCustomers: 2, minOrders: 3 })).toEqual([]);
});

test("orders of nobody are orders, and of no customer", async () => {
  const writer = new OrderBookWriter(["A"], [3], 3);
  for (const customer of ["7", null, null]) writer.addLine(0, writer.addOrder(customer, PERIOD.start), 1);
  const source = new MemorySource(writer.build({ products: new Map(), customers: new Map() }));
  const eligible = (minCustomers: number) => source.eligibleProducts({ ...PERIOD, minCustomers, minOrders: 1 });
  expect(await eligible(1)).toEqual([{ id: "A", orders: 3, oldest: PERIOD.start, newest: PERIOD.start }]);
  expect(await eligible(2)).toEqual([]);
});
