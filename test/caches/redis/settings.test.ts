import { expect, onTestFinished, test } from "vitest";
import { RedisCache } from "../../../src/caches/redis/cache.ts";
import { REDIS } from "../../../src/caches/redis/description.ts";
import { readRedisSettings } from "../../../src/caches/redis/settings.ts";
import { Given } from "../../../src/values/given.ts";
import { withoutSecrets } from "../../../src/values/secrets.ts";
import { temporaryFolder } from "../../parts/orders.ts";
import { redisServer } from "../../parts/redis.ts";

const read = (env: Record<string, string>) => readRedisSettings(new Given({}, env));

test.each([
  ["redis://cache", { host: "cache", port: 6379, tls: false, database: 0 }],
  ["redis://cache:7000/3", { host: "cache", port: 7000, database: 3 }],
  ["redis://cache?db=4", { host: "cache", database: 4 }],
  ["rediss://me:p%40ss@10.0.0.5:6380", { host: "10.0.0.5", port: 6380, tls: true, username: "me", password: "p@ss" }],
  ["redis://:alone@[::1]:6380", { host: "::1", port: 6380, username: undefined, password: "alone" }],
  ["unix:///run/redis.sock?db=2", { path: "/run/redis.sock", database: 2, tls: false }],
  ["unix://:p4ss@/run/redis.sock", undefined],
])("REDIS_URL=%s is understood", (url, settings) => {
  if (settings) expect(read({ REDIS_URL: url })).toMatchObject(settings);
  else expect(() => read({ REDIS_URL: url })).toThrow(/^REDIS_URL: what was given is not allowed/);
});

test.each([
  "cache",
  "http://cache",
  "redis://",
  "redis://cache/x",
  "redis://cache?x=1",
  "unix://host/sock",
  "unix:///",
])("REDIS_URL=%s is refused, with what is allowed", (url) => {
  expect(() => read({ REDIS_URL: url })).toThrow(/it takes redis:\/\/\[USER:PASSWORD@\]HOST/);
});

test.each(["cache:6379", "redis://cache", "/run/redis.sock", "[::1]", "a,b"])("REDIS_HOST=%s is refused", (host) => {
  expect(() => read({ REDIS_HOST: host })).toThrow(/^REDIS_HOST: .* a port goes into REDIS_PORT, a URL or a socket/);
});

test.each(["cache", "cache_1.example", "10.0.0.5", "::1", "fe80::1"])("REDIS_HOST=%s is a host", (host) => {
  expect(read({ REDIS_HOST: host }).host).toBe(host);
});

test("the password in a URL is shown nowhere", () => {
  read({ REDIS_URL: "redis://:horse-battery@cache" });
  expect(withoutSecrets("AUTH horse-battery")).toBe("AUTH ********");
});

test.each([
  [{ REDIS_URL: "redis://a", REDIS_HOST: "b" }, "REDIS_URL and REDIS_HOST each say where Redis is"],
  [{ REDIS_URL: "redis://a", REDIS_PORT: "1" }, "REDIS_URL and REDIS_PORT each say"],
  [{ REDIS_SENTINELS: "a", REDIS_CLUSTER: "b" }, "REDIS_SENTINELS and REDIS_CLUSTER each say"],
  [{ REDIS_URL: "redis://:a@b", REDIS_PASSWORD: "c" }, "REDIS_URL and REDIS_PASSWORD say the same"],
  [{ REDIS_URL: "redis://a/1", REDIS_DB: "1" }, "REDIS_URL and REDIS_DB say the same"],
  [{ REDIS_CLUSTER: "a", REDIS_DB: "1" }, "a cluster has database 0 alone"],
  [{ REDIS_HOST: "a", REDIS_SENTINEL_MASTER: "b" }, "REDIS_SENTINEL_MASTER is of Sentinels, of which none are named"],
  [{ REDIS_SENTINEL_PASSWORD: "b" }, "REDIS_SENTINEL_PASSWORD is of Sentinels, of which none are named"],
])("settings that contradict each other, %o, are refused", (env, words) => {
  expect(() => read(env)).toThrow(words);
});

test("what a URL leaves out is taken from the other settings", () => {
  const settings = read({ REDIS_URL: "redis://a", REDIS_PASSWORD: "c", REDIS_DB: "2", REDIS_TLS: "true" });
  expect(settings).toMatchObject({ host: "a", password: "c", database: 2, tls: true });
});

test("lists of servers have usual ports, and addresses of IPv6 brackets", () => {
  expect(read({ REDIS_SENTINELS: "a, b:1,[::1]:2" }).sentinels).toEqual({
    addresses: [
      { host: "a", port: 26379 },
      { host: "b", port: 1 },
      { host: "::1", port: 2 },
    ],
    ...{ master: "mymaster", username: undefined, password: undefined },
  });
  expect(read({ REDIS_CLUSTER: "a" }).cluster).toEqual([{ host: "a", port: 6379 }]);
  for (const wrong of ["a:0", "a:70000", "a,,b", "a;b", "::1", "redis://a"]) {
    expect(() => read({ REDIS_CLUSTER: wrong })).toThrow(/^REDIS_CLUSTER: .* it takes names or addresses/);
  }
});

test("each kind of Redis is another place", () => {
  const places = [
    {},
    { REDIS_URL: "unix:///run/redis.sock" },
    { REDIS_SENTINELS: "127.0.0.1" },
    { REDIS_CLUSTER: "127.0.0.1" },
  ].map((env: Record<string, string>) => REDIS.place(read(env)));
  expect(places).toEqual([
    "127.0.0.1:6379/0",
    "/run/redis.sock/0",
    "mymaster of 127.0.0.1:26379/0",
    "cluster 127.0.0.1:6379/0",
  ]);
});

test("a Redis at a socket takes documents", async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder.remove());
  await redisServer("--unixsocket", folder.path("redis.sock"));
  const cache = new RedisCache(read({ REDIS_URL: `unix://${folder.path("redis.sock")}?db=1` }));
  onTestFinished(() => cache.close());
  expect(await cache.write([{ key: "forecast:1", value: "{}" }], 60)).toEqual([undefined]);
  expect(await cache.read("forecast:1")).toBe("{}");
  const gone = new RedisCache(read({ REDIS_URL: "unix:///nowhere.sock", REDIS_PATIENCE: "0" }));
  await expect(gone.ping()).rejects.toThrow(/^Redis \/nowhere\.sock: .*ENOENT/);
});
