import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Cache, CacheError, LEASE_KEY } from "../../src/caches/cache.ts";
import { type CacheSettings, openCache } from "../../src/caches/registry.ts";
import { takeLease } from "../../src/job/lease.ts";
import { LockHeldError } from "../../src/job/lock.ts";
import { Interruption } from "../../src/workers/interruption.ts";
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

const EACH: [string, () => CacheSettings][] = [
  ["redis", () => redisSettings(redis.port)],
  ["sqlite", () => ({ kind: "sqlite", file: folder.path("cache.sqlite") })],
];
const STARTED = { startedAt: "2025-11-11T06:00:00Z" };
const elsewhere = (startedAt: string) => JSON.stringify({ pid: 7, host: "db2", started_at: startedAt, lock: "x:1:2" });

describe.each(EACH)("in %s", (_kind, settings) => {
  let cache: Cache;
  let interruption: Interruption;
  beforeAll(async () => {
    cache = await openCache(settings());
  });
  afterAll(() => cache.close());
  beforeEach(async () => {
    interruption = new Interruption();
    const left = await cache.read(LEASE_KEY).catch(() => undefined);
    if (left !== undefined) await cache.release(LEASE_KEY, left);
  });
  const said: string[] = [];
  const take = (lockIdentity = "1:2") =>
    takeLease(
      cache,
      { lockIdentity, ...STARTED },
      interruption,
      () => {},
      (words) => said.push(words),
    );

  test("a lease is there as long as it is held, and no longer", async () => {
    const lease = (await take())!;
    expect(JSON.parse((await cache.read(LEASE_KEY))!)).toMatchObject({
      pid: process.pid,
      started_at: STARTED.startedAt,
    });
    await lease.confirm();
    await lease.release();
    expect(await cache.read(LEASE_KEY)).toBeUndefined();
  });

  test("another machine's lease turns a run away that is told to stop waiting", async () => {
    await cache.write([{ key: LEASE_KEY, value: elsewhere("2025-11-11T05:00:00Z") }], 60);
    interruption.ask(143);
    const waiting = take();
    await expect(waiting).rejects.toThrow(LockHeldError);
    await expect(waiting).rejects.toThrow(
      "another instance, pid 7 on db2, started 2025-11-11T05:00:00Z, writes to the same cache",
    );
  });

  test("a holder that is gone without a word is waited for until its lease expires", async () => {
    await cache.write([{ key: LEASE_KEY, value: elsewhere("2025-11-11T05:00:00Z") }], 1);
    said.length = 0;
    const lease = (await take())!;
    await lease.release();
    expect(said).toEqual([
      "another instance, pid 7 on db2, started 2025-11-11T05:00:00Z, writes to the same cache, or has died: waited for, 60 s at most",
    ]);
  });

  test("whoever held our own lock file is gone, and is not waited for", async () => {
    const first = (await take("3:4"))!;
    const second = (await take("3:4"))!;
    await second.release();
    await first.release();
  });

  test("a lease that somebody else took is no longer ours, and theirs stays", async () => {
    const lease = (await take())!;
    await cache.write([{ key: LEASE_KEY, value: elsewhere("2025-11-11T07:00:00Z") }], 60);
    await expect(lease.confirm()).rejects.toThrow(LockHeldError);
    await lease.release();
    expect(await cache.read(LEASE_KEY)).toBe(elsewhere("2025-11-11T07:00:00Z"));
  });

  test("a lease that was flushed is taken again", async () => {
    const lease = (await take())!;
    await cache.release(LEASE_KEY, (await cache.read(LEASE_KEY))!);
    await lease.confirm();
    expect(await cache.read(LEASE_KEY)).toBeDefined();
    await lease.release();
  });
});

test("a cache that takes no lease leaves the lock file alone to keep others out, and that is told", async () => {
  const refuse = () => Promise.reject(new CacheError("NOPERM"));
  const refusing = { claim: refuse, release: refuse } as unknown as Cache;
  const reasons: string[] = [];
  const holder = { lockIdentity: "1:2", ...STARTED };
  const refused = (reason: string) => reasons.push(reason);
  const lease = await takeLease(refusing, holder, new Interruption(), refused, () => {});
  expect(lease).toBeUndefined();
  expect(reasons).toEqual(["NOPERM"]);
});
