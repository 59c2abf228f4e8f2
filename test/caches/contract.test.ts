import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cache } from "../../src/caches/cache.ts";
import { type CACHES, type CacheSettings, openCache } from "../../src/caches/registry.ts";
import { type Folder, temporaryFolder } from "../parts/orders.ts";
import { type RedisServer, redisSettings, startRedis } from "../parts/redis.ts";

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

/** One of each kind. */
const EACH: { [Kind in keyof typeof CACHES]: () => CacheSettings } = {
  redis: () => redisSettings(redis.port),
  sqlite: () => ({ kind: "sqlite", file: folder.path("cache.sqlite") }),
};

describe.each(Object.entries(EACH))("%s", (_kind, settings) => {
  let cache: Cache;
  beforeAll(async () => {
    cache = await openCache(settings());
    await cache.ping();
  });
  afterAll(() => cache.close());

  test("reads back what was written, whatever the key and the text", async () => {
    const keys = ["forecast:1", "forecast:9007199254740993", "forecast:a:b*\n'\"", `forecast:${"x".repeat(10_000)}`];
    const entries = keys.map((key) => ({ key, value: `{"text":"ä漢\u0000 ${key.length}"}` }));
    expect(await cache.write(entries, 60)).toEqual(keys.map(() => undefined));
    for (const { key, value } of entries) expect(await cache.read(key)).toBe(value);
  });

  test("replaces an entry", async () => {
    await cache.write([{ key: "replaced", value: "old" }], 60);
    await cache.write([{ key: "replaced", value: "new" }], 60);
    expect(await cache.read("replaced")).toBe("new");
  });

  test("has nothing under an unknown key", async () => {
    expect(await cache.read("unknown")).toBeUndefined();
  });

  test("reads many at once, in the order in which they were asked for", async () => {
    const keys = Array.from({ length: 3000 }, (_, i) => `many:${i}`);
    await cache.write(
      keys.map((key) => ({ key, value: `value of ${key}` })),
      60,
    );
    const asked = [...keys.toReversed(), "unknown", "many:7"];
    expect(await cache.readAll(asked)).toEqual([
      ...keys.toReversed().map((key) => `value of ${key}`),
      undefined,
      "value of many:7",
    ]);
    expect(await cache.readAll([])).toEqual([]);
  });

  test("lets an entry expire", async () => {
    await cache.write([{ key: "short", value: "gone soon" }], 1);
    expect(await cache.read("short")).toBe("gone soon");
    await Bun.sleep(1100);
    expect(await cache.read("short")).toBeUndefined();
  });

  test("tells which keys are not there, or are of an earlier write", async () => {
    await cache.write([{ key: "now", value: "x" }], 600);
    await cache.write([{ key: "earlier", value: "x" }], 60);
    expect(await cache.missing(["now", "earlier", "never"], 300)).toEqual(["earlier", "never"]);
    expect(await cache.missing(["now", "earlier", "never"], -5)).toEqual(["never"]);
    expect(await cache.missing([], 300)).toEqual([]);
  });

  test("can be used again after it was closed", async () => {
    await cache.write([{ key: "again", value: "here" }], 60);
    await cache.close();
    expect(await cache.read("again")).toBe("here");
  });
});
