import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { RedisCache } from "../../../src/caches/redis/cache.ts";
import { slotOf } from "../../../src/caches/redis/key-slot.ts";
import { readRedisSettings } from "../../../src/caches/redis/settings.ts";
import { Given } from "../../../src/values/given.ts";
import { type Folder, simulatedBook, temporaryFolder } from "../../parts/orders.ts";
import { ended, forecast, ON_BUN, start } from "../../parts/program.ts";
import { type RedisServers, startCluster, startSentinels } from "../../parts/redis-many.ts";

const PASSWORD = "s3cret";

let folder: Folder;
let orders: string;
beforeAll(() => {
  folder = temporaryFolder();
  orders = folder.database(simulatedBook(60));
});
afterAll(() => folder.remove());

/** What a run leaves where a master is lost after the first documents, and exits with. */
async function runWithout({ servers }: RedisServers, victim: number, env: Record<string, string>) {
  const flags = ["--as-of", "2025-11-11", "--source", `sqlite:${orders}`, "--lock-file", folder.path("lock")];
  const run = start(["run", ...flags, "--json"], { program: ON_BUN, env });
  const { cli, kill } = servers[victim]!;
  const documents = () => Number(cli("EVAL", "return #redis.call('KEYS', 'forecast:[0-9]*')", "0"));
  while (!(documents() > 0) && run.exitCode === null) await Bun.sleep(20);
  await kill();
  const { exitCode, stdout, stderr } = await ended(run);
  const list = await forecast(["list", "--json"], { program: ON_BUN, env });
  expect({ exitCode, stderr: list.stderr }, stderr).toEqual({ exitCode: 0, stderr: "" });
  const ids = list.stdout
    .trimEnd()
    .split("\n")
    .map((line) => String(JSON.parse(line).product_id));
  expect(ids).toHaveLength(JSON.parse(stdout).successful);
  return ids;
}

async function refusalOf(env: Record<string, string>): Promise<string> {
  const cache = new RedisCache(readRedisSettings(new Given({}, { REDIS_PATIENCE: "0", ...env })));
  return cache
    .ready(() => {})
    .then(
      () => "",
      ({ message }: Error) => message,
    )
    .finally(() => cache.close());
}

describe("a cluster", () => {
  let cluster: RedisServers;
  let env: Record<string, string>;
  beforeAll(async () => {
    cluster = await startCluster();
    env = { REDIS_CLUSTER: cluster.addresses };
  });
  afterAll(() => cluster?.stop());

  test.each([0, 4])(
    "one of whose nodes is named as if it were a Redis by itself says which setting is right",
    async (i) => {
      const { port } = cluster.servers[i]!;
      expect(await refusalOf({ REDIS_PORT: `${port}` })).toBe(
        `Redis 127.0.0.1:${port}: it is a node of a cluster: set REDIS_CLUSTER=127.0.0.1:${port} ` +
          "in place of REDIS_HOST, REDIS_PORT or REDIS_URL",
      );
    },
  );

  test("loses no document of a run when a master is lost in the middle of it", async () => {
    const ids = await runWithout(cluster, 1, env);
    const cache = new RedisCache(readRedisSettings(new Given({}, env)));
    const keys = ids.map((id) => `forecast:${id}`);
    expect(await cache.missing(keys, 1)).toEqual([]);
    expect(new Set(keys.map((key) => Math.floor((3 * slotOf(key)) / 16_384))).size).toBe(3);
    expect(await cache.capacity()).toBeUndefined();
    await cache.close();
  });

  test("is asked of nobody who is none of its nodes", async () => {
    const [, , , replica] = cluster.servers;
    expect(await refusalOf({ REDIS_CLUSTER: `127.0.0.1:1,127.0.0.1:${replica!.port}` })).toBe("");
  });
});

describe("Sentinels", () => {
  let watched: RedisServers;
  let env: Record<string, string>;
  beforeAll(async () => {
    watched = await startSentinels(PASSWORD);
    const passwords = { REDIS_PASSWORD: PASSWORD, REDIS_SENTINEL_PASSWORD: PASSWORD };
    env = { REDIS_SENTINELS: watched.addresses, REDIS_SENTINEL_MASTER: "main", ...passwords };
  });
  afterAll(() => watched?.stop());

  test("one of which is named as if it were a Redis says which settings are right", async () => {
    const [first] = watched.addresses.split(",");
    const port = first!.split(":")[1]!;
    expect(await refusalOf({ REDIS_PORT: port, REDIS_PASSWORD: PASSWORD })).toBe(
      `Redis ${first}: it is a Sentinel: set REDIS_SENTINELS=${first} and REDIS_SENTINEL_MASTER=main ` +
        "in place of REDIS_HOST, REDIS_PORT or REDIS_URL",
    );
    const reader = new RedisCache(readRedisSettings(new Given({}, { REDIS_PORT: port, REDIS_PASSWORD: PASSWORD })));
    await expect(reader.read("forecast:1")).rejects.toThrow(
      /\(is it a Sentinel\? REDIS_SENTINELS in place of a host\)$/,
    );
    await reader.close();
  });

  test("that watch another master name it, and one that refuses the password names its settings", async () => {
    expect(await refusalOf({ ...env, REDIS_SENTINEL_MASTER: "other" })).toMatch(
      /^Sentinel .*: it watches no master other, but main \(REDIS_SENTINEL_MASTER\)$/,
    );
    expect(await refusalOf({ ...env, REDIS_SENTINEL_PASSWORD: "wr0ng" })).toMatch(
      /^Sentinel .*WRONGPASS.*\(check REDIS_SENTINEL_USERNAME and REDIS_SENTINEL_PASSWORD\)$/,
    );
    expect(await refusalOf({ ...env, REDIS_SENTINELS: `127.0.0.1:${watched.servers[0]!.port}` })).toContain(
      "it is no Sentinel: REDIS_SENTINELS",
    );
  });

  test("know the next master, to which a run goes on writing when its master is lost", async () => {
    const ids = await runWithout(watched, 0, env);
    expect(Number(watched.servers[1]!.cli("EXISTS", ...ids.map((id) => `forecast:${id}`)))).toBe(ids.length);
  });
});

test("slots are those of the cluster's specification", () => {
  expect(slotOf("123456789")).toBe(0x31c3);
  expect(slotOf("{user1000}.following")).toBe(slotOf("user1000"));
  expect(slotOf("foo{}{bar}")).not.toBe(slotOf("bar"));
  expect(slotOf("foo{{bar}}zap")).toBe(slotOf("{bar"));
});
