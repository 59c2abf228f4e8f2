import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import type { RunSetup, RunTask } from "../../src/job/messages.ts";
import type { Lessons } from "../../src/learning/learn.ts";
import { WorkerPool } from "../../src/workers/pool.ts";
import { untaught } from "../parts/lessons.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { settingsFor } from "../parts/sql-server.ts";
import { startTdsServer, type TdsServer } from "../tds/server.ts";

let folder: Folder;
let server: TdsServer;
let setup: RunSetup;
let lessons: Lessons;
beforeAll(async () => {
  lessons = await untaught();
  folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(["1", "2"])));
  server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  const [start, origin] = [parseDay("2019-01-01"), parseDay("2025-11-11")];
  setup = {
    kind: "run",
    source: { kind: "mssql", ...settingsFor(server.port), queryTimeoutSeconds: 60 },
    cache: { kind: "sqlite", file: folder.path("cache.sqlite") },
    period: { start, origin },
    ttlSeconds: 60,
    ids: "number",
    forecast: {
      ...{ origin, horizon: 12, level: 0.8 },
      ...{ generatedAt: "", runId: "" },
    },
  };
});
afterAll(async () => {
  await server.close();
  folder.remove();
});

const poolOf = (workers: number) => new WorkerPool<RunSetup>(setup, workers);
const batch = (productId: string): RunTask => ({
  kind: "forecast",
  productIds: [productId],
  lessons,
});

test("each thread opens its own connection, and closes it at the end", async () => {
  const pool = poolOf(2);
  const [first, second] = await Promise.all([pool.run(batch("1")), pool.run(batch("2"))]);
  expect(first).toMatchObject({ ok: true, result: { outcomes: [{ productId: "1", status: "successful" }] } });
  expect(second).toMatchObject({ ok: true, result: { outcomes: [{ productId: "2", status: "successful" }] } });
  expect(server.connections()).toBe(2);
  await pool.close();
  while (server.connections() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

test("a thread that hangs is given up, and its successor works", async () => {
  const pool = poolOf(1);
  // However busy the machine is, the limit strikes while the thread waits for its order lines, not while it starts.
  const limit = new AbortController();
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValueOnce(limit.signal);
  server.setFaults({ delay: { ms: 30_000, statementMatches: /OPENJSON/, begun: () => limit.abort() } });
  expect(await pool.run(batch("1"))).toMatchObject({ ok: false, reason: "no result after 900 s", unavailable: false });
  expect(timeout).toHaveBeenCalledExactlyOnceWith(900_000);
  timeout.mockRestore();
  server.setFaults({});
  expect(await pool.run(batch("1"))).toMatchObject({ ok: true });
  await pool.close();
});

test("a thread that does not end is left behind, and nothing fails for it", async () => {
  const pool = poolOf(1);
  expect(await pool.run(batch("1"))).toMatchObject({ ok: true });
  const terminate = vi.spyOn(Worker.prototype, "terminate").mockReturnValue(new Promise(() => {}));
  await pool.close();
  expect(terminate).toHaveBeenCalledOnce();
  terminate.mockRestore();
});
