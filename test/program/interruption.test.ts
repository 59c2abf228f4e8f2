import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { INDEX_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { briefOrders, type Folder, orderBook, temporaryFolder } from "../parts/orders.ts";
import { ended, forecast, start } from "../parts/program.ts";
import { type RedisServer, startRedis } from "../parts/redis.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";

/** A SQL Server that takes its time makes a run long enough to be interrupted. */
let server: Awaited<ReturnType<typeof startTdsServer>>;
let folder: Folder;
let redis: RedisServer;
let env: Record<string, string>;
const PRODUCTS = 60;
const ORDER_LINES = /OPENJSON/;

beforeAll(async () => {
  folder = temporaryFolder();
  const database = folder.database(orderBook(briefOrders(PRODUCTS)));
  server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  redis = await startRedis();
  env = { ...environmentOf(settingsFor(server.port)), REDIS_PORT: `${redis.port}` };
});
afterAll(async () => {
  await redis.stop();
  await server.close();
  folder.remove();
});
beforeEach(() => {
  redis.cli("FLUSHALL");
});
afterEach(() => server.setFaults({}));

const ARGS = () => ["run", "--as-of", "2025-11-11", "--workers", "2", "--lock-file", folder.path("lock")];

/** Starts a run and waits until some products are done. */
async function runUntilUnderWay(ms: number) {
  server.setFaults({ delay: { ms, statementMatches: ORDER_LINES } });
  const child = start(ARGS(), { env });
  while (redis.cli("KEYS", "forecast:[0-9]*") === "") await Bun.sleep(100);
  return child;
}

/** What matches is kept waiting for longer than any test. @returns what is over once it is asked for. */
function hangs(statementMatches: RegExp): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.setFaults({ delay: { ms: 600_000, statementMatches, begun: resolve } });
  return promise;
}

describe("a signal", () => {
  test.each([
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGQUIT", 131],
    ["SIGTERM", 143],
  ] as const)("%s lets batches under way finish, leaves metadata and exits with %i", async (signal, exitCode) => {
    const child = await runUntilUnderWay(400);
    child.kill(signal);
    const result = await ended(child);
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toContain("warning: interrupted");
    expect(result.stderr).toMatch(/^Not Reached: \d+/m);
    const metadata = JSON.parse(redis.cli("GET", METADATA_KEY));
    expect(metadata).toMatchObject({ interrupted: true, total_products: PRODUCTS, failed: 0 });
    expect(metadata.successful).toBeGreaterThan(0);
    expect(metadata.successful).toBeLessThan(PRODUCTS);
    expect(redis.cli("DBSIZE")).toBe(`${metadata.successful + 2}`);
    expect(redis.cli("EXISTS", INDEX_KEY)).toBe("0");
  });

  test("does not wait more than ten seconds for a batch that hangs", async () => {
    const child = await runUntilUnderWay(300);
    await hangs(ORDER_LINES);
    child.kill("SIGINT");
    expect((await ended(child)).exitCode).toBe(130);
    expect(JSON.parse(redis.cli("GET", METADATA_KEY))).toMatchObject({ interrupted: true });
  });

  test("given twice leaves at once", async () => {
    const child = await runUntilUnderWay(300);
    await hangs(ORDER_LINES);
    const end = ended(child);
    while (child.exitCode === null) {
      child.kill("SIGINT");
      await Bun.sleep(50);
    }
    expect((await end).exitCode).toBe(130);
    // A run that had its ten seconds would have left its metadata.
    expect(redis.cli("EXISTS", METADATA_KEY)).toBe("0");
  });

  test("before anything is handed out ends the run as well", async () => {
    const begun = hangs(/GROUP BY/);
    const child = start(ARGS(), { env });
    await begun;
    child.kill("SIGTERM");
    expect((await ended(child)).exitCode).toBe(143);
  });
});

describe("the lock", () => {
  test("keeps a second run out, which exits with 75 at once and names the first", async () => {
    const first = await runUntilUnderWay(300);
    // However long the second one takes, the first is still there.
    first.kill("SIGSTOP");
    const second = await forecast(ARGS(), { env });
    expect(second.exitCode).toBe(75);
    expect(second.stderr).toMatch(
      new RegExp(
        `^error: another instance, pid ${first.pid}, started \\d{4}-\\d\\d-\\d\\dT[\\d:]+Z, holds the lock .*lock\\n$`,
      ),
    );
    server.setFaults({});
    first.kill("SIGCONT");
    expect((await ended(first)).exitCode).toBe(0);
  });

  test("is free at once after kill -9, and the next run repairs what the first left", async () => {
    const first = await runUntilUnderWay(400);
    first.kill("SIGKILL");
    await first.exited;
    server.setFaults({});
    const next = await forecast(ARGS(), { env });
    expect(next.exitCode).toBe(0);
    expect(redis.cli("DBSIZE")).toBe(`${PRODUCTS + 3}`);
    expect(JSON.parse(redis.cli("GET", METADATA_KEY))).toMatchObject({ successful: PRODUCTS, interrupted: false });
  });

  test("is in $RUNTIME_DIRECTORY unless a flag says otherwise", async () => {
    const inRuntimeDirectory = { ...env, RUNTIME_DIRECTORY: folder.path(".") };
    expect((await forecast(ARGS().slice(0, -2), { env: inRuntimeDirectory })).exitCode).toBe(0);
    expect(readFileSync(folder.path("forecast.lock")).toString()).toContain("SQLite");
  });

  test("that cannot be made is one clear line", async () => {
    const args = ["run", "--as-of", "2025-11-11", "--lock-file", folder.path("no/such/folder/lock")];
    const { exitCode, stderr } = await forecast(args, { env });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: the lock file .*lock cannot be used: .*\(--lock-file chooses another place\)\n$/);
  });
});
