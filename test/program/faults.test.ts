import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ATTEMPT_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_BUN, ON_DENO } from "../parts/program.ts";
import { freePort, type RedisServer, startRedis } from "../parts/redis.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { withoutStamp } from "../parts/stamp.ts";
import { startTdsServer } from "../tds/server.ts";

let server: Awaited<ReturnType<typeof startTdsServer>>;
let folder: Folder;
let redis: RedisServer;
const PRODUCTS = 60;

beforeAll(async () => {
  folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(Array.from({ length: PRODUCTS }, (_, i) => `${i + 1}`))));
  server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  await server.close();
  folder.remove();
});
beforeEach(() => {
  redis.cli("CONFIG", "SET", "maxmemory", "0");
  redis.cli("FLUSHALL");
});
afterEach(() => server.setFaults({}));

function run(env: Record<string, string> = {}, ...args: string[]) {
  return runOn(binary(), env, ...args);
}

function runOn(program: readonly string[], env: Record<string, string> = {}, ...args: string[]) {
  const database = environmentOf({ ...settingsFor(server.port), queryTimeoutSeconds: 1 });
  const all = { ...database, REDIS_PORT: `${redis.port}`, ...env };
  const options = ["--as-of", "2025-11-11", "--workers", "2", "--lock-file", folder.path("lock")];
  return forecast(["run", ...options, ...args], { env: all, program });
}

function metadata() {
  return JSON.parse(redis.cli("GET", METADATA_KEY) || "null");
}

/** What a run without any fault leaves, for comparison. */
async function documents(): Promise<string[]> {
  const keys = Array.from({ length: PRODUCTS }, (_, i) => `forecast:${i + 1}`);
  return withoutStamp(redis.cli("MGET", ...keys)).split("\n");
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

  test("with a certificate that nobody vouches for is refused with what to do", async () => {
    const { exitCode, stderr } = await run({ DB_TRUST_SERVER_CERTIFICATE: "false" });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error: SQL Server localhost:\d+: .*certificate.* \(install its certificate authority .*\)\n$/,
    );
  });

  test("that refuses the login is asked once, and the password is not shown", async () => {
    const { exitCode, stderr } = await run({ DB_PASSWORD: "wr0ng" }, "--debug");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error: SQL Server localhost:\d+: error 18456, state 1: Login failed for user 'planner'\. \(check DB_USER and DB_PASSWORD\)\n/,
    );
    expect(stderr).not.toMatch(/wr0ng|s3cret/);
  });

  test("that is not there fails the run after a few tries and leaves the cache alone", async () => {
    const port = await freePort();
    const { exitCode, stderr } = await run({ DB_PORT: `${port}` });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`error: SQL Server localhost:${port}: `);
    expect(redis.cli("KEYS", "*")).toBe(ATTEMPT_KEY);
  });

  test("without a table names it", async () => {
    const missing = { number: 208, message: "Invalid object name 'dbo.OrderItem'.", statementMatches: /OrderItem/ };
    server.setFaults({ errorNumber: missing });
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/Invalid object name 'dbo\.OrderItem'\. \(a table that the queries need is missing\)\n$/);
  });

  test("that breaks the connection in the middle of an answer is read again from the beginning", async () => {
    await run();
    const expected = await documents();
    redis.cli("FLUSHALL");
    server.setFaults({ dropAfterRows: { rows: 100, times: 2 } });
    expect((await run()).exitCode).toBe(0);
    expect(await documents()).toEqual(expected);
  });

  test("that stops in the middle of an answer is not waited for for ever", async () => {
    server.setFaults({ stallAfterRows: { rows: 100, times: 2 } });
    const { exitCode } = await run();
    expect(exitCode).toBe(0);
    expect(metadata()).toMatchObject({ successful: PRODUCTS });
  });

  test("that chooses us as deadlock victim is asked again", async () => {
    server.setFaults({
      errorNumber: { number: 1205, message: "deadlock victim", severity: 13, times: 2, statementMatches: /OPENJSON/ },
    });
    expect((await run()).exitCode).toBe(0);
    expect(metadata()).toMatchObject({ successful: PRODUCTS });
  });

  test("that goes away for good fails what is left, and the run says so", async () => {
    server.setFaults({ dropAfterRows: { rows: 100 } });
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Failed: ${PRODUCTS} \\(100\\.0%\\)$`, "m"));
    expect(stderr.match(/^error: product/gm)).toHaveLength(20);
    expect(stderr).toContain(`error: and ${PRODUCTS - 20} more failed products; --json lists them all`);
    expect(metadata()).toMatchObject({ failed: PRODUCTS, successful: 0 });
  });
});

describe("standard output", () => {
  test("on a full disk is no success, for whoever reads the metadata either", async () => {
    const program = ["sh", "-c", 'exec "$@" >/dev/full', "sh", ...binary()];
    const { exitCode, stderr } = await runOn(program, {}, "--json");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: standard output cannot be written: ENOSPC/m);
    expect(metadata()).toMatchObject({ problem: expect.stringContaining("ENOSPC"), successful: PRODUCTS });
    const status = await forecast(["status"], { env: { REDIS_PORT: `${redis.port}` } });
    expect(status).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("not healthy: the last run was no") });
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

  test("that wants another password says so in one line", async () => {
    const guarded = await startRedis("--requirepass", "right");
    const { exitCode, stderr } = await run({ REDIS_PORT: `${guarded.port}`, REDIS_PASSWORD: "wr0ng" });
    await guarded.stop();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: Redis .*WRONGPASS.*\(check REDIS_USERNAME and REDIS_PASSWORD\)\n$/);
    expect(stderr).not.toContain("wr0ng");
  });

  test("that is full fails the products that it refuses, and no others", async () => {
    redis.cli("CONFIG", "SET", "maxmemory", "1");
    const { exitCode, stderr } = await run();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: product \d+: Redis .*: OOM command not allowed/m);
    expect(stderr).toMatch(/the run's metadata was not written: Redis .*: OOM/);
  });

  test("whose database cannot be chosen takes nothing in another one", async () => {
    const { exitCode, stderr } = await run({ REDIS_DB: "16" });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error: Redis .*: database 16 cannot be used \(REDIS_DB\): ERR DB index is out of range\n$/,
    );
    expect(redis.cli("DBSIZE")).toBe("0");
  });

  test("that takes no metadata any more fails the run", async () => {
    const documents = ["~forecast:?", "~forecast:??"];
    const others = ["~forecast:metadata:lease", "~forecast:metadata:last_attempt", `%R~${METADATA_KEY}`];
    redis.cli("ACL", "SETUSER", "writer", "on", ">s3cretword", ...documents, ...others, "+@all");
    const { exitCode, stderr } = await run({ REDIS_USERNAME: "writer", REDIS_PASSWORD: "s3cretword" });
    redis.cli("ACL", "DELUSER", "writer");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^error: the run's metadata was not written: Redis .*: NOPERM/m);
    expect(stderr).toMatch(/^run finished: exit_code=1 /m);
  });

  test("and its password stay unknown to whoever asks libraries to tell what they do", async () => {
    const debug = { DEBUG: "*", NODE_DEBUG: "*" };
    const { stderr } = await run({ ...debug, REDIS_USERNAME: "default", REDIS_PASSWORD: "s3cretword" });
    expect(stderr).not.toMatch(/ioredis|tedious|mssql|s3cret/);
  });

  test("whose metadata key holds something else is overwritten by the run", async () => {
    redis.cli("HSET", METADATA_KEY, "some", "thing");
    expect((await run()).exitCode).toBe(0);
    expect(metadata()).toMatchObject({ successful: PRODUCTS });
  });
});
