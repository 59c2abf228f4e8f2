import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Finding } from "../../src/job/finding.ts";
import { acquireLock } from "../../src/job/lock.ts";
import { csvOf, type Folder, type Line, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";
import { type RedisServer, startRedis } from "../parts/redis.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";

let folder: Folder;
let redis: RedisServer;
let database: string;
beforeAll(async () => {
  folder = temporaryFolder();
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  folder.remove();
});
beforeEach(() => {
  database = folder.database(orderBook(steadyOrders(["1", "2"])));
});

const lock = () => ["--lock-file", folder.path("lock")];

async function examined({ args = lock(), source = `sqlite:${database}`, env = {} }: Examination = {}) {
  const all = ["doctor", "--as-of", "2025-11-11", "--source", source, "--json", ...args];
  const { exitCode, stdout } = await forecast(all, { env: { REDIS_PORT: `${redis.port}`, ...env } });
  const { findings }: { findings: Finding[] } = JSON.parse(stdout);
  return { exitCode, of: (what: Finding["what"]) => findings.find((finding) => finding.what === what) };
}

interface Examination {
  readonly args?: readonly string[];
  readonly source?: string;
  readonly env?: Record<string, string>;
}

test("says of everything that a run needs that it is well", async () => {
  const metrics = { FORECAST_METRICS_FILE: folder.path("forecast.prom") };
  const args = ["doctor", "--as-of", "2025-11-08", "--source", `sqlite:${database}`, ...lock()];
  const { exitCode, stdout } = await forecast(args, { env: { REDIS_PORT: `${redis.port}`, ...metrics } });
  expect(stdout.trimEnd().split("\n")).toEqual([
    "ok       source     sqlite: answers, and all that is needed can be read",
    "ok       indexes    each table can be searched as the queries do",
    "ok       orders     the newest order line is of 2025-11-04",
    "ok       duplicates 0 of 120 order lines are there twice (2 of 2 products looked at)",
    "ok       cache      redis: takes and gives documents",
    expect.stringMatching(
      /^ok {7}clock {6}\d{4}-\d\d-\d\dT[\d:]+Z, today is \d{4}-\d\d-\d\d in \S+ \(by the machine\)$/,
    ),
    `ok       lock       ${folder.path("lock")} can be taken`,
    `ok       metrics    ${folder.path("forecast.prom")} can be written`,
  ]);
  expect(exitCode).toBe(0);
  expect(Number(redis.cli("TTL", redis.cli("KEYS", "*")))).toBeLessThanOrEqual(60);
});

test("names an index that a SQL Server lacks, as the statement that creates it", async () => {
  const orders = new DatabaseSync(database);
  orders.exec("DROP INDEX OrderItemByProduct");
  orders.close();
  const server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  const { exitCode, of } = await examined({ source: "mssql", env: environmentOf(settingsFor(server.port)) });
  await server.close();
  expect(exitCode).toBe(1);
  expect(of("indexes")).toMatchObject({
    state: "problem",
    advice: ["CREATE INDEX IX_OrderItem_ProductID ON dbo.[OrderItem] (ProductID) INCLUDE (OrderID, Qty);"],
  });
});

test("examines a SQL Server: its login, its tables and its clock", async () => {
  const server = await startTdsServer({ database, user: "planner", password: "s3cret" });
  const env = environmentOf(settingsFor(server.port));
  const good = await examined({ source: "mssql", env });
  expect(good.exitCode).toBe(0);
  expect(good.of("source")).toMatchObject({ state: "ok" });
  expect(good.of("clock")).toMatchObject({ state: "ok" });
  const refused = await examined({ source: "mssql", env: { ...env, DB_PASSWORD: "wrong" } });
  expect(refused.exitCode).toBe(1);
  expect(refused.of("source")!.text).toMatch(/error 18456, state 1: .* \(check DB_USER and DB_PASSWORD\)$/);
  const orders = new DatabaseSync(database);
  orders.exec("ALTER TABLE OrderItem RENAME COLUMN Qty TO Quantity");
  orders.close();
  const lacking = await examined({ source: "mssql", env });
  expect(lacking.of("source")!.text).toMatch(/^OrderItem\(OrderID, ProductID, Qty\): .*Invalid column name/);
  expect(lacking.of("source")!.advice[0]).toContain("GRANT SELECT ON dbo.[OrderItem] TO [planner];");
  await server.close();
});

test("tells of a Redis that drops documents when it is full, and of one that cannot hold them all", async () => {
  const small = await startRedis("--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl");
  const env = { REDIS_PORT: `${small.port}` };
  const evicting = await examined({ env });
  expect(evicting.exitCode).toBe(0);
  expect(evicting.of("memory")).toMatchObject({
    state: "warning",
    text: expect.stringMatching(
      /^\d+(\.\d)? MB of 104\.9 MB \(maxmemory\) are free .*, and 2 take about 0 MB; .*volatile-ttl\)$/,
    ),
    advice: ["redis-cli CONFIG SET maxmemory-policy noeviction"],
  });
  small.cli("CONFIG", "SET", "maxmemory-policy", "noeviction");
  expect((await examined({ env })).of("memory")!.state).toBe("ok");
  small.cli("CONFIG", "SET", "maxmemory", "1");
  const full = await examined({ env });
  expect(full.exitCode).toBe(1);
  await small.stop();
});

