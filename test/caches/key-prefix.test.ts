import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ATTEMPT_KEY, INDEX_KEY, keyConflict, LEASE_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { KEY_PREFIX } from "../../src/caches/key-prefix.ts";
import { type CacheSettings, openCache, placeOf } from "../../src/caches/registry.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN } from "../parts/program.ts";
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

test.each<[string, () => CacheSettings]>([
  ["redis", () => redisSettings(redis.port)],
  ["sqlite", () => ({ kind: "sqlite", file: folder.path("cache.sqlite") })],
])("what one instance does in %s another one with its own prefix never sees", async (_, settings) => {
  const [ours, theirs] = await Promise.all(
    ["company-a:", "company-b:"].map((keyPrefix) => openCache({ ...settings(), keyPrefix })),
  );
  for (const cache of [ours!, theirs!]) await cache.ready(() => {});
  await ours!.write([{ key: METADATA_KEY, value: "ours" }], 60);
  expect(await ours!.claim(LEASE_KEY, "ours", 60)).toBeUndefined();
  expect(await theirs!.claim(LEASE_KEY, "theirs", 60)).toBeUndefined();
  await theirs!.release(LEASE_KEY, "theirs");
  expect(await ours!.readAll([METADATA_KEY, LEASE_KEY])).toEqual(["ours", "ours"]);
  expect(await theirs!.read(METADATA_KEY)).toBeUndefined();
  expect(await theirs!.missing([METADATA_KEY, LEASE_KEY], 1)).toEqual([METADATA_KEY, LEASE_KEY]);
  expect(await ours!.missing([METADATA_KEY, ATTEMPT_KEY], 1)).toEqual([ATTEMPT_KEY]);
  expect(ours!.fullKey(INDEX_KEY)).toBe("company-a:index");
  await Promise.all([ours!.close(), theirs!.close()]);
});

test("every key that a run leaves has its prefix, and each command reads what has it", async () => {
  const file = folder.path("tenants.sqlite");
  const orders = folder.database(orderBook(steadyOrders(["1", "2", "3"])));
  const as = (FORECAST_KEY_PREFIX: string, ...args: string[]) =>
    forecast([...args, "--cache", `sqlite:${file}`], { program: ON_BUN, env: { FORECAST_KEY_PREFIX } });
  const run = ["run", "--as-of", "2025-11-11", "--source", `sqlite:${orders}`, "--lock-file", folder.path("lock")];
  expect((await as("company-a:", ...run)).exitCode).toBe(0);
  const db = new DatabaseSync(file, { readOnly: true });
  const keys = db.prepare("SELECT key FROM cache ORDER BY key").all();
  db.close();
  const names = ["1", "2", "3", "index", "metadata:last_attempt", "metadata:last_run"];
  expect(keys.map(({ key }) => key)).toEqual(names.map((name) => `company-a:${name}`));
  for (const command of [["status"], ["list"], ["inspect", "1"]]) {
    expect((await as("company-a:", ...command)).exitCode).toBe(0);
    expect((await as("company-b:", ...command)).exitCode).toBe(1);
  }
  expect((await as("company-b:", "list")).stderr).toContain("no list of products (company-b:index)");
});

test("a prefix that is not the usual one makes another place of a cache, and is named where keys clash", () => {
  const settings = { kind: "sqlite", file: "/c.sqlite" } as const;
  expect([placeOf(settings), placeOf({ ...settings, keyPrefix: "a:" })]).toEqual([
    "sqlite:/c.sqlite",
    "sqlite:/c.sqlite a:",
  ]);
  expect(keyConflict(["index"], "a:")).toContain("a:index");
});

test.each(["a b", "", "é:", "x".repeat(101), "a*"])("a prefix such as %j is not allowed", (text) => {
  expect(KEY_PREFIX.parse(text)).toBeUndefined();
});
