import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { briefOrders, type Folder, orderBook, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_BUN, ON_DENO } from "../parts/program.ts";
import { type RedisServer, startRedis } from "../parts/redis.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";

let server: Awaited<ReturnType<typeof startTdsServer>>;
let folder: Folder;
let redis: RedisServer;
const PRODUCTS = 60;

beforeAll(async () => {
  folder = temporaryFolder();
  const database = folder.database(orderBook(briefOrders(PRODUCTS)));
  server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  await server.close();
  folder.remove();
});
beforeEach(() => {
  redis.cli("FLUSHALL");
});

function run(env: Record<string, string> = {}, ...args: string[]) {
  return runOn(binary(), env, ...args);
}

function runOn(program: readonly string[], env: Record<string, string> = {}, ...args: string[]) {
  const database = environmentOf(settingsFor(server.port));
  const all = { ...database, REDIS_PORT: `${redis.port}`, ...env };
  const options = ["--as-of", "2025-11-11", "--workers", "2", "--lock-file", folder.path("lock")];
  return forecast(["run", ...options, ...args], { env: all, program });
}

function metadata() {
  return JSON.parse(redis.cli("GET", METADATA_KEY) || "null");
}

describe("SQL Server", () => {
  test.each([
    ["in the binary", binary()],
    ["on Bun", ON_BUN],
    ["on Deno", ON_DENO],
  ])("works encrypted, with the real driver, %s", async (_name, program) => {
    expect(await runOn(program)).toMatchObject({ exitCode: 0, stdout: "" });
    expect(metadata()).toMatchObject({ successful: PRODUCTS, failed: 0 });
  });

  test("given by its address works too", async () => {
    expect((await run({ DB_HOST: "127.0.0.1" })).exitCode).toBe(0);
  });

  test("that refuses the login is asked once, and the password is not shown", async () => {
    const { exitCode, stderr } = await run({ DB_PASSWORD: "wr0ng" }, "--debug");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error: SQL Server localhost:\d+: error 18456, state 1: Login failed for user 'planner'\. \(check DB_USER and DB_PASSWORD\)\n/,
    );
    expect(stderr).not.toMatch(/wr0ng|s3cret/);
  });
});

describe("Redis", () => {
  test("that is not there fails the run before anything is read", async () => {
    const before = server.statements.length;
    const { exitCode, stderr } = await run({ REDIS_PORT: "1", REDIS_PATIENCE: "0" });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: "error: Redis 127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1\n",
    });
    expect(server.statements).toHaveLength(before);
  });

  test("and its password stay unknown to whoever asks libraries to tell what they do", async () => {
    const debug = { DEBUG: "*", NODE_DEBUG: "*" };
    const { stderr } = await run({ ...debug, REDIS_USERNAME: "default", REDIS_PASSWORD: "s3cretword" });
    expect(stderr).not.toMatch(/ioredis|tedious|mssql|s3cret/);
  });
});
