import { writeFileSync } from "node:fs";
import { freePort, type RedisServer, redisAt, startRedis } from "../parts/redis.ts";
import type { Arranged, Case, Stage } from "./bench.ts";
import { redisPlace, SECRETS } from "./places.ts";

const ADMIN = ["--requirepass", SECRETS.redis];
/** For causes that last: waiting is no help. */
export const IMPATIENT = { REDIS_PATIENCE: "0" };

/** A Redis of its own with the documents of the run before. */
export async function redisOf(stage: Stage, ...options: string[]) {
  const redis = await startRedis(...ADMIN, ...options);
  stage.afterwards(redis.stop);
  const place = redisPlace(redis);
  place.fill(stage.world.lastRun);
  return { redis, place };
}

/** @param set configures the server once it is filled. */
function configured(set: readonly (readonly [name: string, value: string])[], back: readonly string[] = []) {
  return async (stage: Stage): Promise<Arranged> => {
    const { redis, place } = await redisOf(stage);
    for (const [name, value] of set) redis.cli("CONFIG", "SET", name, value);
    const mend = () => {
      for (const [i, value] of back.entries()) redis.cli("CONFIG", "SET", set[i]![0], value);
    };
    return { place, mend, env: IMPATIENT };
  };
}

async function replicaOf(stage: Stage, redis: RedisServer): Promise<RedisServer> {
  const replica = await startRedis(
    ...ADMIN,
    "--masterauth",
    SECRETS.redis,
    "--replicaof",
    "127.0.0.1",
    `${redis.port}`,
  );
  stage.afterwards(replica.stop);
  await stage.until(() => replica.cli("INFO", "replication").includes("master_link_status:up"));
  return replica;
}

/** What the server counts, such as an error that it gave. */
const counts = (redis: RedisServer, section: string, words: string) => () => redis.cli("INFO", section).includes(words);

