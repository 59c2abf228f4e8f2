import { setTimeout as sleep } from "node:timers/promises";
import type { Job } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import type { RedisSettings } from "../caches/redis/settings.ts";
import type { RunSetup } from "../job/messages.ts";
import type { Lessons } from "../learning/learn.ts";
import { prepareSource, type SourceSettings } from "../sources/registry.ts";
import type { Waits } from "../sources/source.ts";
import type { Interruption } from "../workers/interruption.ts";
import { WorkerPool } from "../workers/pool.ts";
import { prefixOf } from "./connection.ts";
import { decodeLessons } from "./lessons.ts";
import type { QueuedRun } from "./messages.ts";
import { Taker } from "./taker.ts";
import { LOOK_MS } from "./times.ts";

export interface WorkSettings {
  readonly source: SourceSettings;
  readonly cache: { readonly kind: "redis" } & RedisSettings;
  readonly workers: number;
  /** End when the queue is empty. */
  readonly once: boolean;
}

export interface WorkObserver {
  /** A server is waited for, or is back, in one line. */
  waits: Waits;
  /** Runs are waited for in this queue. */
  watches(queue: string): void;
  /** There is no run in it, and none is waited for. */
  findsNone(queue: string): void;
  /** Batches of the run that began then are taken from now on. */
  begins(startedAt: string): void;
  /** No more of them are taken. */
  ends(batches: number, products: number): void;
  /** The batches of a run are left to other workers. */
  leaves(reason: string): void;
}

/**
 * Takes batches of a run until it is over.
 *
 * @throws Error where what every batch needs is out of reach.
 */
export async function serve(
  run: Job<QueuedRun>,
  settings: WorkSettings,
  connection: Redis | Cluster,
  observer: WorkObserver,
  interruption: Interruption,
): Promise<void> {
  const prepared = await Promise.race([prepare(run.data, settings, connection), interruption.asked]);
  if (!prepared) return;
  const pool = new WorkerPool<RunSetup>(prepared.setup, settings.workers, observer.waits);
  const taker = new Taker(run, prepared.lessons, pool, settings.workers, {
    connection,
    prefix: prefixOf(settings.cache),
  });
  observer.begins(run.data.forecast.generatedAt);
  try {
    while (interruption.exitCode === undefined && taker.outage === undefined && (await isOpen(run, taker.name))) {
      await Promise.race([sleep(LOOK_MS), interruption.asked, taker.failed]);
    }
    // Of a run that is over nothing may be written any more.
    if (interruption.exitCode !== undefined || taker.outage) await taker.finish();
    else await taker.drop();
  } finally {
    observer.ends(taker.batches, taker.products);
    await pool.close();
  }
  if (taker.outage) throw new Error(taker.outage.reason);
}

async function prepare(
  { period, ttlSeconds, ids, forecast, lessonsKey }: QueuedRun,
  { source, cache }: WorkSettings,
  connection: Redis | Cluster,
): Promise<{ setup: RunSetup; lessons: Lessons }> {
  const bytes = await connection.getBuffer(lessonsKey);
  if (!bytes) throw new Error(`what the run has learned is gone from Redis (${lessonsKey}): evicted or deleted`);
  const { handle } = await prepareSource(source, period);
  return {
    setup: { kind: "run", source: handle, cache, period, ttlSeconds, ids, forecast },
    lessons: decodeLessons(bytes),
  };
}

/** Whether the run still waits for batches; it is told that this worker is there. */
async function isOpen(run: Job<QueuedRun>, worker: string): Promise<boolean> {
  if ((await run.getState()) !== "waiting-children") return false;
  return run.updateProgress({ worker, at: Date.now() }).then(
    () => true,
    () => false,
  );
}
