import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ATTEMPT_KEY, LEASE_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { csvOf, type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { ended, forecast, start } from "../parts/program.ts";
import { freePort, type RedisServer, startRedis } from "../parts/redis.ts";

let folder: Folder;
let redis: RedisServer;
let env: Record<string, string>;
const IDS = Array.from({ length: 10 }, (_, i) => `${i + 1}`);

beforeAll(async () => {
  folder = temporaryFolder();
  redis = await startRedis();
  env = { REDIS_PORT: `${redis.port}`, XDG_STATE_HOME: folder.path("state") };
});
afterAll(async () => {
  await redis.stop();
  folder.remove();
});
beforeEach(() => {
  redis.cli("FLUSHALL");
  rmSync(folder.path("state"), { recursive: true, force: true });
});

const orders = (ids = IDS, origin = "2025-11-11") => `sqlite:${folder.database(orderBook(steadyOrders(ids, origin)))}`;
const metrics = () => readFileSync(folder.path("forecast.prom"), "utf8");
const attempt = () => JSON.parse(redis.cli("GET", ATTEMPT_KEY));
const documents = () => redis.cli("KEYS", "forecast:[0-9]*").split("\n").sort();

function run(source: string, ...args: string[]) {
  const paths = ["--lock-file", folder.path("lock"), "--metrics-file", folder.path("forecast.prom")];
  return forecast(["run", "--as-of", "2025-11-11", "--source", source, ...paths, ...args], { env });
}

function status(more: Record<string, string> = {}) {
  return forecast(["status"], { env: { ...env, ...more } });
}

describe("before anything is written a run refuses", () => {
  test.each([
    [
      "empty",
      () => orders([]),
      /^error: no product is eligible: none was ordered by 2 customers \(FORECAST_MIN_CUS.*\n$/,
    ],
    [
      "shrunk",
      () => orders(["1", "2", "3", "4"]),
      /^error: 4 products are eligible, 10 were in the last run: 60\.0% are gone, more than 50\.0% \(FORECAST_MOST_DR.*\n$/,
    ],
    [
      "old",
      () => orders(IDS, "2025-10-01"),
      /^error: the newest order line is of 2025-09-24: no product was ordered on the 47 days .*; --as-of 2025-09-25 .*, FORECAST_MOST_AGE .*\n$/,
    ],
  ])("a source that is %s, leaves what was there, and says so everywhere", async (reason, source, line) => {
    expect((await run(orders())).exitCode).toBe(0);
    const before = [...documents(), METADATA_KEY].map((key) => redis.cli("GET", key));
    const success = attempt().last_success;
    const refused = await run(source());
    expect(refused).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringMatching(line) });
    expect([...documents(), METADATA_KEY].map((key) => redis.cli("GET", key))).toEqual(before);
    expect(attempt()).toMatchObject({ exit_code: 1, last_success: success, last_products: 10 });
    expect(`error: ${attempt().reason}\n`).toMatch(line);
    expect(metrics()).toContain(`forecast_worker_source_refused{reason="${reason}"} 1\n`);
    const told = await status();
    expect(told.exitCode).toBe(1);
    expect(told.stderr).toMatch(/^error: not healthy: the last attempt, of \d{4}-\S+Z, failed: /);
    expect(told.stdout).toMatch(/^Last Success: \d{4}-.* UTC$/m);
    expect(told.stdout).not.toContain("Healthy");
    // A second night that is no better is refused as well.
    expect((await run(source())).exitCode).toBe(1);
  });

  test("a CSV file of which every row is bad and left out", async () => {
    const rows = csvOf(orderBook(steadyOrders(IDS)))
      .replaceAll(/,2025-/g, ",2025/")
      .replaceAll(/,2024-/g, ",2024/");
    writeFileSync(folder.path("orders.csv"), rows);
    const { exitCode, stderr } = await run(`csv:${folder.path("orders.csv")}`, "--skip-bad-rows");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^error: CSV file .*: 600 of 600 rows cannot be read: 600 whose created is not a date \(.*\)\n/,
    );
    expect(stderr.match(/^error: row \d+: created "/gm)).toHaveLength(5);
  });

  test("and what the settings allow it takes", async () => {
    await run(orders());
    expect((await run(orders(["1", "2"]), "--most-drop", "80%")).exitCode).toBe(0);
    expect((await run(orders(["1", "2"], "2025-10-01"), "--most-age", "50d")).exitCode).toBe(0);
  });

  test("not a past origin, before which the newest order line counts", async () => {
    const source = orders(IDS, "2025-11-11");
    const past = ["--as-of", "2025-06-03", "--lock-file", folder.path("lock"), "--source", source];
    expect((await forecast(["run", ...past], { env })).exitCode).toBe(0);
  });

  test("with the words that doctor has for it beforehand", async () => {
    await run(orders());
    const source = orders(["1", "2"]);
    const doctor = ["doctor", "--as-of", "2025-11-11", "--lock-file", folder.path("lock"), "--source", source];
    const { exitCode, stdout } = await forecast(doctor, { env });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^problem {2}orders {5}2 products are eligible, 10 were in the last run: 80\.0% are gone/m);
  });
});

describe("every attempt is recorded", () => {
  test("also one of a source that is away, after which status is not healthy", async () => {
    await run(orders());
    expect((await status()).exitCode).toBe(0);
    expect((await run(`sqlite:${folder.path("none.sqlite")}`)).exitCode).toBe(1);
    expect(attempt()).toMatchObject({ exit_code: 1, reason: expect.stringContaining("no order database at") });
    expect((await status()).stderr).toMatch(
      /^error: not healthy: the last attempt, of .*, failed: no order database at/,
    );
    await run(orders());
    expect(await status()).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("also one with wrong settings", async () => {
    await run(orders());
    expect((await run(orders(), "--weeks", "99")).exitCode).toBe(2);
    expect((await status()).stderr).toContain('failed: --weeks: "99" is not allowed');
  });

  test("also where the cache is away, in the user's state folder", async () => {
    const port = `${await freePort()}`;
    env = { ...env, REDIS_PORT: port, REDIS_PATIENCE: "0" };
    const failed = await run(orders());
    expect(failed.exitCode).toBe(1);
    const away = await status();
    expect(away).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("ECONNREFUSED") });
    expect(away.stdout).toMatch(/^Last Attempt: .* UTC, exit code 1: Redis 127\.0\.0\.1:\d+: connect ECONNREFUSED/);
    env = { ...env, REDIS_PORT: `${redis.port}` };
    expect((await status()).stdout).toBe("");
  });

  test("as without an end where it was killed, and as under way before that", async () => {
    const database = folder.database(orderBook(steadyOrders(IDS)));
    const holder = new DatabaseSync(database);
    holder.exec("BEGIN EXCLUSIVE");
    const args = ["run", "--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
    const child = start(args, { env });
    while (redis.cli("EXISTS", ATTEMPT_KEY) === "0") await Bun.sleep(20);
    expect((await status()).stdout).toMatch(/^Last Attempt: .* UTC, under way$/m);
    child.kill("SIGKILL");
    await ended(child);
    redis.cli("DEL", LEASE_KEY);
    expect((await status()).stderr).toMatch(/ended without a word: it was killed, or the machine went down\n$/);
    holder.close();
    expect((await forecast(args, { env })).exitCode).toBe(0);
  });

  test("but not one that was turned away", async () => {
    await run(orders());
    const before = redis.cli("GET", ATTEMPT_KEY);
    redis.cli("SET", LEASE_KEY, "somebody", "EX", "60");
    const second = start(["run", "--as-of", "2025-11-11", "--source", orders(), "--lock-file", folder.path("lock")], {
      env,
    });
    while (!redis.cli("INFO", "commandstats").includes("cmdstat_get")) await Bun.sleep(20);
    second.kill("SIGTERM");
    expect((await ended(second)).exitCode).toBe(143);
    expect(redis.cli("GET", ATTEMPT_KEY)).toBe(before);
  });
});

test("a run whose cache another one has taken over writes no metadata and ends with 75", async () => {
  const database = folder.database(orderBook(steadyOrders(IDS)));
  const holder = new DatabaseSync(database);
  holder.exec("BEGIN EXCLUSIVE");
  const args = ["run", "--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
  const child = start(args, { env });
  while (redis.cli("EXISTS", LEASE_KEY) === "0") await Bun.sleep(20);
  const other = JSON.stringify({ pid: 7, host: "db2", started_at: "2025-11-11T06:00:00Z", lock: "x:1:2" });
  redis.cli("SET", LEASE_KEY, other, "EX", "60");
  holder.close();
  const { exitCode, stderr } = await ended(child);
  expect(exitCode).toBe(75);
  expect(stderr).toMatch(
    /^error: another instance, pid 7 on db2, started 2025-11-11T06:00:00Z, writes to the same cache$/m,
  );
  expect(redis.cli("EXISTS", METADATA_KEY)).toBe("0");
  expect(redis.cli("GET", LEASE_KEY)).toBe(other);
});

test("a lock file that somebody removed does not let two runs go", async () => {
  const database = folder.database(orderBook(steadyOrders(IDS)));
  const holder = new DatabaseSync(database);
  holder.exec("BEGIN EXCLUSIVE");
  const args = ["run", "--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
  const first = start(args, { env });
  while (redis.cli("EXISTS", ATTEMPT_KEY) === "0") await Bun.sleep(20);
  rmSync(folder.path("lock"));
  redis.cli("CONFIG", "RESETSTAT");
  const second = start(args, { env });
  // It looks who is there, sees a run that lives, and waits for it.
  while (!/cmdstat_get:calls=[2-9]/.test(redis.cli("INFO", "commandstats"))) await Bun.sleep(20);
  second.kill("SIGTERM");
  expect((await ended(second)).exitCode).toBe(143);
  holder.close();
  expect((await ended(first)).exitCode).toBe(0);
});
