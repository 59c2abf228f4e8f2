import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cache, type Entry, forecastKey } from "../../src/caches/cache.ts";
import { SqliteCache } from "../../src/caches/sqlite/cache.ts";
import { parseDocument } from "../../src/forecast/document.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { forecastBatch } from "../../src/job/batch.ts";
import { StageClock } from "../../src/job/stages.ts";
import type { Lessons } from "../../src/learning/learn.ts";
import { openSource, prepareSource, type SourceSettings } from "../../src/sources/registry.ts";
import { untaught } from "../parts/lessons.ts";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { sqlServer, type TestSqlServer } from "../parts/sql-server.ts";

const PERIOD = { start: parseDay("2019-01-01"), origin: parseDay("2025-11-11") };
const FORECAST = { origin: PERIOD.origin, horizon: 12, level: 0.8, generatedAt: "", runId: "" };
const PARTS = { period: PERIOD, ttlSeconds: 60, ids: "number", forecast: FORECAST } as const;
const book = simulatedBook(60);

let folder: Folder;
let database: string;
let server: TestSqlServer;
let lessons: Lessons;
beforeAll(async () => {
  lessons = await untaught();
  folder = temporaryFolder();
  database = folder.database(book);
  server = await sqlServer(database);
});
afterAll(async () => {
  await server.stop();
  folder.remove();
});

/** The documents of all products, forecast in batches of `size`, in the order of the book. */
async function documents(settings: SourceSettings, size: number): Promise<(string | undefined)[]> {
  const source = await openSource((await prepareSource(settings, PERIOD)).handle);
  const cache = new SqliteCache(folder.path(`${settings.kind}-${size}.sqlite`));
  const parts = { source, cache, clock: new StageClock(), ...PARTS };
  for (let first = 0; first < book.productIds.length; first += size) {
    const productIds = book.productIds.slice(first, first + size);
    const task = { kind: "forecast", productIds, lessons } as const;
    const { outcomes } = await forecastBatch(task, parts);
    expect(outcomes.filter(({ status }) => status === "failed")).toEqual([]);
  }
  const texts = await Promise.all(book.productIds.map((id) => cache.read(forecastKey(id))));
  await Promise.all([source.close(), cache.close()]);
  return texts;
}

test("documents are the same to the byte one product at a time and in batches, from SQLite and from SQL Server", async () => {
  const sqlite = { kind: "sqlite", file: database } as const;
  const oneByOne = await documents(sqlite, 1);
  expect(oneByOne.filter((text) => text !== undefined).length).toBeGreaterThan(50);
  expect(await documents(sqlite, 7)).toEqual(oneByOne);
  expect(await documents(sqlite, 60)).toEqual(oneByOne);
  expect(await documents({ kind: "mssql", ...server.settings }, 25)).toEqual(oneByOne);
});

test("a predecessor is read with its successor's batch wherever it stands, and named in its note", async () => {
  const [predecessor, successor] = book.productIds as [string, string];
  const succession = { predecessor, successor, since: PERIOD.origin - 70, customers: 9, customersBefore: 8 };
  const taught = { ...lessons, successions: [succession] };
  const source = await openSource({ kind: "mssql", ...server.settings });
  const cache = new SqliteCache(folder.path("successors.sqlite"));
  const parts = { source, cache, clock: new StageClock(), ...PARTS };
  const read = async (productIds: readonly string[]) => {
    const { outcomes } = await forecastBatch({ kind: "forecast", productIds, lessons: taught }, parts);
    expect(outcomes.map(({ productId, status }) => [productId, status])).toEqual(
      productIds.map((id) => [id, "successful"]),
    );
    return cache.read(forecastKey(successor));
  };
  const alone = await read([successor]);
  expect(await read([book.productIds[5]!, successor, predecessor])).toBe(alone);
  const name = book.names.products.get(predecessor);
  expect(parseDocument(alone!).notes[0]).toMatchObject({ kind: "successor", product: { id: predecessor, name } });
  await Promise.all([source.close(), cache.close()]);
});

test("a document that the cache refuses is a failure of its own product, the others are forecast", async () => {
  const productIds = book.productIds.slice(0, 40);
  const written: string[] = [];
  const cache = {
    ...({} as Cache),
    write: async (entries: readonly Entry[]) => {
      written.push(...entries.map(({ key }) => key));
      return entries.map((_, i) => (i === entries.length - 1 ? "OOM" : undefined));
    },
  };
  const source = await openSource((await prepareSource({ kind: "sqlite", file: database }, PERIOD)).handle);
  const task = { kind: "forecast", productIds: ["unknown", ...productIds], lessons } as const;
  const { outcomes } = await forecastBatch(task, { source, cache, clock: new StageClock(), ...PARTS });
  await source.close();
  expect(outcomes[0]).toMatchObject({ productId: "unknown", status: "no_forecast" });
  const failed = outcomes.filter(({ status }) => status === "failed");
  expect(failed).toEqual([{ productId: written.at(-1)!.replace("forecast:", ""), status: "failed", reason: "OOM" }]);
});
