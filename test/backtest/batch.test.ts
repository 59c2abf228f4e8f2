import { expect, test } from "vitest";
import { evaluateBatch } from "../../src/backtest/batch.ts";
import { formatDay, parseDay } from "../../src/history/calendar.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import { type Line, orderBook } from "../parts/orders.ts";

const ORIGIN = parseDay("2025-05-27");

test("a product is described by its last 52 weeks, and measured by the weeks after the origin", async () => {
  const sold = { [-60 * 7]: 100, [-52 * 7 - 1]: 50, [-52 * 7]: 3, [-1]: 2, 13: 4, 28: -1 };
  const lines = Object.entries(sold).map(
    ([days, quantity]): Line => [days, "1", "1", formatDay(ORIGIN + Number(days)), quantity],
  );
  const book = shareOrderBook(orderBook(lines));
  const { products, soldUntil } = await evaluateBatch(
    { kind: "evaluate", origin: ORIGIN, first: 0, productIds: ["1"], lessons: {} },
    new MemorySource(book),
    {
      ...{ kind: "backtest", source: { kind: "memory", book }, historyStart: parseDay("2019-01-01") },
      ...{ horizon: 6, level: 0.8, methods: ["naive"], keepForecasts: true, exampleOrigin: undefined },
    },
  );
  expect(products[0]).toMatchObject({ historyWeeks: 60, volume: 5 });
  const { history, actual } = products[0]!.forecasts!;
  expect([history.length, history[0], history[51]]).toEqual([52, 3, 2]);
  expect([...actual]).toEqual([0, 4, 0, 0, -1, 0]);
  expect(soldUntil).toBe(5);
});