test("says where it cannot tell whether a Redis drops documents", async () => {
  const closed = await startRedis("--rename-command", "INFO", "");
  const { exitCode, of } = await examined({ env: { REDIS_PORT: `${closed.port}` } });
  await closed.stop();
  expect(exitCode).toBe(0);
  expect(of("memory")).toMatchObject({
    state: "warning",
    text: expect.stringMatching(/cannot be told: Redis .*INFO/i),
  });
});

test("names a database of Redis that cannot be used, keys that cannot be counted and metrics that cannot be written", async () => {
  expect((await examined({ env: { REDIS_DB: "16" } })).of("cache")!.text).toContain("database 16 cannot be used");
  const closed = await startRedis("--rename-command", "PTTL", "");
  const { of } = await examined({ env: { REDIS_PORT: `${closed.port}` } });
  await closed.stop();
  expect(of("cache")).toMatchObject({ state: "ok" });
  expect(of("rights")).toMatchObject({ state: "warning", text: expect.stringMatching(/the cache denies PTTL$/) });
  Bun.spawnSync(["mkfifo", folder.path("pipe.prom")]);
  const { of: ofPipe } = await examined({ args: [...lock(), "--metrics-file", folder.path("pipe.prom")] });
  expect(ofPipe("metrics")).toMatchObject({ state: "problem", text: expect.stringContaining("no regular file") });
});

test("says what to do when the database or the cache is out of reach", async () => {
  const { exitCode, of } = await examined({ env: { REDIS_PORT: "1" } });
  expect(exitCode).toBe(1);
  expect(of("cache")).toMatchObject({ state: "problem", text: expect.stringMatching(/^Redis 127.0.0.1:1: .*REFUSED/) });
  expect(of("cache")!.advice).toEqual(["check FORECAST_CACHE and the variables of REDIS_*"]);
  expect(of("source")).toMatchObject({ state: "ok" });
});

test("sends nobody to a server's variables because of a file", async () => {
  const { of } = await examined({ source: "sqlite:missing.sqlite" });
  expect(of("source")!.advice).toEqual(["check FORECAST_SOURCE"]);
});

test("warns of orders that stop days before the origin, which is no failure, and refuses what a run refuses", async () => {
  const ids = Array.from({ length: 100 }, (_, i) => `${i + 1}`);
  database = folder.database(orderBook(steadyOrders(ids, "2025-11-11", 5)));
  const late = await examined();
  expect(late.of("orders")).toEqual({
    ...{ what: "orders", state: "warning" },
    text: "the newest order line is of 2025-11-04: no product was ordered on the 6 days before 2025-11-11",
    advice: ["are orders still copied there?"],
  });
  expect(late.exitCode).toBe(0);
  database = folder.database(orderBook(steadyOrders(["1"], "2025-06-01")));
  const old = await examined();
  expect(old.of("orders")).toMatchObject({
    state: "problem",
    text: expect.stringMatching(
      / 169 days before 2025-11-11, more than 21 days; --as-of 2025-05-26 .*, FORECAST_MOST_AGE or --most-age .*$/,
    ),
  });
  expect(old.exitCode).toBe(1);
  expect((await examined({ env: { FORECAST_MOST_AGE: "200d" } })).exitCode).toBe(0);
});

/** The same order lines from each kind of source that keeps them in a file. */
function sourcesOf(lines: readonly Line[]): string[] {
  const book = orderBook(lines);
  writeFileSync(folder.path("orders.csv"), csvOf(book));
  return [`csv:${folder.path("orders.csv")}`, `sqlite:${folder.database(book)}`];
}

const RANGE = steadyOrders(Array.from({ length: 30 }, (_, p) => `${p + 1}`));

test("warns of days that were imported twice, and names them", async () => {
  const twice = RANGE.filter(([, , , date]) => date === "2025-10-28" || date === "2025-11-04");
  for (const source of sourcesOf([...RANGE, ...twice])) {
    const { exitCode, of } = await examined({ source });
    expect(of("duplicates")).toEqual({
      ...{ what: "duplicates", state: "warning" },
      text:
        "60 of 1,860 order lines are there twice (30 of 30 products looked at), " +
        "most of the orders of 2025-10-28, 2025-11-04: imported twice?",
      advice: ["what was imported twice may count twice in each forecast: delete it"],
    });
    expect(exitCode).toBe(0);
  }
  const [source] = sourcesOf([...RANGE, ...RANGE]);
  expect((await examined({ source: source! })).of("duplicates")!.text).toMatch(/: was everything imported twice\?$/);
});

