import { once } from "node:events";
import { connect, createServer } from "node:net";
import { ATTEMPT_KEY, LEASE_KEY, METADATA_KEY } from "../../src/caches/cache.ts";
import { type RedisServer, redisAt } from "../parts/redis.ts";
import type { Case, Stage } from "./bench.ts";
import { SECRETS } from "./places.ts";
import { behindProxy } from "./redis-replies.ts";
import { cutAfter, type Reply, replies, swallowAfter, turnBitAfter } from "./tcp.ts";

const MIDDLE = "forecast:20";

/** Does something to Redis as a run writes one of its last documents, or where it is said; `done` settles then. */
async function inTheMiddle(
  stage: Stage,
  work: (redis: RedisServer) => void,
  where: (reply: Reply) => boolean = ({ command, key }) => command === "setex" && key === MIDDLE,
) {
  const { promise: done, resolve } = Promise.withResolvers<void>();
  let redis: RedisServer | undefined;
  let isDone = false;
  const behind = await behindProxy(
    stage,
    replies((reply) => {
      if (isDone || !where(reply)) return "pass";
      isDone = true;
      work(redis!);
      resolve();
      return "pass";
    }),
  );
  redis = behind.redis;
  return { ...behind, done };
}

const killed = (redis: RedisServer) => process.kill(redis.pid, "SIGKILL");
const flushed = (redis: RedisServer) => void redis.cli("FLUSHALL");
const atMetadata = ({ command, key }: Reply) => command === "setex" && key === METADATA_KEY;

/** The same Redis without its data. */
async function again(stage: Stage, { port }: RedisServer): Promise<void> {
  const redis = await redisAt(port, "--requirepass", SECRETS.redis);
  stage.afterwards(redis.stop);
}

