// What the queue itself takes: a run of so many products whose batches are counted as done at once, without a database or a
// forecast. `bun build/bench/queue-alone.ts 1000000`
import { Queue } from "bullmq";
import type { BatchResult, RunSetup } from "../../src/job/messages.ts";
import { noLessons } from "../../src/learning/learn.ts";
import { openConnection, prefixOf } from "../../src/queue/connection.ts";
import { workersOf } from "../../src/queue/hand-out.ts";
import { type QueuedRun, RUNS } from "../../src/queue/messages.ts";
import { Taker } from "../../src/queue/taker.ts";
import { batches } from "../../src/workers/batches.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import type { WorkerPool } from "../../src/workers/pool.ts";
import { redisSettings, startRedis } from "../../test/parts/redis.ts";

const ORDERS = 350;
const THREADS = 8;
/** Somewhat longer than those of the demo. */
const INDEX_ENTRY = "x".repeat(330);

const products = Number(process.argv[2] ?? 100_000);
const ids = Array.from({ length: products }, (_, i) => `${1_000_000 + i}`);
const origin = 20_403;
const options = { origin, horizon: 12, level: 0.8, minCustomers: 2, minOrders: 3, withCustomers: true };
const lessons = await noLessons(options);
const pool = {
  run: async ({ productIds }: { productIds: readonly string[] }) => {
    const outcomes = productIds.map((productId) => ({ productId, status: "successful", indexEntry: INDEX_ENTRY }));
    return { ok: true, result: { outcomes, stages: {} } as BatchResult };
  },
  close: async () => {},
} as unknown as WorkerPool<RunSetup>;
const setup: RunSetup = {
  ...{ kind: "run", source: { kind: "mssql" } as never, cache: undefined, ttlSeconds: 604_800, ids: "number" },
  ...{ period: { start: 17_897, origin }, forecast: { ...options, generatedAt: "2025-11-11T06:00:00Z", runId: "" } },
};

const redis = await startRedis();
try {
  const settings = { ...redisSettings(redis.port), patienceSeconds: 600 };
  const number = (name: string) => Number(new RegExp(`^${name}:([\\d.]+)`, "m").exec(redis.cli("INFO"))?.[1]);
  const before = number("used_memory");
  let queuedAt = 0;
  let memory = 0;
  const observer = {
    queued: () => {
      queuedAt = performance.now();
      memory = number("used_memory") - before;
    },
    queueWaits: (words: string) => console.error(words),
  };
  const find = workersOf(settings, { kind: "mssql" } as never, "bench", 300, observer);
  const hands = await find({ setup, lessons, pool, workers: THREADS, interruption: new Interruption() });
  const all = batches(
    ids.map((id) => ({ id, orders: ORDERS })),
    THREADS,
  );
  let done = 0;
  const began = performance.now();
  const counted = hands.forecast(all, {
    taken: () => {},
    done: (productIds) => {
      done += productIds.length;
    },
    failed: (productIds, { reason }) => console.error(`${productIds.length} failed: ${reason}`),
  });
  while (queuedAt === 0) await Bun.sleep(20);
  const connection = openConnection(settings, console.error);
  const place = { connection, prefix: prefixOf(settings) };
  const runs = new Queue<QueuedRun>(RUNS, place);
  const [run] = await runs.getJobs(["waiting-children"]);
  const taker = new Taker(run!, lessons, pool, THREADS, place);
  await counted;
  const countedAt = performance.now();
  await taker.drop();
  await hands.close();
  const { user, system } = process.cpuUsage();
  console.log({
    ...{ products, done, batches: all.length },
    seconds: { handOut: (queuedAt - began) / 1000, take: (countedAt - queuedAt) / 1000 },
    cpuSeconds: { processes: (user + system) / 1e6, redis: number("used_cpu_user") + number("used_cpu_sys") },
    megabytes: {
      queued: memory / 1e6,
      peak: number("used_memory_peak") / 1e6,
      toRedis: number("total_net_input_bytes") / 1e6,
      fromRedis: number("total_net_output_bytes") / 1e6,
      runAndWorker: process.resourceUsage().maxRSS / 1000,
    },
  });
} finally {
  await redis.stop();
}
process.exit(0);
