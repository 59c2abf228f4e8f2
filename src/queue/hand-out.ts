import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { FlowProducer, type Job, Queue } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import type { RedisSettings } from "../caches/redis/settings.ts";
import type { FindHands, Hands, Told, Work } from "../job/hands.ts";
import type { BatchResult } from "../job/messages.ts";
import type { SourceSettings } from "../sources/registry.ts";
import type { Failure } from "../workers/messages.ts";
import { openConnection, prefixOf, type Waits } from "./connection.ts";
import { encodeLessons } from "./lessons.ts";
import {
  BATCHES,
  KEPT_SECONDS,
  MOST_WORKERS_LOST,
  type QueuedBatch,
  type QueuedResult,
  type QueuedRun,
  RUNS,
  sourceOf,
} from "./messages.ts";
import { isStalled, LOOK_MS, UNATTENDED_MS } from "./times.ts";

const POLL_MS = 100;
const JOBS_AT_ONCE = 100;
const TRIES = 3;
const RETRY_MS = 1000;
/** Less than what an interrupted run has for its batches. */
const LAST_BATCHES_MS = 8000;
const CLOSE_LIMIT_MS = 3000;
const WARNING_MS = 10_000;

export interface QueueObserver {
  queued(batches: number): void;
  /** In one line: nobody takes batches, or Redis is waited for, or is back. */
  queueWaits: Waits;
}

/** Whoever takes batches out of the queue of this Redis. */
export function workersOf(
  redis: RedisSettings,
  source: SourceSettings,
  version: string,
  observer: QueueObserver,
): FindHands {
  return async (work) => {
    // Threads of this process have nothing more to do.
    await work.pool.close();
    return new QueueHands(redis, sourceOf(source), version, observer, work);
  };
}

class QueueHands implements Hands {
  readonly #redis: RedisSettings;
  readonly #source: string;
  readonly #version: string;
  readonly #observer: QueueObserver;
  readonly #work: Work;
  readonly #connection: Redis | Cluster;
  readonly #runs: Queue<QueuedRun>;
  readonly #batches: Queue<QueuedBatch, QueuedResult>;
  /** Threads by worker. */
  readonly #threads = new Map<string, number>();
  #outcomesKey = "";
  /** Batches that are not done yet, by name. */
  readonly #left = new Map<string, readonly string[]>();

