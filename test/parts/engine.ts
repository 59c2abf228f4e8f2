import type { ForecastDocument } from "../../src/forecast/document.ts";
import { forecastProduct } from "../../src/forecast/forecast.ts";
import type { Day } from "../../src/history/calendar.ts";
import { historiesSinceMonday, type ProductHistory, productHistories } from "../../src/history/history.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { joinedLines, withSuccessions } from "../../src/history/predecessors.ts";
import { learn } from "../../src/learning/learn.ts";
import { sum } from "../../src/numeric/sum.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import { ORIGIN, runnerOn } from "./lessons.ts";

export interface EngineOptions {
  readonly origin?: Day;
  readonly horizon?: number;
  readonly level?: number;
}

/** What a run would leave of an order book: the document and the history of each eligible product, by its id. */
export async function forecasts(
  book: OrderBook,
  { origin = ORIGIN, horizon = 12, level = 0.8 }: EngineOptions = {},
): Promise<Map<string, { document: ForecastDocument; history: ProductHistory }>> {
  const source = new MemorySource(shareOrderBook(book));
  const period = { start: 0, origin };
  const products = await source.eligibleProducts({ ...period, minCustomers: 2, minOrders: 3 });
  const eligible = products.map(({ id }) => id);
  const learning = { origin, horizon, level, minCustomers: 2, minOrders: 3 };
  const plan = { eligible, dated: products, historyStart: period.start, options: { ...learning, withCustomers: true } };
  const lessons = await learn(plan, runnerOn(source));
  const { successions, doubledDays } = lessons;
  const lines = joinedLines(await source.orderLines(eligible, period), eligible, successions);
  const known = historiesSinceMonday(lines, eligible.length, origin, doubledDays);
  const histories = withSuccessions(known, eligible, successions);
  const names = { productNames: new Map(), customerNames: new Map() };
  const options = { origin, horizon, level, generatedAt: "2025-11-11T00:00:00Z", runId: "1", ...names };
  return new Map(
    histories.flatMap((history, i) => {
      const result = forecastProduct(eligible[i]!, history, options, lessons);
      return "document" in result ? [[eligible[i]!, { document: result.document, history }]] : [];
    }),
  );
}

/** Net units of each product that came in so many weeks from the origin on. */
export async function came(book: OrderBook, ids: readonly string[], weeks = 12): Promise<number[]> {
  const source = new MemorySource(shareOrderBook(book));
  const end = ORIGIN + 7 * weeks;
  const histories = productHistories(await source.orderLines(ids, { start: ORIGIN, origin: end }), ids.length, end);
  return histories.map(({ quantities }) => sum(quantities));
}
