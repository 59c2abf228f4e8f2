import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { briefOrders, type Folder, orderBook, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { binary, forecast, ON_BUN, ON_DENO } from "../parts/program.ts";
import { proxyTo } from "../parts/proxy.ts";
import { batchesOf, documentsIn, keysOfQueue, type UnderWay, underWay, until } from "../parts/queue.ts";
import { freePort, type RedisServer, redisAt } from "../parts/redis.ts";
import { ROOT } from "../parts/root.ts";
import { environmentOf, settingsFor } from "../parts/sql-server.ts";
import { startTdsServer } from "../tds/server.ts";

const AS_OF = ["--as-of", "2025-11-11"];
const ORDER_LINES = /OPENJSON\(@product_ids\)/;

let folder: Folder;
let redis: RedisServer;
let port: number;
let server: Awaited<ReturnType<typeof startTdsServer>>;
let env: Record<string, string>;

/** The same after it has died: with all that it had written down. */
const startRedis = () => redisAt(port, "--appendonly", "yes", "--dir", folder.path("redis"));

async function serverOf(book: Parameters<Folder["database"]>[0]) {
  server = await startTdsServer({ database: folder.database(book), user: "planner", password: "s3cret" });
  onTestFinished(() => server.close());
  env = { ...environmentOf({ ...settingsFor(server.port), queryTimeoutSeconds: 60 }), REDIS_PORT: `${port}` };
}

beforeAll(async () => {
  folder = temporaryFolder();
  mkdirSync(folder.path("redis"));
  port = await freePort();
  redis = await startRedis();
});
afterAll(async () => {
  await redis.stop();
  folder.remove();
});
beforeEach(() => {
  redis.cli("FLUSHALL");
});

const run = (...args: string[]) =>
  underWay(["run", "--queue", ...AS_OF, "--workers", "2", "--lock-file", folder.path("lock"), ...args], { env });
const worker = (program = binary(), ...args: string[]) =>
  underWay(["work", "--workers", "2", ...args], { env, program });

test("1,000 products come to the documents of a local run, whoever dies: workers on three runtimes, and Redis", async () => {
  await serverOf(simulatedBook(1000));
  const local = await forecast(["run", ...AS_OF, "--lock-file", folder.path("lock")], { env });
  expect(local.exitCode).toBe(0);
  const expected = documentsIn(redis);
  const metadata = JSON.parse(redis.cli("GET", METADATA_KEY));
  redis.cli("FLUSHALL");
  redis.cli("CONFIG", "SET", "appendfsync", "always");

  const workers: UnderWay[] = [worker(binary()), worker(ON_BUN), worker(ON_DENO)];
  const child = run();
  await child.until(/\d+ batches wait in the queue for forecast work/);
  server.setFaults({ delay: { ms: 400, statementMatches: ORDER_LINES } });
  for (const { pid } of [...workers]) {
    await until(() => batchesOf(redis).has(pid));
    workers.find((one) => one.pid === pid)!.kill("SIGKILL");
    workers.push(worker());
  }
  await redis.kill();
  redis = await startRedis();
  await until(() => batchesOf(redis).size > 0);
  server.setFaults({});
  expect(await child.exited, child.said()).toBe(0);

  const { total_products, successful, no_forecast, failed } = JSON.parse(redis.cli("GET", METADATA_KEY));
  expect({ total_products, successful, no_forecast, failed }).toEqual({
    ...{ total_products: metadata.total_products, successful: metadata.successful },
    ...{ no_forecast: metadata.no_forecast, failed: 0 },
  });
  const actual = documentsIn(redis);
  expect(actual.size).toBe(expected.size);
  expect([...expected].filter(([key, text]) => actual.get(key) !== text)).toEqual([]);
  await until(() => keysOfQueue(redis).length === 0);
});

describe("of a few products", () => {
  const PRODUCTS = 40;
  beforeEach(() => serverOf(orderBook(briefOrders(PRODUCTS))));

  /** A run whose batches wait, and take so long once a worker has them. */
  async function runWaiting(ms: number) {
    const child = run();
    await child.until(/batches wait in the queue/);
    server.setFaults({ delay: { ms, statementMatches: ORDER_LINES } });
    return child;
  }

  test("a second run is turned away, a worker that is stopped finishes its batches, and --once ends with the queue", async () => {
    const first = await runWaiting(500);
    const stopped = worker();
    await until(() => batchesOf(redis).has(stopped.pid));
    const second = await forecast(["run", "--queue", ...AS_OF, "--lock-file", folder.path("lock")], { env });
    expect(second.exitCode).toBe(75);
    stopped.kill("SIGTERM");
    expect(await stopped.exited).toBe(143);
    expect(stopped.said()).toMatch(/done: [1-9]\d* batch/);
    expect(batchesOf(redis).size).toBe(0);
    const once = worker(binary(), "--once");
    expect([await once.exited, await first.exited]).toEqual([0, 0]);
    expect(JSON.parse(redis.cli("GET", METADATA_KEY))).toMatchObject({ successful: PRODUCTS, failed: 0 });
  });

  test("a worker that is stopped gives a batch back that takes longer than ten seconds", async () => {
    const first = await runWaiting(50_000);
    const stopped = worker();
    await until(() => batchesOf(redis).has(stopped.pid));
    stopped.kill("SIGTERM");
    expect(await stopped.exited).toBe(143);
    expect(batchesOf(redis).size).toBe(0);
    server.setFaults({});
    worker();
    expect(await first.exited).toBe(0);
  });

  test("the batches of a run that was killed are cleared by the next one, which starts anew", async () => {
    const killed = await runWaiting(500);
    const lessons = keysOfQueue(redis).find((key) => key.includes("lessons"))!;
    expect(Number(redis.cli("TTL", lessons))).toBeGreaterThan(86_000);
    worker();
    await until(() => batchesOf(redis).size > 0);
    killed.kill("SIGKILL");
    await killed.exited;
    const next = run();
    expect(await next.exited).toBe(0);
    expect(redis.cli("EXISTS", lessons)).toBe("0");
    expect(JSON.parse(redis.cli("GET", METADATA_KEY))).toMatchObject({ successful: PRODUCTS, failed: 0 });
    await until(() => keysOfQueue(redis).length === 0);
  });

  test("an interrupted run counts what workers finish, and leaves nothing in the queue", async () => {
    const child = await runWaiting(700);
    worker();
    await until(() => redis.cli("KEYS", "forecast:[0-9]*") !== "");
    child.kill("SIGTERM");
    expect(await child.exited).toBe(143);
    const { successful, interrupted, failed } = JSON.parse(redis.cli("GET", METADATA_KEY));
    expect({ interrupted, failed }).toEqual({ interrupted: true, failed: 0 });
    expect(documentsIn(redis).size).toBe(successful);
    await until(() => keysOfQueue(redis).length === 0);
  });
});

test("a product that workers die of, three of them while they forecast nothing else, is failed and counted", async () => {
  await serverOf(orderBook(briefOrders(1)));
  const child = run();
  await child.until(/1 batch waits/);
  server.setFaults({ delay: { ms: 100_000, statementMatches: ORDER_LINES } });
  const batch = (pid: number) => `{forecast:}queue:batches:${batchesOf(redis).get(pid)}`;
  for (let lost = 0; lost < 4; lost++) {
    const victim = worker();
    await until(() => batchesOf(redis).has(victim.pid));
    if (lost > 0) await until(() => redis.cli("HGET", batch(victim.pid), "progress") === '"alone"');
    const lock = `${batch(victim.pid)}:lock`;
    victim.kill("SIGKILL");
    await victim.exited;
    // In place of the ten seconds after which it is taken for gone.
    redis.cli("DEL", lock);
  }
  worker();
  expect(await child.exited).toBe(1);
  expect(child.said()).toContain("product 1: 3 workers ended while they forecast this product and nothing else");
  expect(JSON.parse(redis.cli("GET", METADATA_KEY))).toMatchObject({ successful: 0, failed: 1 });
});

test("a run without workers ends with 1, and says which setting says when", async () => {
  await serverOf(orderBook(briefOrders(1)));
  env = { ...env, FORECAST_QUEUE_PATIENCE: "1s" };
  const child = run();
  expect(await child.exited).toBe(1);
  expect(child.said()).toMatch(
    /product 1: no worker has taken a batch for 1 s: forecast work, version [\d.]+, for mssql:orders and the queue \{forecast:\}queue in Redis \S+, is to run somewhere \(FORECAST_QUEUE_PATIENCE\)/,
  );
  expect(keysOfQueue(redis)).toEqual([]);
});

test("a user of Redis needs for the queue what the files that ship say, and is told so by doctor, run and worker", async () => {
  await serverOf(orderBook(briefOrders(1)));
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const allow = (file: string) => {
    const line = readFileSync(join(ROOT, "build", file), "utf8");
    expect(readme).toContain(line);
    const added = Bun.spawnSync(["redis-cli", "-p", `${port}`], { stdin: Buffer.from(line) });
    expect(added.stdout.toString()).toBe("OK\n");
    return line.trim().replaceAll("'", "").split(" ").slice(3);
  };
  allow("redis-user.acl");
  onTestFinished(() => {
    redis.cli("ACL", "DELUSER", "forecast");
  });
  // Runs of other tests had more products.
  env = { ...env, REDIS_USERNAME: "forecast", REDIS_PASSWORD: "PASSWORD", FORECAST_MOST_DROP: "100%" };
  const examined = async () => {
    const flags = [...AS_OF, "--lock-file", folder.path("lock")];
    const { exitCode, stdout } = await forecast(["doctor", "--queue", ...flags], { env });
    return { exitCode, told: /^\w+ +queue .*$/m.exec(stdout)?.[0] };
  };
  const refused = run();
  expect(await refused.exited).toBe(1);
  const refusal = /the queue \{forecast:\}queue in Redis \S+: NOPERM .+ \(a user of the queue needs (.+)\)/;
  expect(refused.said()).toMatch(refusal);
  const { exitCode, stderr } = await forecast(["work", "--once"], { env });
  expect(exitCode).toBe(1);
  const [line, needed] = refusal.exec(stderr)!;
  // Under load the source may be waited for, which is a warning.
  expect(stderr.match(/^error: .*$/gm)).toEqual([`error: ${line}`]);
  expect(await examined()).toEqual({ exitCode: 1, told: expect.stringMatching(/^problem +queue +/) });
  expect((await examined()).told).toMatch(refusal);

  expect(needed!.replaceAll("'", "").split(" ")).toEqual(allow("redis-queue-user.acl"));
  expect(await examined()).toEqual({
    exitCode: 0,
    told: expect.stringMatching(/^ok +queue +the queue \{forecast:\}queue in Redis /),
  });
  expect(keysOfQueue(redis)).toEqual([]);
  const idle = await forecast(["work", "--once"], { env });
  expect(idle.stderr).toMatch(/^no run hands out batches in the queue \{forecast:\}queue in Redis \S+\n$/);
  const allowed = run();
  const waiting = worker();
  await waiting.until(/^waiting for batches of runs in the queue \{forecast:\}queue in Redis /m);
  expect(await allowed.exited, allowed.said()).toBe(0);
  await until(() => keysOfQueue(redis).length === 0);
});

test("doctor tells that scripts of the queue may not do all they do, and what it leaves behind then expires", async () => {
  await serverOf(orderBook(briefOrders(1)));
  redis.cli("ACL", "SETUSER", "forecast", "on", "nopass", "~*", "+@all", "-xadd");
  onTestFinished(() => {
    redis.cli("ACL", "DELUSER", "forecast");
  });
  const flags = ["--queue", ...AS_OF, "--lock-file", folder.path("lock")];
  const { exitCode, stdout } = await forecast(["doctor", ...flags], { env: { ...env, REDIS_USERNAME: "forecast" } });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^problem +queue +the queue .* \(a user of the queue needs .*\)$/m);
  for (const key of keysOfQueue(redis)) expect(Number(redis.cli("TTL", key))).toBeGreaterThan(0);
});