test("counts lines that are there twice now and then, without a warning", async () => {
  for (const source of sourcesOf([...RANGE, ...RANGE.filter((_, i) => i % 90 === 0)])) {
    const { of } = await examined({ source });
    expect(of("duplicates")).toMatchObject({ state: "ok", text: expect.stringMatching(/^20 of 1,820 order lines/) });
  }
});

test("warns of single lines far before the rest, and says how to leave them out", async () => {
  for (const source of sourcesOf([...RANGE, ["x", "7", "1", "2020-01-06", 5]])) {
    const { exitCode, of } = await examined({ source });
    expect(of("orders")).toMatchObject({
      state: "warning",
      text: expect.stringMatching(
        /; far older than the rest, which begins on 2024-09-17: 1 order line of 1 product, the oldest of 2020-01-06$/,
      ),
      advice: ["leave them out: FORECAST_HISTORY_START=2024-09-17"],
    });
    expect(exitCode).toBe(0);
  }
});

test("looks at the orders of a SQL Server, too", async () => {
  const orders = orderBook([...RANGE, ...RANGE.slice(0, 1), ["x", "7", "1", "2020-01-06", 5]]);
  const server = await startTdsServer({ database: folder.database(orders), user: "planner", password: "s3cret" });
  const { of } = await examined({ source: "mssql", env: environmentOf(settingsFor(server.port)) });
  await server.close();
  expect(of("orders")!.text).toContain("1 order line of 1 product, the oldest of 2020-01-06");
  expect(of("duplicates")).toMatchObject({ state: "ok", text: expect.stringMatching(/^1 of 1,802 order lines/) });
});

test("has nothing to look at where there is no order, or none of a product that can be forecast", async () => {
  for (const source of sourcesOf([["1", "1", "1", "2025-11-10", 5]])) {
    const { exitCode, of } = await examined({ source });
    expect(of("duplicates")).toMatchObject({
      state: "ok",
      text: expect.stringContaining("no product can be forecast"),
    });
    expect(of("orders")).toMatchObject({ state: "problem", text: expect.stringMatching(/^no product is eligible: /) });
    expect(exitCode).toBe(1);
  }
  const { of } = await examined({ source: `sqlite:${folder.database(orderBook([]))}` });
  expect(of("orders")).toMatchObject({ state: "problem", text: "there is no order" });
  expect(of("duplicates")).toBeUndefined();
});

test("knows a lock that is held from one that cannot be", async () => {
  const held = acquireLock(folder.path("lock"), "2025-11-11T06:00:00Z");
  const { of } = await examined();
  held.release();
  expect(of("lock")).toMatchObject({ state: "warning", text: expect.stringMatching(/pid \d+, started 2025-11-11/) });
  const impossible = await examined({ args: ["--lock-file", folder.path("no/lock")] });
  expect(impossible.exitCode).toBe(1);
  expect(impossible.of("lock")).toMatchObject({ state: "problem", text: expect.stringContaining("cannot be used") });
});

test("knows metrics that nobody would collect, or that cannot be written", async () => {
  const name = await examined({ env: { FORECAST_METRICS_FILE: folder.path("metrics.txt") } });
  expect(name.of("metrics")).toMatchObject({ state: "problem", text: expect.stringContaining("end in .prom") });
  const place = await examined({ env: { FORECAST_METRICS_FILE: folder.path("no/forecast.prom") } });
  expect(place.of("metrics")).toMatchObject({ state: "problem", text: expect.stringContaining("cannot be written") });
});

test("of a file it is told how it was read, and what is wrong with its rows", async () => {
  const rows = steadyOrders(["1"]).map((row) => [...row, row[3] > "2025-06" ? "ST" : "KAR"].join(";"));
  const header = "Auftragsnr.;Artikelnr.;Kundennr.;Datum;Menge;Einheit";
  writeFileSync(folder.path("german.csv"), [header, ...rows].join("\n"));
  const examined = async () => {
    const args = ["--source", `csv:${folder.path("german.csv")}`, "--cache", `sqlite:${folder.path("c.sqlite")}`];
    return forecast(["doctor", ...args, "--as-of", "2025-11-11", "--lock-file", folder.path("lock")]);
  };
  const { stdout } = await examined();
  expect(stdout).toMatch(/^warning {2}source .*; read as: semicolons, UTF-8, .*; columns: order_id is Auftragsnr\., /m);
  expect(stdout).toMatch(/^ +→ 1 product is sold in several units, such as 1 in /m);
  writeFileSync(folder.path("german.csv"), [header, ...rows, "1;2;3;x;1;ST", "1;2;3;y;1;ST"].join("\n"));
  const bad = await examined();
  expect(bad.exitCode).toBe(1);
  expect(bad.stdout).toMatch(
    /^problem +source .* 2 of 62 rows cannot be read: 2 whose Datum is not a date .*\n +→ row 62: /m,
  );
});
