import { setTimeout as sleep } from "node:timers/promises";
import { Queue } from "bullmq";
import { expect, onTestFinished, test, vi } from "vitest";
import type { BatchResult, RunSetup } from "../../src/job/messages.ts";
import { noLessons } from "../../src/learning/learn.ts";
import { openConnection, prefixOf } from "../../src/queue/connection.ts";
import { workersOf } from "../../src/queue/hand-out.ts";
import { type QueuedRun, RUNS } from "../../src/queue/messages.ts";
import { Taker } from "../../src/queue/taker.ts";
import { Interruption } from "../../src/workers/interruption.ts";
import type { WorkerPool } from "../../src/workers/pool.ts";
import { redisServer, redisSettings } from "../parts/redis.ts";

vi.mock("../../src/queue/times.ts", async (original) => ({
  ...(await original<typeof import("../../src/queue/times.ts")>()),
  ...{ LOCK_MS: 1500, STALLED_MS: 300, LOOK_MS: 100 },
}));

type Pool = WorkerPool<RunSetup>;
type Run = (productIds: readonly string[]) => Promise<unknown>;

const OPTIONS = { origin: 20_403, horizon: 12, level: 0.8, minCustomers: 2, minOrders: 3, withCustomers: true };

function poolOf(run: Run): Pool {
  const answer = async ({ productIds }: { productIds: readonly string[] }) => {
    await run(productIds);
    const outcomes = productIds.map((productId) => ({ productId, status: "successful" }));
    return { ok: true, result: { outcomes, stages: {} } as unknown as BatchResult };
  };
  return { run: answer, close: async () => {} } as unknown as Pool;
}

/** A run under way, what has become of its products so far, and how workers of it begin. */
async function runOf(batches: string[][], patienceSeconds = 300) {
  const redis = await redisServer();
  const settings = redisSettings(redis.port);
  const lessons = await noLessons(OPTIONS);
  const setup = {
    ...{ kind: "run", source: { kind: "mssql" }, cache: undefined, ttlSeconds: 604_800, ids: "number" },
    ...{ period: { start: 17_897, origin: 20_403 }, forecast: { ...OPTIONS, generatedAt: "", runId: "" } },
  } as unknown as RunSetup;
  const queued = Promise.withResolvers<void>();
  const observer = { queued: () => queued.resolve(), queueWaits: () => {} };
  const find = workersOf(settings, { kind: "mssql" } as never, "test", patienceSeconds, observer);
  const pool = poolOf(async () => {});
  const hands = await find({ setup, lessons, pool, workers: 4, interruption: new Interruption() });
  const done: string[] = [];
  const failed = new Map<string, string>();
  const over = hands.forecast(batches, {
    taken: () => {},
    done: (productIds) => done.push(...productIds),
    failed: (productIds, { reason }) => {
      for (const id of productIds) failed.set(id, reason);
    },
  });
  await queued.promise;
  const connection = openConnection(settings, () => {});
  const place = { connection, prefix: prefixOf(settings) };
  const runs = new Queue<QueuedRun>(RUNS, place);
  runs.on("error", () => {});
  const [run] = await runs.getJobs(["waiting-children"]);
  onTestFinished(async () => {
    await hands.close();
    connection.disconnect();
  });
  return {
    redis,
    over,
    hands,
    done,
    failed,
    worker: (compute: Run) => new Taker(run!, lessons, poolOf(compute), 4, place),
  };
}

test("one product that ends every worker is failed, its neighbours are not, and each is counted once", async () => {
  const ids = Array.from({ length: 40 }, (_, i) => `${i + 1}`);
  const { over, done, failed, worker } = await runOf([ids.slice(0, 20), ids.slice(20)]);
  let ended = 0;
  let last: Taker | undefined;
  const live = () => {
    let isDead = false;
    const taker = worker(async (productIds) => {
      if (!productIds.includes("7")) await sleep(50);
      else if (!isDead) {
        isDead = true;
        ended++;
        taker.drop().then(live);
      }
      if (isDead) await new Promise(() => {});
    });
    last = taker;
  };
  live();
  await over;
  await last!.drop();
  expect([...failed]).toEqual([["7", "3 workers ended while they forecast this product and nothing else"]]);
  expect(done.toSorted((a, b) => Number(a) - Number(b))).toEqual(ids.filter((id) => id !== "7"));
  // With twenty, with two others, beside others, and three times alone.
  expect(ended).toBe(6);
});

test("batches that a lost master of Redis took with it are handed out again", async () => {
  const { redis, over, done, worker } = await runOf([["1"], ["2"], ["3"]]);
  redis.cli("LTRIM", "{forecast:}queue:batches:wait", "1", "0");
  const lost = redis.cli("KEYS", "{forecast:}queue:batches:*-*").split("\n");
  expect(lost).toHaveLength(3);
  redis.cli("DEL", ...lost);
  const taker = worker(async () => {});
  await over;
  await taker.drop();
  expect(done.toSorted()).toEqual(["1", "2", "3"]);
});

test("a worker that is still at a batch when its run is removed leaves nothing of it in Redis", async () => {
  const { redis, over, hands, worker } = await runOf([["1"]]);
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { promise: computed, resolve: finish } = Promise.withResolvers<void>();
  const taker = worker(async () => {
    begin();
    await computed;
  });
  await begun;
  await hands.close();
  finish();
  await taker.finish();
  await over;
  expect(redis.cli("KEYS", "*outcomes*")).toBe("");
});

test("a run that no worker attends to any more fails what is left after its patience", async () => {
  const { redis, over, done, failed, worker } = await runOf([["1"], ["2"]], 2);
  const taker = worker(async ([id]) => {
    if (id === "2") await new Promise(() => {});
  });
  while (done.length === 0) await sleep(20);
  const [run] = redis.cli("ZRANGE", "{forecast:}queue:runs:waiting-children", "0", "0").split("\n");
  redis.cli("HSET", `{forecast:}queue:runs:${run}`, "progress", '{"worker":"gone","at":1}');
  await over;
  await taker.drop();
  expect([...failed.keys()]).toEqual(["2"]);
  expect(failed.get("2")).toBe(
    `no worker has taken a batch for 2 s: forecast work, version test, for mssql and the queue {forecast:}queue in Redis 127.0.0.1:${redis.port}/0, is to run somewhere (FORECAST_QUEUE_PATIENCE)`,
  );
});
