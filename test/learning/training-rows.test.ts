import { expect, test } from "vitest";
import { PastDemand } from "../../src/demand/level.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import type { OrderBook } from "../../src/history/order-book.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { ProductPast } from "../../src/learning/as-of.ts";
import { OWN_FEATURE_NAMES } from "../../src/learning/features.ts";
import {
  decodeRows,
  type LearningOptions,
  rowWidth,
  type TrainingRow,
  trainingBatch,
} from "../../src/learning/training-rows.ts";
import { shareOrderBook } from "../../src/sources/memory/order-book.ts";
import { MemorySource } from "../../src/sources/memory/source.ts";
import { simulatedBook } from "../parts/orders.ts";

const ORIGIN = parseDay("2025-11-11");
const START = parseDay("2019-01-01");
const OPTIONS: LearningOptions = {
  ...{ origin: ORIGIN, horizon: 12, level: 0.8 },
  ...{ minCustomers: 2, minOrders: 3, withCustomers: true },
};
const BOOK = simulatedBook(60);

async function historiesOf(book: OrderBook, origin = ORIGIN): Promise<ProductHistory[]> {
  const source = new MemorySource(shareOrderBook(book));
  const lines = await source.orderLines(book.productIds, { start: START, origin });
  return productHistories(lines, book.productIds.length, origin);
}

/** The book with more lines of each product on a day. */
function withSpike({ productIds, lines, names }: OrderBook, day: number): OrderBook {
  const builder = new OrderLinesBuilder();
  for (const [i, product] of lines.product.entries()) {
    builder.add(product, lines.customers[lines.customer[i]!]!, lines.day[i]!, lines.quantity[i]!, lines.order[i]!);
  }
  for (const product of productIds.keys()) builder.add(product, "new", day, 1e6, "spike");
  return { productIds, lines: builder.build(), names };
}

/** Nothing happened to all products. */
const INDEX = new Float64Array();
const batchOf = (
  histories: readonly ProductHistory[],
  options = OPTIONS,
  products: readonly number[] = [...histories.keys()],
) => trainingBatch(histories, products, { ...options, index: INDEX });
const rowsOf = (histories: readonly ProductHistory[], options = OPTIONS) =>
  histories.map((history, i) => decodeRows(batchOf([history], options, [i]).rows, options.horizon));
/** All but what came. */
const known = ({ actual: _, soldFor: __, ...row }: TrainingRow) => row;