export const SERVER_CASES: readonly Case[] = [
  {
    what: "Redis is full (noeviction) before the first document",
    ...{ exitCodes: [1], says: /OOM command not allowed/, doctor: /^problem +cache +.*OOM/m },
    arrange: configured([["maxmemory", "1"]], ["0"]),
  },
  ...["volatile-ttl", "allkeys-lru"].map(
    (policy): Case => ({
      what: `Redis may evict (${policy}), and has room`,
      ...{ exitCodes: [0], doctor: new RegExp(`^warning +memory +.*maxmemory-policy ${policy}`, "m") },
      arrange: configured([
        ["maxmemory", "100mb"],
        ["maxmemory-policy", policy],
      ]),
    }),
  ),
  {
    what: "Redis loads its data for some seconds after a start",
    ...{ exitCodes: [0], limitSeconds: 60, says: /the cache is waited for: Redis .*LOADING/ },
    async arrange(stage) {
      const { redis: first } = await redisOf(
        stage,
        "--dir",
        stage.path("."),
        "--rdbcompression",
        "no",
        "--enable-debug-command",
        "yes",
      );
      first.cli("DEBUG", "POPULATE", "300", "key", "500");
      first.cli("SAVE");
      await first.kill();
      const slow = ["--key-load-delay", "5000", "--loading-process-events-interval-bytes", "1024"];
      const redis = await redisAt(await freePort(), ...ADMIN, "--dir", stage.path("."), ...slow);
      stage.afterwards(redis.stop);
      const place = redisPlace(redis);
      const look = () => new Map([...(place.look() ?? [])].filter(([key]) => !key.startsWith("key:")));
      return { place: { ...place, look } };
    },
  },
  {
    what: "Redis is a replica, which takes no writes",
    ...{ exitCodes: [1], says: /READONLY/, doctor: /^problem +cache +.*READONLY/m },
    async arrange(stage) {
      const { redis } = await redisOf(stage);
      const replica = await replicaOf(stage, redis);
      return { place: redisPlace(replica), env: IMPATIENT, mend: () => replica.cli("REPLICAOF", "NO", "ONE") };
    },
  },
  {
    what: "Redis is a replica until it takes the place of its master",
    ...{ exitCodes: [0], limitSeconds: 60 },
    async arrange(stage) {
      const { redis } = await redisOf(stage);
      const replica = await replicaOf(stage, redis);
      const during = async () => {
        await stage.until(counts(replica, "errorstats", "READONLY"));
        replica.cli("REPLICAOF", "NO", "ONE");
      };
      return { place: redisPlace(replica), during };
    },
  },
  {
    what: "Redis wants a replica (min-replicas-to-write) and has none",
    ...{ exitCodes: [1], says: /NOREPLICAS/, doctor: /^problem +cache +.*NOREPLICAS/m },
    arrange: configured([["min-replicas-to-write", "1"]], ["0"]),
  },
  {
    what: "Redis wants a replica, which comes late",
    ...{ exitCodes: [0], limitSeconds: 60 },
    async arrange(stage) {
      const { redis, place } = await redisOf(stage, "--repl-diskless-sync-delay", "0");
      redis.cli("CONFIG", "SET", "min-replicas-to-write", "1");
      const during = async () => {
        await stage.until(counts(redis, "errorstats", "NOREPLICAS"));
        await replicaOf(stage, redis);
      };
      return { place, during };
    },
  },
  {
    what: "a Sentinel is named as if it were a Redis",
    ...{ exitCodes: [1], says: /set REDIS_SENTINELS=/, doctor: /^problem +cache +.*REDIS_SENTINEL_MASTER=main/m },
    async arrange(stage) {
      const { redis, place } = await redisOf(stage);
      const port = await freePort();
      const watched = `sentinel monitor main 127.0.0.1 ${redis.port} 1\nsentinel auth-pass main ${SECRETS.redis}`;
      writeFileSync(stage.path("sentinel.conf"), `port ${port}\nrequirepass ${SECRETS.redis}\n${watched}\n`);
      const sentinel = Bun.spawn(["redis-server", stage.path("sentinel.conf"), "--sentinel"], {
        stdio: ["ignore", "ignore", "ignore"],
      });
      stage.afterwards(() => sentinel.kill("SIGKILL"));
      const answer = () => Bun.spawnSync(["redis-cli", "-p", `${port}`, "PING"]).stdout.toString();
      await stage.until(() => answer().includes("NOAUTH"));
      return { place, env: { ...IMPATIENT, REDIS_PORT: `${port}` }, mendedEnv: { REDIS_PORT: `${redis.port}` } };
    },
  },
  {
    what: "Redis is a node of a cluster without slots",
    ...{ exitCodes: [1], says: /CLUSTERDOWN/, doctor: /^problem +cache +.*CLUSTERDOWN/m },
    async arrange(stage) {
      const { redis, place } = await redisOf(stage);
      const node = await startRedis(...ADMIN, "--cluster-enabled", "yes");
      stage.afterwards(node.stop);
      return { place, env: { ...IMPATIENT, REDIS_PORT: `${node.port}` }, mendedEnv: { REDIS_PORT: `${redis.port}` } };
    },
  },
  {
    what: "Redis takes no writes because it could not save (MISCONF)",
    ...{ exitCodes: [1], says: /MISCONF/, doctor: /^problem +cache +.*MISCONF/m },
    async arrange(stage) {
      const { redis, place } = await redisOf(stage, "--enable-protected-configs", "yes");
      redis.cli("CONFIG", "SET", "save", "3600 1");
      redis.cli("CONFIG", "SET", "dir", "/proc");
      redis.cli("BGSAVE");
      await stage.until(counts(redis, "persistence", "rdb_last_bgsave_status:err"));
      return { place, env: IMPATIENT, mend: () => redis.cli("CONFIG", "SET", "stop-writes-on-bgsave-error", "no") };
    },
  },
  {
    what: "Redis has as many clients as it takes",
    ...{ exitCodes: [1], says: /max number of clients/, doctor: /^problem +cache +.*max number of clients/m },
    async arrange(stage) {
      const { redis, place } = await redisOf(stage);
      const others = Array.from({ length: 2 }, () =>
        Bun.spawn(["redis-cli", "-p", `${redis.port}`], { stdin: "pipe", stdout: "ignore", stderr: "ignore" }),
      );
      for (const other of others) other.stdin.write(`AUTH ${SECRETS.redis}\n`);
      for (const other of others) other.stdin.flush();
      await stage.until(counts(redis, "clients", "connected_clients:3"));
      redis.cli("CONFIG", "SET", "maxclients", "2");
      const leave = async () => {
        for (const other of others) other.kill();
        await Promise.all(others.map(({ exited }) => exited));
        await stage.until(() => redis.cli("CONFIG", "SET", "maxclients", "100") === "OK");
      };
      return { place, env: IMPATIENT, mend: leave };
    },
  },
];
