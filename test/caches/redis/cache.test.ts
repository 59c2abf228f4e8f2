import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { RedisCache } from "../../../src/caches/redis/cache.ts";
import { type Passing, proxyTo } from "../../parts/proxy.ts";
import { freePort, redisServer, redisSettings } from "../../parts/redis.ts";

function cacheAt(port: number, password?: string): RedisCache {
  const cache = new RedisCache(redisSettings(port, password));
  onTestFinished(() => cache.close());
  return cache;
}

/** @returns the port of a proxy before Redis. */
async function proxied(target: number, passing: Passing): Promise<number> {
  const proxy = await proxyTo(target, passing);
  onTestFinished(proxy.stop);
  return proxy.port;
}

const ENTRIES = Array.from({ length: 2000 }, (_, i) => ({ key: `forecast:${i}`, value: "x".repeat(1000) }));

test("a refused connection names host and port", async () => {
  const port = await freePort();
  await expect(cacheAt(port).ping()).rejects.toThrow(`Redis 127.0.0.1:${port}: connect ECONNREFUSED`);
});

test("a missing and a wrong password are told apart from an outage, and the password is not shown", async () => {
  const { port } = await redisServer("--requirepass", "right");
  await expect(cacheAt(port).ping()).rejects.toThrow(/NOAUTH.*check REDIS_USERNAME and REDIS_PASSWORD/);
  const wrong = await cacheAt(port, "wr0ng").ping().catch(String);
  expect(wrong).toMatch(/WRONGPASS.*check REDIS_USERNAME and REDIS_PASSWORD/);
  expect(wrong).not.toContain("wr0ng");
  await cacheAt(port, "right").ping();
});

test("a Redis that accepts and never answers fails within seconds", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  onTestFinished(() => void silent.close());
  await new Promise((resolve) => silent.once("listening", resolve));
  const { port } = silent.address() as { port: number };
  await expect(cacheAt(port).ping()).rejects.toThrow("no answer for 10 s");
});

test("keys that a full Redis refuses are told one by one, without the documents", async () => {
  const { port, cli } = await redisServer("--maxmemory", "3mb");
  const refusals = await cacheAt(port).write(ENTRIES, 60);
  const refused = refusals.filter((refusal) => refusal !== undefined);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.length).toBeLessThan(ENTRIES.length);
  for (const refusal of refused) expect(refusal).toMatch(/^Redis .*: OOM .{1,80}$/);
  for (const [i, { key }] of ENTRIES.entries()) {
    if (i % 50 === 0) expect(cli("EXISTS", key)).toBe(refusals[i] === undefined ? "1" : "0");
  }
});

test("a connection that is reset in the middle of a pipeline loses nothing", async () => {
  const { port, cli } = await redisServer();
  let answered = 0;
  const proxy = await proxied(port, {
    answers: (data, connection, client) => {
      answered += data.length;
      // The first answers pass, so that some keys are known to be written and others are not.
      if (connection === 0 && answered > 2000) client.destroy();
      return data;
    },
  });
  const refusals = await cacheAt(proxy).write(ENTRIES, 60);
  expect(refusals.every((refusal) => refusal === undefined)).toBe(true);
  expect(cli("DBSIZE")).toBe(`${ENTRIES.length}`);
});

test("a Redis that is loading is asked again until it is ready", async () => {
  const { port, cli } = await redisServer();
  let refusedOnce = false;
  const proxy = await proxied(port, {
    answers: (data) => {
      if (refusedOnce || !data.toString().startsWith("+OK\r\n+OK")) return data;
      refusedOnce = true;
      return Buffer.from(data.toString().replaceAll("+OK\r\n", "-LOADING Redis is loading the dataset in memory\r\n"));
    },
  });
  const entries = ENTRIES.slice(0, 3);
  expect(await cacheAt(proxy).write(entries, 60)).toEqual([undefined, undefined, undefined]);
  expect(refusedOnce).toBe(true);
  expect(cli("DBSIZE")).toBe("3");
});

test("only what was refused is written again, and what was written then is no failure", async () => {
  const { port, cli } = await redisServer();
  const answers: string[] = [];
  const proxy = await proxied(port, {
    answers: (data) => {
      if (!data.toString().startsWith("+OK")) return data;
      answers.push(data.toString());
      const refusal = Buffer.from("+OK\r\n-LOADING Redis is loading the dataset in memory\r\n+OK\r\n");
      return answers.length > 1 ? data : refusal;
    },
  });
  expect(await cacheAt(proxy).write(ENTRIES.slice(0, 3), 60)).toEqual([undefined, undefined, undefined]);
  expect(answers).toEqual(["+OK\r\n+OK\r\n+OK\r\n", "+OK\r\n"]);
  expect(cli("DBSIZE")).toBe("3");
});

test("documents are in the database whose number was given", async () => {
  const { port, cli } = await redisServer();
  const cache = new RedisCache({ ...redisSettings(port), database: 3 });
  onTestFinished(() => cache.close());
  await cache.write(ENTRIES.slice(0, 1), 60);
  expect([cli("-n", "3", "DBSIZE"), cli("DBSIZE")]).toEqual(["1", "0"]);
});

test("a Redis that goes away for good is an outage, told after a few tries", async () => {
  const redis = await redisServer();
  const cache = cacheAt(redis.port);
  await cache.ping();
  await redis.stop();
  await expect(cache.write(ENTRIES.slice(0, 3), 60)).rejects.toThrow(/Redis .*ECONNREFUSED/);
});

test("every entry gets its time to live", async () => {
  const { port, cli } = await redisServer();
  await cacheAt(port).write(ENTRIES.slice(0, 3), 604_800);
  for (const { key } of ENTRIES.slice(0, 3)) expect(Number(cli("TTL", key))).toBeGreaterThan(604_790);
});