test("a row sees nothing after its origin: a spike there moves no number but what came", async () => {
  const weeksAgo = 20;
  const calm = rowsOf(await historiesOf(BOOK));
  const spiked = rowsOf(await historiesOf(withSpike(BOOK, ORIGIN - 7 * weeksAgo)));
  let compared = 0;
  for (const [p, rows] of calm.entries()) {
    for (const row of rows.filter((row) => row.weeksAgo >= weeksAgo)) {
      const same = spiked[p]!.find((other) => other.weeksAgo === row.weeksAgo)!;
      expect(known(same)).toEqual(known(row));
      const week = row.weeksAgo - weeksAgo;
      if (week < 12) expect(same.actual[week]).toBeCloseTo(row.actual[week]! + 1e6, 3);
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(300);
});

test("a spike on the day before the origin is seen", async () => {
  const at20 = (rows: TrainingRow[][]) =>
    rows.map((rows) => rows.find(({ weeksAgo }) => weeksAgo === 20)).filter(Boolean);
  const calm = at20(rowsOf(await historiesOf(BOOK)));
  const spiked = at20(rowsOf(await historiesOf(withSpike(BOOK, ORIGIN - 7 * 20 - 1))));
  for (const [i, row] of calm.entries()) expect(spiked[i]!.features).not.toEqual(row!.features);
});

test("a row is what would have been known of the product, had the past origin been the origin", async () => {
  const rows = rowsOf(await historiesOf(BOOK));
  for (const weeksAgo of [0, 12, 28]) {
    const then = ORIGIN - 7 * weeksAgo;
    for (const [p, history] of (await historiesOf(BOOK, then)).entries()) {
      const row = rows[p]!.find((row) => row.weeksAgo === weeksAgo);
      if (!row) continue;
      const product = new ProductPast(history, { ...OPTIONS, index: INDEX, origin: then }).asOf(0);
      expect({ ...known(row), features: Array.from(row.features) }).toMatchObject({ ...product, weeksAgo });
      expect(row.features).toHaveLength(OWN_FEATURE_NAMES.length);
    }
  }
});

test.each([4, 12, 26])("rows come back from their columns as they went in, over %i weeks", async (horizon) => {
  const histories = await historiesOf(BOOK);
  const options = { ...OPTIONS, horizon };
  const { rows } = batchOf(histories, options);
  expect(rows.length % rowWidth(horizon)).toBe(0);
  expect(decodeRows(rows, horizon)).toEqual(rowsOf(histories, options).flat());
  const past = new PastDemand(histories[0]!.quantities, 12);
  const { length } = histories[0]!.quantities;
  const first = decodeRows(rows, horizon).slice(0, 2);
  expect(first.map(({ weeksAgo }) => weeksAgo)).toEqual([0, 12]);
  const weeks = Math.max(12, horizon);
  expect(first[0]!.actual).toEqual(new Float64Array(weeks).fill(Number.NaN));
  expect(first[1]!.actual).toEqual(
    Float64Array.of(...histories[0]!.quantities.slice(length - 12), ...Array(weeks - 12).fill(Number.NaN)),
  );
  expect(first[1]).toMatchObject(past.basisAt(length - 12));
});

test("a product is learned from at origins at which it was eligible", async () => {
  const lines = new OrderLinesBuilder();
  // From 30 weeks ago on one customer orders each week, from 20 weeks ago on a second one too.
  for (let week = 1; week <= 30; week++) {
    lines.add(0, "1", ORIGIN - 7 * week, 5, `a${week}`);
    if (week <= 20) lines.add(0, "2", ORIGIN - 7 * week, 5, `b${week}`);
  }
  const [history] = productHistories(lines.build(), 1, ORIGIN);
  const origins = (options: Partial<LearningOptions>) =>
    rowsOf([history!], { ...OPTIONS, ...options })[0]!.map(({ weeksAgo }) => weeksAgo);
  expect(origins({})).toEqual([0, 12, 13, 14, 16, 18]);
  expect(origins({ minCustomers: 1, minOrders: 1 })).toEqual([0, 12, 13, 14, 16, 18, 20, 24, 28]);
  expect(origins({ minCustomers: 1, minOrders: 10 })).toEqual([0, 12, 13, 14, 16, 18, 20]);
  expect(origins({ minCustomers: 3 })).toEqual([]);
});

test("customers are looked at where that is asked for", async () => {
  const histories = await historiesOf(BOOK);
  const column = OWN_FEATURE_NAMES.indexOf("customers");
  for (const { features } of rowsOf(histories).flat()) expect(features[column]).toBeGreaterThanOrEqual(2);
  for (const { features } of rowsOf(histories, { ...OPTIONS, withCustomers: false }).flat()) {
    expect(features[column]).toBe(0);
  }
});

test("a product with a quantity beyond all reason is not learned from, so that the others do not suffer", () => {
  const history = (quantity: number) => {
    const lines = new OrderLinesBuilder();
    for (let week = 1; week <= 30; week++)
      lines.add(0, `${week % 2}`, ORIGIN - 7 * week, week === 9 ? quantity : 5, week);
    return productHistories(lines.build(), 1, ORIGIN)[0]!;
  };
  const good = batchOf([history(7)], OPTIONS, [5]);
  for (const quantity of [1e10, -1e10, 1e308]) {
    expect(batchOf([history(quantity), history(7), history(quantity)], OPTIONS, [4, 5, 6])).toEqual(good);
  }
});
