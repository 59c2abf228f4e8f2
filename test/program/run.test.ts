import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ATTEMPT_KEY, INDEX_KEY, METADATA_KEY, PARTIAL_METADATA_KEY } from "../../src/caches/cache.ts";
import { parseIndex } from "../../src/forecast/product-index.ts";
import { STAGES, THREAD_STAGES } from "../../src/job/stages.ts";
import { type Folder, type Line, orderBook, simulatedBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast } from "../parts/program.ts";
import { type RedisServer, startRedis } from "../parts/redis.ts";

const AS_OF = ["--as-of", "2025-11-11"];

let folder: Folder;
let redis: RedisServer;
beforeAll(async () => {
  folder = temporaryFolder();
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  folder.remove();
});
beforeEach(() => {
  redis.cli("FLUSHALL");
});

/** Runs the binary on the order book of `database`, into Redis. */
function run(database: string, ...args: string[]) {
  const lock = ["--lock-file", folder.path("lock")];
  const env = { REDIS_PORT: `${redis.port}` };
  return forecast(["run", ...AS_OF, "--source", `sqlite:${database}`, ...lock, ...args], { env });
}

function cached(key: string) {
  return JSON.parse(redis.cli("GET", key));
}

test("a run leaves one document a product, with its time to live, and the run's metadata", async () => {
  const database = folder.database(simulatedBook(130));
  const { exitCode, stdout, stderr } = await run(database, "--ttl", "3600");
  expect(stdout).toBe("");
  expect(exitCode).toBe(0);
  const metadata = cached(METADATA_KEY);
  expect(Object.keys(metadata).slice(0, 7)).toEqual([
    "last_run",
    "as_of_date",
    "total_products",
    "successful",
    "failed",
    "no_forecast",
    "elapsed_seconds",
  ]);
  expect(metadata).toMatchObject({ as_of_date: "2025-11-11", failed: 0, interrupted: false, partial: false });
  expect(metadata.total_products).toBeGreaterThan(100);
  expect(metadata.successful + metadata.no_forecast).toBe(metadata.total_products);
  expect(metadata.finished_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const { stages, workers, elapsed_seconds } = metadata;
  expect(Object.keys(stages)).toEqual([...STAGES]);
  for (const stage of ["eligibility", "read", "parse", "forecast", "serialise", "write"]) {
    expect(stages[stage]).toBeGreaterThan(0);
  }
  const threadSeconds = THREAD_STAGES.reduce((sum, stage) => sum + stages[stage], 0);
  expect(threadSeconds).toBeLessThan(workers * elapsed_seconds);
  expect(redis.cli("DBSIZE")).toBe(`${metadata.successful + 3}`);
  expect(Number(redis.cli("TTL", ATTEMPT_KEY))).toBeGreaterThan(80 * 86_400);
  redis.cli("DEL", ATTEMPT_KEY);
  for (const key of redis.cli("KEYS", "*").split("\n")) {
    expect(Number(redis.cli("TTL", key))).toBeGreaterThan(3500);
    expect(Number(redis.cli("TTL", key))).toBeLessThanOrEqual(3600);
  }
  expect(stderr).toMatch(/^1\d\d of 1\d\d products \([\d,]+ a second\)$/m);
  expect(stderr).toMatch(/^Total Products: 1\d\d$/m);
  expect(stderr).toMatch(
    /^Successful: \d+ \(\d+\.\d%\)\nNo Forecast: \d+ \(\d+\.\d%\)\nFailed: 0 \(0\.0%\)\nTime: [\d.]+ s$/m,
  );
});

test("--json prints the metadata and the failed products, and nothing else, on standard output", async () => {
  const database = folder.database(orderBook(steadyOrders(["1", "2"])));
  const { stdout } = await run(database, "--json");
  const result = JSON.parse(stdout);
  expect(result).toEqual({ ...cached(METADATA_KEY), failed_products: [] });
  expect(result).toMatchObject({ total_products: 2, successful: 2 });
});

test("a product that cannot be read fails alone, and is named", async () => {
  const database = folder.database(orderBook(steadyOrders(Array.from({ length: 40 }, (_, i) => `${i + 1}`))));
  const orders = new DatabaseSync(database);
  orders.exec("UPDATE OrderItem SET Qty = 'many' WHERE ProductID = 17 AND ID % 7 = 0");
  orders.close();
  const { exitCode, stderr, stdout } = await run(database, "--json");
  expect(exitCode).toBe(3);
  expect(stderr).toContain('error: product 17: product 17: quantity "many" of an order line is not a finite number');
  expect(JSON.parse(stdout)).toMatchObject({ total_products: 40, successful: 39, failed: 1 });
  expect(JSON.parse(stdout).failed_products).toEqual([{ product_id: "17", error: expect.stringContaining('"many"') }]);
  expect(redis.cli("EXISTS", "forecast:16", "forecast:18", "forecast:17")).toBe("2");
});

test("a product whose numbers overflow fails alone", async () => {
  const huge = steadyOrders(["2"]).map(([order, product, customer, date]): Line => {
    return [`1000${order}`, product, customer, date, 1e308];
  });
  const book = orderBook([...steadyOrders(["1", "3"]), ...huge]);
  const { exitCode, stderr } = await run(folder.database(book));
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: product 2: a quantity of the forecast is not finite/m);
  expect(redis.cli("EXISTS", "forecast:1", "forecast:2", "forecast:3")).toBe("2");
});