  constructor(redis: RedisSettings, source: string, version: string, observer: QueueObserver, work: Work) {
    this.#redis = redis;
    this.#source = source;
    this.#version = version;
    this.#observer = observer;
    this.#work = work;
    this.#connection = openConnection(redis, observer.queueWaits);
    const options = { connection: this.#connection, prefix: prefixOf(redis), skipVersionCheck: true };
    this.#runs = new Queue(RUNS, options);
    this.#batches = new Queue(BATCHES, options);
    // The connection itself tells of its errors.
    for (const queue of [this.#runs, this.#batches]) queue.on("error", () => {});
  }

  get threads(): number {
    return [...this.#threads.values()].reduce((sum, threads) => sum + threads, 0);
  }

  async forecast(batches: readonly string[][], told: Told): Promise<void> {
    const failure = await this.#forecast(batches, told).catch((error: Error): Failure => {
      return { reason: error.message, unavailable: true, ...(error.stack === undefined ? {} : { stack: error.stack }) };
    });
    if (failure) for (const productIds of this.#left.values()) told.failed(productIds, failure);
    this.#left.clear();
  }

  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, CLOSE_LIMIT_MS);
    await Promise.race([this.#clear().catch(() => {}), late]);
    clearTimeout(timer);
    this.#connection.disconnect();
  }

  /** @returns why what is left cannot be done; nothing where all is done, or an interruption keeps it from being done. */
  async #forecast(batches: readonly string[][], told: Told): Promise<Failure | undefined> {
    const run = await this.#answered(this.#handOut(batches));
    this.#observer.queued(batches.length);
    let lastSign = performance.now();
    let sign: unknown;
    let isUnattended = false;
    let looked = lastSign;
    while (this.#left.size > 0) {
      if (this.#work.interruption.exitCode !== undefined) return this.#finishActive(told);
      const { counted, outage } = await this.#answered(this.#count(told));
      if (outage) return outage;
      const now = performance.now();
      if (now - looked > LOOK_MS) {
        looked = now;
        const job = await this.#answered(this.#runs.getJob(run));
        if (!job) return outageOf("the queue is gone from Redis: flushed, deleted or evicted");
        if (job.progress !== sign) lastSign = now;
        sign = job.progress;
      }
      if (counted > 0) lastSign = now;
      if (now - lastSign > UNATTENDED_MS) return outageOf(this.#unattended(UNATTENDED_MS));
      if (now - lastSign > WARNING_MS && !isUnattended) this.#observer.queueWaits(this.#unattended(WARNING_MS));
      isUnattended = now - lastSign > WARNING_MS;
      if (counted === 0) await Promise.race([sleep(POLL_MS), this.#work.interruption.asked]);
    }
    return undefined;
  }

  /** One flow: the run, and a child a batch. What another run has left there goes first. */
  async #handOut(batches: readonly string[][]): Promise<string> {
    const isOld = await this.#clear();
    // A worker that is at a batch of another run notices by then that it is gone.
    if (isOld) await sleep(2 * LOOK_MS);
    const id = randomUUID();
    const { period, ttlSeconds, ids, forecast } = this.#work.setup;
    const lessonsKey = `${prefixOf(this.#redis)}:lessons:${id}`;
    this.#outcomesKey = `${prefixOf(this.#redis)}:outcomes:${id}`;
    const data: QueuedRun = {
      ...{ version: this.#version, source: this.#source, period, ttlSeconds, ids, forecast },
      ...{ lessonsKey, outcomesKey: this.#outcomesKey },
    };
    await this.#connection.setex(lessonsKey, KEPT_SECONDS, encodeLessons(this.#work.lessons));
    for (const [i, productIds] of batches.entries()) this.#left.set(`${id}-${i + 1}`, productIds);
    const children = Array.from(this.#left, ([jobId, productIds]) => ({
      name: "batch",
      queueName: BATCHES,
      data: { productIds } satisfies QueuedBatch,
      opts: {
        ...{ jobId, attempts: TRIES, backoff: { type: "fixed", delay: RETRY_MS } },
        ignoreDependencyOnFailure: true,
      },
    }));
    const flow = new FlowProducer({
      connection: this.#connection,
      prefix: prefixOf(this.#redis),
      skipVersionCheck: true,
    });
    flow.on("error", () => {});
    await flow.add({ name: "run", queueName: RUNS, data, opts: { jobId: id }, children });
    return id;
  }

  /** Counts batches that have ended, each once, and removes them. */
  async #count(told: Told): Promise<{ counted: number; outage?: Failure }> {
    const jobs = await this.#batches.getJobs(["completed", "failed"], 0, JOBS_AT_ONCE - 1);
    if (jobs.length === 0) return { counted: 0 };
    const names = jobs.map(({ id }) => id!);
    const texts = await this.#connection.hmget(this.#outcomesKey, ...names);
    let outage: Failure | undefined;
    for (const [i, job] of jobs.entries()) outage ??= this.#countOne(job, texts[i] ?? undefined, told);
    await Promise.all([this.#connection.hdel(this.#outcomesKey, ...names), ...jobs.map((job) => job.remove())]);
    return { counted: jobs.length, ...(outage && { outage }) };
  }

  #countOne(job: Job<QueuedBatch, QueuedResult>, outcomes: string | undefined, told: Told): Failure | undefined {
    const { id, failedReason, returnvalue, timestamp, processedOn = timestamp } = job;
    const productIds = this.#left.get(id!);
    if (!productIds) return undefined;
    if (outcomes !== undefined && !failedReason) {
      this.#threads.set(returnvalue.worker, returnvalue.threads);
      told.taken(Math.max(0, processedOn - timestamp) / 1000);
      told.done(productIds, JSON.parse(outcomes) as BatchResult);
    } else if (isStalled(failedReason)) {
      const reason = `${MOST_WORKERS_LOST} workers ended while they forecast the batch of this product`;
      told.failed(productIds, { reason, unavailable: false });
    } else {
      return outageOf(failedReason || "what became of a batch is gone from Redis");
    }
    this.#left.delete(id!);
    return undefined;
  }

  /** What workers are at is waited for, and nothing more is handed out. */
  async #finishActive(told: Told): Promise<undefined> {
    const until = performance.now() + LAST_BATCHES_MS;
    await this.#batches.pause();
    while (performance.now() < until) {
      const active = await this.#batches.getActiveCount();
      await this.#count(told);
      if (active === 0) return;
      await sleep(POLL_MS);
    }
  }

  /** @returns whether there was anything. */
  async #clear(): Promise<boolean> {
    const runs = await this.#runs.getJobs();
    for (const { data } of runs) await this.#connection.del(data.lessonsKey, data.outcomesKey);
    for (const queue of [this.#batches, this.#runs]) await queue.obliterate({ force: true });
    return runs.length > 0;
  }

  /** @throws Error when Redis is away for longer than it is waited for. */
  async #answered<Result>(asked: Promise<Result>): Promise<Result> {
    const { host, port, patienceSeconds } = this.#redis;
    const { promise: silence, reject } = Promise.withResolvers<never>();
    const seconds = Math.max(10, patienceSeconds);
    const timer = setTimeout(() => {
      reject(new Error(`the queue in Redis ${host}:${port}: no answer for ${seconds} s (REDIS_PATIENCE)`));
    }, seconds * 1000);
    asked.catch(() => {});
    return Promise.race([asked, silence]).finally(() => clearTimeout(timer));
  }

  #unattended(ms: number): string {
    return `no worker has taken a batch for ${ms / 1000} s: forecast work, version ${this.#version}, for ${this.#source} is to run somewhere`;
  }
}

function outageOf(reason: string): Failure {
  return { reason, unavailable: true };
}