export const OUTAGE_CASES: readonly Case[] = [
  {
    what: "Redis is killed in the middle of a run and stays away",
    ...{ exitCodes: [1], limitSeconds: 15, says: /ECONNREFUSED|closed/ },
    async arrange(stage) {
      const { place, redis, mend } = await inTheMiddle(stage, killed);
      const back = async () => {
        mend();
        await redis.kill();
        await again(stage, redis);
      };
      return { place, env: { REDIS_PATIENCE: "1" }, mend: back };
    },
  },
  {
    what: "Redis is killed in the middle of a run and comes back without its data",
    ...{ exitCodes: [0], limitSeconds: 60, says: /warning: \d+ documents? that w.* written again/ },
    async arrange(stage) {
      const { place, redis, mend, done } = await inTheMiddle(stage, killed);
      const during = async () => {
        await done;
        await redis.kill();
        await again(stage, redis);
      };
      return { place, mend, during };
    },
  },
  {
    what: "Redis does not run for two seconds in the middle of a run (SIGSTOP)",
    ...{ exitCodes: [0], limitSeconds: 10 },
    async arrange(stage) {
      const { place, redis, mend, done } = await inTheMiddle(stage, ({ pid }) => process.kill(pid, "SIGSTOP"));
      const during = async () => {
        await done;
        await Bun.sleep(2000);
        process.kill(redis.pid, "SIGCONT");
      };
      return { place, mend, during };
    },
  },
  {
    what: "all keys are flushed in the middle of a run",
    ...{ exitCodes: [0], says: /warning: \d+ documents that were written are not in the cache/ },
    arrange: (stage) => inTheMiddle(stage, flushed),
  },
  {
    what: "all keys are flushed as the metadata is written",
    ...{ exitCodes: [1], says: /its document was written and is not in the cache/ },
    arrange: (stage) => inTheMiddle(stage, flushed, atMetadata),
  },
  {
    what: "some documents are deleted in the middle of a run",
    ...{ exitCodes: [0], says: /warning: 2 documents that were written are not in the cache/ },
    arrange: (stage) => inTheMiddle(stage, (redis) => void redis.cli("DEL", "forecast:1", "forecast:2")),
  },
  {
    what: "a document is deleted as the metadata is written",
    ...{ exitCodes: [3], says: /its document was written and is not in the cache/ },
    arrange: (stage) => inTheMiddle(stage, (redis) => void redis.cli("DEL", "forecast:7"), atMetadata),
  },
  {
    what: "a document is put back to that of the run before",
    ...{ exitCodes: [0], says: /warning: 1 document that was written is not in the cache/ },
    arrange: (stage) => inTheMiddle(stage, (redis) => void redis.cli("EXPIRE", "forecast:1", "500000")),
  },
  {
    what: "all connections are closed by an administrator (CLIENT KILL)",
    ...{ exitCodes: [0], limitSeconds: 60 },
    arrange: (stage) => inTheMiddle(stage, (redis) => void redis.cli("CLIENT", "KILL", "TYPE", "normal")),
  },
  {
    what: "Redis becomes full in the middle of a run",
    ...{ exitCodes: [1], says: /OOM/ },
    async arrange(stage) {
      const { place, redis, mend } = await inTheMiddle(
        stage,
        (redis) => void redis.cli("CONFIG", "SET", "maxmemory", "1"),
      );
      const empty = () => {
        mend();
        redis.cli("CONFIG", "SET", "maxmemory", "0");
      };
      return { place, mend: empty };
    },
  },
  ...["volatile-ttl", "allkeys-lru"].map(
    (policy): Case => ({
      what: `Redis has too little room in the middle of a run and evicts (${policy})`,
      // A connection takes as much memory as some of these few documents: test/job/written.test.ts counts to the document.
      ...{ exitCodes: [1, 3], evicted: 24, says: /not in the cache/ },
      async arrange(stage) {
        const { place, redis, mend } = await inTheMiddle(stage, (redis) => {
          const used = Number(/^used_memory:(\d+)/m.exec(redis.cli("INFO", "memory"))![1]);
          redis.cli("CONFIG", "SET", "maxmemory", `${used - 60_000}`);
        });
        redis.cli("CONFIG", "SET", "maxmemory-policy", policy);
        // Whoever connects takes memory, too: this connection is there from the beginning.
        const connection = connect(redis.port, "127.0.0.1");
        stage.afterwards(() => connection.destroy());
        const say = async (words: string) => {
          connection.write(`${words}\r\n`);
          await once(connection, "data");
        };
        await say(`AUTH ${SECRETS.redis}`);
        return { place, mend, settle: () => say("CONFIG SET maxmemory 0") };
      },
    }),
  ),
  {
    what: "the user's rights are taken in the middle of a run",
    ...{ exitCodes: [1], says: /NOPERM|NOAUTH|WRONGPASS|closed/ },
    async arrange(stage) {
      const { place, redis, mend } = await inTheMiddle(stage, (redis) => {
        redis.cli("ACL", "SETUSER", "writer", "-setex");
      });
      redis.cli("ACL", "SETUSER", "writer", "on", `>${SECRETS.redis}`, "~*", "+@all");
      const giveBack = () => {
        mend();
        redis.cli("ACL", "SETUSER", "writer", "+@all");
      };
      return { place, env: { REDIS_USERNAME: "writer" }, mend: giveBack };
    },
  },
  {
    what: "a script keeps Redis busy in the middle of a run (BUSY)",
    ...{ exitCodes: [0], limitSeconds: 60 },
    async arrange(stage) {
      let script: Bun.Subprocess | undefined;
      const { place, redis, mend, done } = await inTheMiddle(stage, ({ port }) => {
        const env = { ...process.env, REDISCLI_AUTH: SECRETS.redis };
        const command = ["redis-cli", "-p", `${port}`, "EVAL", "while true do end", "0"];
        script = Bun.spawn(command, { env, stdio: ["ignore", "ignore", "ignore"] });
      });
      redis.cli("CONFIG", "SET", "busy-reply-threshold", "20");
      const during = async () => {
        await done;
        await stage.until(() => !redis.cli("PING").startsWith("PONG"));
        await stage.until(() => redis.cli("SCRIPT", "KILL") === "OK");
        await script?.exited;
      };
      return { place, mend, during };
    },
  },
  {
    what: "the lease is deleted in the middle of a run",
    exitCodes: [0],
    arrange: (stage) => inTheMiddle(stage, (redis) => void redis.cli("DEL", LEASE_KEY)),
  },
  {
    what: "another run takes the cache over in the middle of one",
    ...{ exitCodes: [75], says: /another instance, pid 7 on db2/ },
    async arrange(stage) {
      const other = JSON.stringify({ pid: 7, host: "db2", started_at: "2025-11-11T06:00:00Z", lock: "x:1:2" });
      const { place, redis, mend } = await inTheMiddle(stage, (redis) => {
        redis.cli("SET", LEASE_KEY, other, "EX", "60");
      });
      const leave = () => {
        mend();
        redis.cli("DEL", LEASE_KEY);
      };
      return { place, mend: leave };
    },
  },
  {
    what: "what is known of the last attempt is deleted in the middle of a run",
    exitCodes: [0],
    arrange: (stage) => inTheMiddle(stage, (redis) => void redis.cli("DEL", ATTEMPT_KEY)),
  },
  {
    what: "Redis takes 40 kB a second",
    ...{ exitCodes: [0], limitSeconds: 60 },
    arrange: (stage) => behindProxy(stage, { pace: 40_000 }),
  },
  {
    what: "what is sent to Redis after 30 kB goes nowhere, on each connection",
    ...{
      exitCodes: [1],
      limitSeconds: 20,
      says: /no answer for 10 s/,
      doctor: /^problem +cache +.*no answer for 10 s/m,
    },
    arrange: async (stage) => ({ ...(await behindProxy(stage, swallowAfter(30_000))), env: { REDIS_PATIENCE: "1" } }),
  },
  {
    what: "Redis comes late",
    ...{ exitCodes: [0], limitSeconds: 60, says: /the cache is waited for: Redis / },
    async arrange(stage) {
      const { place, redis } = await behindProxy(stage, {});
      await redis.kill();
      const { promise: asked, resolve } = Promise.withResolvers<void>();
      const nobody = createServer((socket) => {
        socket.destroy();
        nobody.close(() => resolve());
      });
      await new Promise<void>((listening) => nobody.listen(redis.port, "127.0.0.1", listening));
      return { place, during: () => asked.then(() => again(stage, redis)) };
    },
  },
  ...[1, 200, 1000].flatMap((bytes): Case[] => [
    {
      what: `the connection ends after ${bytes} bytes of Redis`,
      ...{ exitCodes: [0], limitSeconds: 60 },
      arrange: (stage) => behindProxy(stage, cutAfter(bytes)),
    },
    {
      what: `a bit is turned after ${bytes} bytes of Redis`,
      // The bit may be one of the holder of the lease, who is somebody else then.
      ...{ exitCodes: [0, 1, 3, 75], limitSeconds: 60 },
      arrange: (stage) => behindProxy(stage, turnBitAfter(bytes)),
    },
  ]),
];