test.each([
  [19, 1],
  [20, 1],
  [21, 3],
])("where one of %i products fails the exit code is %i", async (count, expected) => {
  const ids = Array.from({ length: count }, (_, i) => `${i + 1}`);
  const database = folder.database(orderBook(steadyOrders(ids)));
  const orders = new DatabaseSync(database);
  orders.exec("UPDATE OrderItem SET Qty = 'many' WHERE ProductID = 17 AND ID % 7 = 0");
  orders.close();
  const { exitCode, stderr } = await run(database);
  expect(exitCode).toBe(expected);
  expect(stderr).toContain(`run finished: exit_code=${expected} total_products=${count} `);
});

test("a dry run writes nothing and needs no cache", async () => {
  const database = folder.database(orderBook(steadyOrders(["1"])));
  const { exitCode, stderr } = await run(database, "--dry-run", "--cache", "redis");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("Successful: 1 (100.0%)");
  expect(redis.cli("DBSIZE")).toBe("0");
});

test("a run of all products leaves an index of its documents, and no other run changes it", async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `${i + 1}`);
  const database = folder.database(orderBook([...steadyOrders(ids), ...steadyOrders(["9007199254740993"])]));
  expect((await run(database)).exitCode).toBe(0);
  const index = redis.cli("GET", INDEX_KEY);
  const { products, ...head } = parseIndex(index);
  const { last_run, as_of_date, version, schema_version, run_id } = cached(METADATA_KEY);
  const ofRun = { last_run, as_of_date, version, schema_version, run_id };
  expect(head).toEqual({ ...ofRun, forecast_weeks: 12, interval_level: 0.8 });
  expect(products.map(({ product_id }) => product_id)).toEqual([...ids, "9007199254740993"]);
  for (const { product_id, ...entry } of products) {
    const { summary, model_metadata } = cached(`forecast:${product_id}`);
    expect(entry.total_predicted_quantity).toBe(summary.total_predicted_quantity);
    expect(entry.forecast_accuracy_estimate).toBe(model_metadata.forecast_accuracy_estimate);
  }
  await run(database, "--product", "3");
  await run(database, "--limit", "5");
  await run(database, "--dry-run");
  expect(redis.cli("GET", INDEX_KEY)).toBe(index);
  const orders = new DatabaseSync(database);
  orders.exec("UPDATE OrderItem SET Qty = 'many' WHERE ProductID IN (1, 2, 3) AND ID % 7 = 0");
  orders.close();
  expect((await run(database)).exitCode).toBe(1);
  expect(redis.cli("GET", INDEX_KEY)).toBe(index);
});

test("an index that the cache does not take is no success", async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `${i + 1}`);
  redis.cli("CONFIG", "SET", "proto-max-bulk-len", "1048576");
  const long = orderBook(steadyOrders(ids));
  const names = new Map(ids.map((id) => [id, "n".repeat(500_000)]));
  const { exitCode, stderr } = await run(folder.database({ ...long, names: { ...long.names, products: names } }));
  redis.cli("CONFIG", "SET", "proto-max-bulk-len", "536870912");
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^error: the run's metadata was not written: forecast:index: Redis .*invalid bulk length$/m);
});

test("--product forecasts only these, and says which cannot be", async () => {
  const database = folder.database(orderBook(steadyOrders(["1", "2", "3"])));
  const { exitCode, stderr } = await run(database, "--product", "3,1,77");
  expect(exitCode).toBe(0);
  expect(stderr).toContain("No Forecast: 1 (33.3%)");
  expect(stderr).toContain("warning: product 77: no forecast: unknown, or fewer than 2 customers or 3 orders");
  expect(redis.cli("EXISTS", "forecast:1", "forecast:2", "forecast:3")).toBe("2");
  expect(cached(PARTIAL_METADATA_KEY)).toMatchObject({ total_products: 3, partial: true });
});

