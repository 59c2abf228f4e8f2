import { expect, test } from "vitest";
import { formatDay } from "../../src/history/calendar.ts";
import { forecasts } from "../parts/engine.ts";
import { ORIGIN } from "../parts/lessons.ts";
import { type Line, orderBook } from "../parts/orders.ts";
import { shop } from "../parts/renamed.ts";

const SHOP = shop(30);

/** The documents but for their notes on lines that came twice; the products that have one; and those with lines on these days. */
async function forecastWith(copies: readonly Line[]) {
  const documents = await forecasts(orderBook([...SHOP, ...copies]));
  const noted = new Set<string>();
  const others = [...documents].map(([id, { document }]) => {
    const notes = document.notes.filter(({ kind }) => kind !== "double-import");
    if (notes.length < document.notes.length) noted.add(id);
    return [id, { ...document, notes }] as const;
  });
  return { documents: new Map(others), noted, touched: new Set(copies.map(([, product]) => product)) };
}

test.each([
  ["under the same order ids", 0],
  ["under new ones", 1e6],
])("a week that was imported twice %s changes no forecast, and each of its products says so", async (_what, added) => {
  const week = new Set(Array.from({ length: 7 }, (_, day) => formatDay(ORIGIN - 21 + day)));
  const copies = SHOP.filter(([, , , date]) => week.has(date)).map(([order, ...line]): Line => {
    return [`${Number(order) + added}`, ...line];
  });
  const [usual, twice] = [await forecastWith([]), await forecastWith(copies)];
  expect(twice.touched.size).toBeGreaterThan(20);
  expect(twice.noted).toEqual(twice.touched);
  expect(usual.noted.size).toBe(0);
  expect(twice.documents).toEqual(usual.documents);
});

test("an order that a customer repeats counts twice", async () => {
  const [, , customer, date] = SHOP.find(([, , , date]) => date === formatDay(ORIGIN - 20))!;
  const copies = SHOP.filter((line) => line[2] === customer && line[3] === date).map(([order, ...line]): Line => {
    return [`again ${order}`, ...line];
  });
  expect((await forecastWith(copies)).noted.size).toBe(0);
});
