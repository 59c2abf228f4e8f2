import { once } from "node:events";
import { existsSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import type { CacheSettings } from "../../src/caches/registry.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { type RunObserver, run } from "../../src/job/run.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import { briefOrders, type Folder, orderBook, temporaryFolder } from "../parts/orders.ts";
import { proxyTo } from "../parts/proxy.ts";
import { type RedisServer, redisServer, redisSettings } from "../parts/redis.ts";

const PRODUCTS = 60;
let folder: Folder;
let database: string;
let redis: RedisServer;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(orderBook(briefOrders(PRODUCTS)));
});
afterAll(() => folder.remove());

/** Runs, and gives what came of it and how many documents were lost meanwhile. */
async function runInto(cache: CacheSettings, observer: Partial<RunObserver> = {}, interruption = new Interruption()) {
  const lost: number[] = [];
  const nothing = () => {};
  const silent = {
    waits: nothing,
    sourceWaits: nothing,
    unleased: nothing,
    leaseWaits: nothing,
    known: nothing,
    read: nothing,
    started: nothing,
    learned: nothing,
    notLearned: nothing,
    sourceGap: nothing,
    doubledDays: nothing,
  };
  const settings = {
    ...{ origin: parseDay("2025-11-11"), historyStart: parseDay("2019-01-01"), horizon: 12, level: 0.8 },
    ...{ minCustomers: 2, minOrders: 3, products: undefined, limit: undefined, workers: 2, ttlSeconds: 600 },
    ...{ mostDrop: 0.5, mostAgeDays: 21 },
    source: { kind: "sqlite", file: database } as const,
    cache,
    ...{ ids: "number" as const, weekStart: undefined },
    lockFile: folder.path("lock"),
  };
  const all = { ...silent, done: nothing, lost: (n: number) => lost.push(n), report: async () => {}, ...observer };
  return { ...(await run(settings, "1", all, interruption)), lost };
}

/** Does it once, when all documents are written and before they are counted. */
function atTheEnd(work: () => void): Partial<RunObserver> {
  let isDone = false;
  return {
    done: (products) => {
      if (products < PRODUCTS || isDone) return;
      isDone = true;
      work();
    },
  };
}

test("documents that are flushed in the middle of a run are made and written again", async () => {
  redis = await redisServer();
  const result = await runInto(
    redisSettings(redis.port),
    atTheEnd(() => redis.cli("FLUSHALL")),
  );
  expect(result.lost).toEqual([PRODUCTS]);
  expect(result).toMatchObject({ exitCode: 0, metadata: { successful: PRODUCTS, lost_documents: PRODUCTS } });
  expect(redis.cli("DBSIZE")).toBe(`${PRODUCTS + 2}`);
});

test("a document of an earlier run is no document of this one", async () => {
  redis = await redisServer();
  const result = await runInto(
    redisSettings(redis.port),
    atTheEnd(() => redis.cli("EXPIRE", "forecast:7", "300")),
  );
  expect(result.lost).toEqual([1]);
  expect(Number(redis.cli("TTL", "forecast:7"))).toBeGreaterThan(500);
});

test("what a full cache evicts has failed, and as many documents are there as the run says", async () => {
  redis = await redisServer("--maxmemory-policy", "volatile-ttl");
  // A connection takes memory, too: one that is there from the beginning costs no document more.
  const connection = connect(redis.port, "127.0.0.1");
  await once(connection, "connect");
  redis.cli("CONFIG", "SET", "maxmemory", `${memory() + 190_000}`);
  const { exitCode, metadata, unsuccessful } = await runInto(redisSettings(redis.port));
  expect(exitCode).toBe(1);
  expect(metadata.failed).toBeGreaterThan(0);
  expect(metadata.successful + metadata.failed).toBe(PRODUCTS);
  connection.write("CONFIG SET maxmemory 0\r\n");
  await once(connection, "data");
  connection.destroy();
  // What the last metadata may have cost.
  expect(Math.abs(Number(redis.cli("DBSIZE")) - metadata.successful - 1)).toBeLessThanOrEqual(3);
  expect(JSON.parse(redis.cli("GET", METADATA_KEY))).toEqual(JSON.parse(JSON.stringify(metadata)));
  expect(unsuccessful[0]!.reason).toMatch(/^its document was written and is not in the cache: evicted/);
});

test("documents are looked for by reading them where the server does not know how long they live", async () => {
  redis = await redisServer("--rename-command", "PTTL", "");
  const { exitCode, metadata } = await runInto(redisSettings(redis.port));
  expect({ exitCode, failed: metadata.failed }).toEqual({ exitCode: 0, failed: 0 });
});

test("a SQLite cache that is deleted in the middle of a run is no success, and no other one is filled in its place", async () => {
  const file = folder.path("cache.sqlite");
  const result = await runInto(
    { kind: "sqlite", file },
    atTheEnd(() => rmSync(file)),
  );
  expect(result).toMatchObject({ exitCode: 1, metadata: { successful: 0, failed: PRODUCTS } });
  expect(result.unsuccessful[0]!.reason).toMatch(/not known: cache .*: the file was deleted or replaced/);
  expect(existsSync(file)).toBe(false);
});

test("a run whose result cannot be told is no success, and its metadata says so", async () => {
  redis = await redisServer();
  const result = await runInto(redisSettings(redis.port), {
    report: () => Promise.reject(new Error("standard output cannot be written: ENOSPC")),
  });
  expect(result.exitCode).toBe(1);
  expect(JSON.parse(redis.cli("GET", METADATA_KEY))).toMatchObject({
    problem: "standard output cannot be written: ENOSPC",
    successful: PRODUCTS,
  });
});

test("an interrupted run does not wait for a Redis that accepts and does not answer", async () => {
  redis = await redisServer();
  const interruption = new Interruption();
  let isSilent = false;
  const { port, stop } = await proxyTo(redis.port, { answers: (data) => (isSilent ? Buffer.alloc(0) : data) });
  onTestFinished(stop);
  const { exitCode, metadata, metadataProblem } = await runInto(
    { ...redisSettings(port), patienceSeconds: 3600 },
    {
      started: () => {
        isSilent = true;
        interruption.ask(143);
      },
    },
    interruption,
  );
  expect({ exitCode, interrupted: metadata.interrupted }).toEqual({ exitCode: 143, interrupted: true });
  expect(metadataProblem).toBe("no answer before an interrupted run has to end");
});

test("an interruption ends the wait for a Redis that is not there", async () => {
  const interruption = new Interruption();
  const { exitCode, metadata } = await runInto(
    { ...redisSettings(1), patienceSeconds: 3600 },
    { waits: () => interruption.ask(130) },
    interruption,
  );
  expect({ exitCode, products: metadata.total_products }).toEqual({ exitCode: 130, products: 0 });
});

function memory(): number {
  return Number(/^used_memory:(\d+)/m.exec(redis.cli("INFO", "memory"))![1]);
}