test("a run of some products leaves the night's metadata, metrics and attempt as they were", async () => {
  const database = folder.database(orderBook(steadyOrders(["1", "2", "3"])));
  const metrics = ["--metrics-file", folder.path("forecast.prom")];
  await run(database, ...metrics);
  const before = [METADATA_KEY, ATTEMPT_KEY].map((key) => redis.cli("GET", key));
  const measured = readFileSync(folder.path("forecast.prom"), "utf8");
  expect((await run(database, ...metrics, "--product", "3")).exitCode).toBe(0);
  expect((await run(database, ...metrics, "--limit", "1")).exitCode).toBe(0);
  expect([METADATA_KEY, ATTEMPT_KEY].map((key) => redis.cli("GET", key))).toEqual(before);
  expect(readFileSync(folder.path("forecast.prom"), "utf8")).toBe(measured);
  const { stderr } = await forecast(["inspect", "2"], { env: { REDIS_PORT: `${redis.port}` } });
  expect(stderr).toBe("");
});

describe("of a product that has only returns", () => {
  const returned = [1, 2, 3].map((i): Line => [`90${i}`, "2", `${1 + (i % 2)}`, "2025-10-01", -5]);
  const reason = "no week with more sold than returned";

  test("the reason why there is no forecast is in the log, in --json and in the metadata", async () => {
    const database = folder.database(orderBook([...steadyOrders(["1"]), ...returned]));
    const { exitCode, stderr, stdout } = await run(database, "--json", "--log-level", "debug");
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`product 2: no forecast: ${reason}`);
    const expected = { no_forecast: 1, no_forecast_products: [{ product_id: "2", reason }] };
    expect(JSON.parse(stdout)).toMatchObject(expected);
    expect(cached(METADATA_KEY)).toMatchObject(expected);
  });

  test("inspect says it, and says that a document from before is old", async () => {
    const env = { REDIS_PORT: `${redis.port}` };
    await run(folder.database(orderBook(steadyOrders(["1", "2"]))));
    expect((await forecast(["inspect", "2"], { env })).stderr).toBe("");
    const document = redis.cli("GET", "forecast:2").replace(/"generated_at":"2/, '"generated_at":"1');
    redis.cli("SET", "forecast:2", document);
    await run(folder.database(orderBook([...steadyOrders(["1"]), ...returned])));
    const old = await forecast(["inspect", "2"], { env });
    expect(old.exitCode).toBe(0);
    expect(old.stderr).toBe(
      `warning: this forecast is as of 2025-11-11; the last run, as of 2025-11-11, made none: ${reason}\n`,
    );
    redis.cli("DEL", "forecast:2");
    expect(await forecast(["inspect", "2"], { env })).toEqual({
      ...{ exitCode: 1, stdout: "" },
      stderr: `error: no forecast of product 2 in the cache: the last run, as of 2025-11-11, made none: ${reason}\n`,
    });
  });
});

test("a source that ends days before the origin is told, once, also where some products are asked for", async () => {
  const products = Array.from({ length: 100 }, (_, i) => `${i + 1}`);
  const database = folder.database(orderBook(steadyOrders(products, "2025-11-05", 10)));
  expect((await run(database, "--limit", "1")).stderr).toContain("warning: the newest order line is of 2025-10-29");
  const { exitCode, stderr } = await run(database);
  expect(exitCode).toBe(0);
  expect(stderr.match(/^warning: the newest order line is of 2025-10-29: .*$/gm)).toHaveLength(1);
  expect(cached(METADATA_KEY).newest_order_line).toBe("2025-10-29");
});

test("--limit takes the products with the most orders", async () => {
  const lines = [...steadyOrders(["1"], "2025-11-11", 30), ...steadyOrders(["2"], "2025-11-11", 60)];
  const database = folder.database(orderBook(lines.map(([, ...rest], i): Line => [`${i}`, ...rest])));
  await run(database, "--limit", "1");
  expect(redis.cli("KEYS", "forecast:?")).toBe("forecast:2");
});

