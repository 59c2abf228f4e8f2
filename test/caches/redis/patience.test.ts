import { expect, onTestFinished, test } from "vitest";
import { RedisCache } from "../../../src/caches/redis/cache.ts";
import { proxyTo } from "../../parts/proxy.ts";
import { freePort, redisServer, redisSettings } from "../../parts/redis.ts";

function cacheAt(port: number, patienceSeconds: number): RedisCache {
  const cache = new RedisCache({ ...redisSettings(port), patienceSeconds });
  onTestFinished(() => cache.close());
  return cache;
}

const ENTRIES = Array.from({ length: 50 }, (_, i) => ({ key: `forecast:${i}`, value: "x".repeat(4000) }));

test("a Redis without enough replicas is waited for, and loses nothing", async () => {
  const { port, cli } = await redisServer("--min-replicas-to-write", "1");
  const written = cacheAt(port, 300).write(ENTRIES, 60);
  while (!cli("INFO", "errorstats").includes("NOREPLICAS")) await Bun.sleep(20);
  cli("CONFIG", "SET", "min-replicas-to-write", "0");
  expect((await written).every((refusal) => refusal === undefined)).toBe(true);
  expect(cli("DBSIZE")).toBe(`${ENTRIES.length}`);
});

test("a refusal that does not pass is an outage once patience is over, for all later writes at once", async () => {
  const { port, cli } = await redisServer("--min-replicas-to-write", "1");
  const cache = cacheAt(port, 1);
  const refusals = () => Number(/errorstat_NOREPLICAS:count=(\d+)/.exec(cli("INFO", "errorstats"))![1]);
  await expect(cache.write(ENTRIES, 60)).rejects.toThrow(/^Redis .*: NOREPLICAS/);
  const before = refusals();
  await expect(cache.write(ENTRIES, 60)).rejects.toThrow(/^Redis .*: NOREPLICAS/);
  expect(refusals() - before).toBe(ENTRIES.length);
});

test("a Redis that comes late is waited for, and why is told", async () => {
  const { port } = await redisServer();
  const late = await freePort();
  const reasons: string[] = [];
  await cacheAt(late, 300).ready((reason) => {
    if (reasons.push(reason) === 1) proxyTo(port, {}, late).then(({ stop }) => onTestFinished(stop));
  });
  expect(reasons[0]).toContain(`Redis 127.0.0.1:${late}: connect ECONNREFUSED`);
});

test("a Redis that is loading is not ready until it has loaded", async () => {
  const { port } = await redisServer();
  let pings = 0;
  const { port: proxied, stop } = await proxyTo(port, {
    answers: (data) => (++pings <= 2 ? Buffer.from("-LOADING Redis is loading the dataset in memory\r\n") : data),
  });
  onTestFinished(stop);
  await expect(cacheAt(proxied, 300).ping()).rejects.toThrow("LOADING");
  const reasons: string[] = [];
  await cacheAt(proxied, 300).ready((reason) => reasons.push(reason));
  expect(reasons).toEqual([expect.stringContaining("LOADING")]);
});

test("a slow Redis, which takes longer than a silent one is waited for, gets all there is", async () => {
  const { port, cli } = await redisServer();
  const { port: proxied, stop } = await proxyTo(port, { pace: 8000 });
  onTestFinished(stop);
  const [first = { key: "", value: "" }] = ENTRIES;
  const entries = Array.from({ length: 24 }, (_, i) => ({ ...first, key: `forecast:${i}` }));
  expect((await cacheAt(proxied, 0).write(entries, 60)).every((refusal) => refusal === undefined)).toBe(true);
  expect(cli("DBSIZE")).toBe(`${entries.length}`);
});

test("a connection that swallows what comes after 100 kB is given up, with what was taken before", async () => {
  const { port, cli } = await redisServer();
  let connections = 0;
  const taken = new Map<number, number>();
  const { port: proxied, stop } = await proxyTo(port, {
    commands: (data, connection) => {
      connections = connection + 1;
      const before = taken.get(connection) ?? 0;
      taken.set(connection, before + data.length);
      return data.subarray(0, Math.max(0, 100_000 - before));
    },
  });
  onTestFinished(stop);
  const cache = cacheAt(proxied, 1);
  await expect(cache.write(ENTRIES, 60)).rejects.toThrow("no answer for 10 s");
  expect(connections).toBe(1);
  expect(Number(cli("DBSIZE"))).toBeGreaterThan(20);
});
