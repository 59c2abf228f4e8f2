import { statSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openCache } from "../../src/caches/registry.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { prepareRun } from "../../src/job/prepare.ts";
import { StageClock } from "../../src/job/stages.ts";
import type { RunSettings } from "../../src/settings/run.ts";
import { readCsvSettings } from "../../src/sources/csv/settings.ts";
import { Given } from "../../src/values/given.ts";
import { csvOf, type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";

const STAMP = { generatedAt: "", runId: "" };

let folder: Folder;
let settings: RunSettings;
beforeAll(() => {
  folder = temporaryFolder();
  settings = {
    ...{ origin: parseDay("2025-11-11"), historyStart: parseDay("2019-01-01"), horizon: 12, level: 0.8 },
    ...{
      minCustomers: 2,
      minOrders: 3,
      mostDrop: 0.5,
      mostAgeDays: 21,
      products: undefined,
      limit: undefined,
      workers: 1,
      ttlSeconds: 60,
    },
    source: { kind: "sqlite", file: folder.database(orderBook(steadyOrders(["1", "2", "3"]))) },
    cache: undefined,
    ...{ ids: "number", weekStart: undefined },
    lockFile: folder.path("lock"),
  };
});
afterAll(() => folder.remove());

/** What a run forecasts, what it could, and what it was asked for in vain. */
async function selection(changes: Partial<RunSettings>) {
  const { products, eligible, notEligible } = await prepareRun({ ...settings, ...changes }, STAMP, new StageClock());
  return [products.map(({ id }) => id), eligible.map(({ id }) => id), notEligible.map(({ productId }) => productId)];
}

test("a limit takes the first of all products, and all are learned from", async () => {
  expect(await selection({})).toEqual([["1", "2", "3"], ["1", "2", "3"], []]);
  expect(await selection({ limit: 2 })).toEqual([["1", "2"], ["1", "2", "3"], []]);
});

test("a limit takes the first of the products that were asked for, and only what is not eligible is told so", async () => {
  expect(await selection({ products: ["3", "2", "9"] })).toEqual([["2", "3"], ["1", "2", "3"], ["9"]]);
  expect(await selection({ products: ["3", "2", "9"], limit: 1 })).toEqual([["2"], ["1", "2", "3"], ["9"]]);
});

test("threads are told which file the cache is, so that they open no other one", async () => {
  const file = folder.path("cache.sqlite");
  const cache = await openCache({ kind: "sqlite", file });
  await cache.ping();
  await cache.close();
  const { setup } = await prepareRun({ ...settings, cache: { kind: "sqlite", file } }, STAMP, new StageClock());
  expect(setup.cache).toEqual({ kind: "sqlite", file, inode: statSync(file, { bigint: true }).ino });
});

test("two products whose documents would have one key end the run, named, before anything is forecast", async () => {
  const file = folder.database(orderBook(steadyOrders(["1", "2"])));
  const orders = new DatabaseSync(file);
  orders.exec(`CREATE TABLE Untyped AS SELECT ID, OrderID, +ProductID AS ProductID, Qty FROM OrderItem;
    UPDATE Untyped SET ProductID = '1' WHERE ProductID = 2;
    DROP TABLE OrderItem; ALTER TABLE Untyped RENAME TO OrderItem`);
  orders.close();
  await expect(selection({ source: { kind: "sqlite", file } })).rejects.toThrow(
    "OrderItem.ProductID has 1 as a number and as a text",
  );
});

test("a product that would have the key of the metadata ends the run, named", async () => {
  writeFileSync(folder.path("orders.csv"), csvOf(orderBook(steadyOrders(["1", "metadata:last_run"]))));
  const csv = { kind: "csv", ...readCsvSettings(new Given({}, {}), folder.path("orders.csv")) } as const;
  await expect(selection({ source: csv })).rejects.toThrow('the product "metadata:last_run" would have a key');
});

test("single lines far before the others are found on the way", async () => {
  const range = steadyOrders(Array.from({ length: 30 }, (_, p) => `${p + 1}`));
  const source = {
    kind: "sqlite",
    file: folder.database(orderBook([...range, ["x", "7", "1", "2020-01-06", 5]])),
  } as const;
  const { early } = await prepareRun({ ...settings, source }, STAMP, new StageClock());
  expect(early).toMatchObject({ lines: 1, products: 1, first: parseDay("2020-01-06") });
});