test("ids above 2^53 are exact in keys and as JSON numbers", async () => {
  const id = "9007199254740993";
  const lines = steadyOrders([id]).map(([order, product, customer, ...rest]): Line => {
    return [order, product, `${id}${customer}`, ...rest];
  });
  await run(folder.database(orderBook(lines)));
  const text = redis.cli("GET", `forecast:${id}`);
  expect(text).toMatch(/^\{"product_id":9007199254740993,"as_of_date":"2025-11-11",/);
  expect(text).toContain(`{"id":${id}1,`);
});

test("names of products and customers are in the document", async () => {
  const names = { products: new Map([["1", "Oak chair"]]), customers: new Map([["2", "Northfield Supplies"]]) };
  await run(folder.database(orderBook(steadyOrders(["1"]), names)));
  expect(cached("forecast:1").product_name).toBe("Oak chair");
  const customers = cached("forecast:1").customers as { id: number; name?: string }[];
  expect(customers.find(({ id }) => id === 2)?.name).toBe("Northfield Supplies");
});

describe("what was cached can be looked at", () => {
  test("by status, which is healthy after a good run", async () => {
    await run(folder.database(orderBook(steadyOrders(["1"]))));
    const env = { REDIS_PORT: `${redis.port}` };
    const { exitCode, stdout } = await forecast(["status"], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^Last Run: \d{4}-.* UTC, [\d.]+ s ago, by forecast .*\nAs Of: 2025-11-11\nTotal Products: 1\n/,
    );
    expect(stdout).toMatch(/\nLast Attempt: \d{4}-.* UTC, exit code 0\nLast Success: \d{4}-.* UTC\nHealthy\n$/);
    const json = JSON.parse((await forecast(["status", "--json"], { env })).stdout);
    expect(json).toMatchObject({ healthy: true, problems: [], total_products: 1 });
  });

  test("by status, which names what is wrong in one line and exits with 1", async () => {
    const env = { REDIS_PORT: `${redis.port}` };
    const missing = await forecast(["status"], { env });
    expect(missing).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^error: the cache holds no last run.*\n$/),
    });
    await run(folder.database(orderBook(steadyOrders(["1"]))));
    const metadata = cached(METADATA_KEY);
    const set = (changes: object) => redis.cli("SET", METADATA_KEY, JSON.stringify({ ...metadata, ...changes }));

    set({ last_run: new Date(Date.now() - 9 * 86_400_000).toISOString() });
    const stale = await forecast(["status"], { env });
    expect(stale).toMatchObject({
      exitCode: 1,
      stderr: "error: not healthy: stale: the last run is 9.0 days old, more than 26 h\n",
    });
    const older = await forecast(["status", "--max-age", "10d"], { env });
    expect(older).toMatchObject({
      exitCode: 0,
      stderr:
        "warning: --max-age: 10.0 days is longer than a forecast lives, 7.0 days (FORECAST_CACHE_TTL): " +
        "what is old may be gone before anybody is told\n",
    });

    set({ failed: 6, successful: 94, total_products: 100 });
    const failed = await forecast(["status"], { env });
    expect(failed).toMatchObject({
      exitCode: 1,
      stderr: "error: not healthy: 6.0% of the products failed, more than 5.0%\n",
    });
    expect((await forecast(["status", "--max-failed", "6%"], { env })).exitCode).toBe(0);

    set({ interrupted: true });
    expect((await forecast(["status"], { env })).stderr).toBe("error: not healthy: the last run was interrupted\n");

    redis.cli("SET", METADATA_KEY, "gibberish");
    expect((await forecast(["status"], { env })).stderr).toBe(
      `error: ${METADATA_KEY} does not hold a run's metadata\n`,
    );

    const unreachable = await forecast(["status"], { env: { REDIS_PORT: "1" } });
    expect(unreachable).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("error: Redis 127.0.0.1:1: connect ECONNREFUSED"),
    });
  });

  test("by inspect, as text and as it is", async () => {
    await run(folder.database(orderBook(steadyOrders(["1"]))));
    const env = { REDIS_PORT: `${redis.port}` };
    const { stdout, exitCode } = await forecast(["inspect", "1"], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("2025-11-11");
    expect(stdout).not.toContain("\u001b");
    expect((await forecast(["inspect", "1", "--json"], { env })).stdout.trimEnd()).toBe(redis.cli("GET", "forecast:1"));
  });

  test("by inspect, which says what to do where there is nothing", async () => {
    const { stderr, stdout, exitCode } = await forecast(["inspect", "404"], { env: { REDIS_PORT: `${redis.port}` } });
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 1 });
    expect(stderr).toMatch(
      /^error: no forecast of product 404 in the cache: .*forecast run --product 404 tells which\n$/,
    );
  });
});