test("a run leaves nothing behind in a Redis that is slow to answer", async () => {
  await serverOf(orderBook(briefOrders(1)));
  const proxy = await proxyTo(port, { delay: 500 });
  onTestFinished(proxy.stop);
  env = { ...env, FORECAST_QUEUE_PATIENCE: "1s", REDIS_PORT: `${proxy.port}` };
  expect(await run().exited).toBe(1);
  expect(keysOfQueue(redis)).toEqual([]);
});

test("a worker of another version leaves a run's batches alone, and says so", async () => {
  await serverOf(orderBook(briefOrders(2)));
  const connection = new Redis({ port, maxRetriesPerRequest: null });
  const runs = new Queue("runs", { connection, prefix: "{forecast:}queue" });
  onTestFinished(async () => {
    await runs.close();
    connection.disconnect();
  });
  const data = { version: "9.9.9", source: "mssql:orders" };
  const { FlowProducer } = await import("bullmq");
  const flow = new FlowProducer({ connection, prefix: "{forecast:}queue" });
  const child = { name: "batch", queueName: "batches", data: { productIds: ["1"] } };
  await flow.add({ name: "run", queueName: "runs", data, children: [child] });
  const { exitCode, stderr } = await forecast(["work", "--once"], { env });
  await flow.close();
  expect(stderr).toMatch(/^warning: a run of forecast 9\.9\.9 is under way, and this is [\d.]+: its batches are left/m);
  expect(exitCode).toBe(0);
  expect(redis.cli("LLEN", "{forecast:}queue:batches:wait")).toBe("1");
});

test.each([
  [
    "a cache that workers cannot write to",
    ["--source", "demo", "--cache", "sqlite:x.sqlite"],
    /whose workers write to Redis/,
  ],
  ["a source that they cannot read", ["--source", "csv:-", "--cache", "redis"], /workers cannot read standard input/],
])("a queue with %s is wrong use", async (_what, args, words) => {
  const { exitCode, stderr } = await forecast(["run", "--queue", ...AS_OF, ...args], {
    env: { REDIS_PORT: `${port}` },
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(words);
});
