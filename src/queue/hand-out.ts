import { setTimeout as sleep } from "node:timers/promises";
import type { RedisSettings } from "../caches/redis/settings.ts";
import type { FindHands, Hands, Told, Work } from "../job/hands.ts";
import type { BatchResult } from "../job/messages.ts";
import type { SourceSettings } from "../sources/registry.ts";
import type { Failure } from "../workers/messages.ts";
import { placeOf, queueError, type Waits } from "./connection.ts";
import { type EndedBatch, Flow } from "./flow.ts";
import { encodeLessons } from "./lessons.ts";
import { ALONE, sourceOf } from "./messages.ts";
import { type HandedBatch, MOST_WORKERS_LOST, retries } from "./retries.ts";
import { isStalled, LOOK_MS } from "./times.ts";

const POLL_MS = 100;
/** Less than what an interrupted run has for its batches. */
const LAST_BATCHES_MS = 8000;
/** What is left in the queue is removed within it, also by a Redis whose disk is slow; a service has 30 seconds to end in all. */
const CLOSE_LIMIT_MS = 10_000;
const WARNING_MS = 10_000;

export interface QueueObserver {
  queued(batches: number): void;
  /** In one line: nobody takes batches, or Redis is waited for, or is back. */
  queueWaits: Waits;
}

/**
 * Whoever takes batches out of the queue of this Redis.
 *
 * @param patienceSeconds a run that no worker attends to for so long fails.
 */
export function workersOf(
  redis: RedisSettings,
  source: SourceSettings,
  version: string,
  patienceSeconds: number,
  observer: QueueObserver,
): FindHands {
  return async (work) => {
    // Threads of this process have nothing more to do.
    await work.pool.close();
    return new QueueHands(redis, sourceOf(source), version, patienceSeconds, observer, work);
  };
}

class QueueHands implements Hands {
  readonly #redis: RedisSettings;
  readonly #source: string;
  readonly #version: string;
  readonly #patienceMs: number;
  readonly #observer: QueueObserver;
  readonly #work: Work;
  readonly #flow: Flow;
  /** Threads by worker. */
  readonly #threads = new Map<string, number>();

  constructor(
    redis: RedisSettings,
    source: string,
    version: string,
    patienceSeconds: number,
    observer: QueueObserver,
    work: Work,
  ) {
    this.#redis = redis;
    this.#source = source;
    this.#version = version;
    this.#patienceMs = 1000 * patienceSeconds;
    this.#observer = observer;
    this.#work = work;
    this.#flow = new Flow(redis, observer.queueWaits);
  }

  get threads(): number {
    return [...this.#threads.values()].reduce((sum, threads) => sum + threads, 0);
  }

  async forecast(batches: readonly string[][], told: Told): Promise<void> {
    const failure = await this.#forecast(batches, told).catch((error: Error): Failure => {
      const { message: reason, stack } = queueError(error, this.#redis);
      return { reason, unavailable: true, ...(stack === undefined ? {} : { stack }) };
    });
    if (failure) for (const { productIds } of this.#flow.left.values()) told.failed(productIds, failure);
    this.#flow.left.clear();
  }

  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, CLOSE_LIMIT_MS);
    await Promise.race([this.#flow.clear().catch(() => {}), late]);
    clearTimeout(timer);
    this.#flow.disconnect();
  }

  /** @returns why what is left cannot be done; nothing where all is done, or an interruption keeps it from being done. */
  async #forecast(batches: readonly string[][], told: Told): Promise<Failure | undefined> {
    await this.#answered(this.#handOut(batches));
    this.#observer.queued(batches.length);
    let lastSign = performance.now();
    let sign: string | undefined;
    let isUnattended = false;
    let looked = lastSign;
    while (this.#flow.left.size > 0) {
      if (this.#work.interruption.exitCode !== undefined) return this.#finishActive(told);
      const { counted, outage } = await this.#answered(this.#count(told));
      if (outage) return outage;
      const now = performance.now();
      if (now - looked > LOOK_MS) {
        looked = now;
        const newest = await this.#answered(this.#flow.sign());
        if (newest === undefined) return outageOf("the queue is gone from Redis: flushed, deleted or evicted");
        if (newest !== sign) lastSign = now;
        sign = newest;
        await this.#answered(this.#flow.mend());
      }
      if (counted > 0) lastSign = now;
      if (now - lastSign > this.#patienceMs) {
        return outageOf(`${this.#unattended(this.#patienceMs)} (FORECAST_QUEUE_PATIENCE)`);
      }
      if (now - lastSign > WARNING_MS && !isUnattended) this.#observer.queueWaits(this.#unattended(WARNING_MS));
      isUnattended = now - lastSign > WARNING_MS;
      if (counted === 0) await Promise.race([sleep(POLL_MS), this.#work.interruption.asked]);
    }
    return undefined;
  }

  #handOut(batches: readonly string[][]): Promise<void> {
    const { period, ttlSeconds, ids, forecast } = this.#work.setup;
    const run = { version: this.#version, source: this.#source, period, ttlSeconds, ids, forecast };
    return this.#flow.open(run, encodeLessons(this.#work.lessons), batches);
  }

  /** Counts batches that have ended, each once, and removes them. */
  async #count(told: Told): Promise<{ counted: number; outage?: Failure }> {
    const ended = await this.#flow.ended();
    if (ended.length === 0) return { counted: 0 };
    let outage: Failure | undefined;
    const again: HandedBatch[] = [];
    for (const one of ended) outage ??= this.#countOne(one, told, again);
    await this.#flow.replace(ended, again);
    return { counted: ended.length, ...(outage && { outage }) };
  }

  /** @param again is given what takes the place of a batch whose worker has ended. */
  #countOne({ job, outcomes }: EndedBatch, told: Told, again: HandedBatch[]): Failure | undefined {
    const { failedReason, returnvalue, timestamp, processedOn = timestamp } = job;
    const name = job.id!;
    const batch = this.#flow.left.get(name);
    if (!batch) return undefined;
    if (outcomes !== undefined && !failedReason) {
      this.#threads.set(returnvalue.worker, returnvalue.threads);
      told.taken(Math.max(0, processedOn - timestamp) / 1000);
      told.done(batch.productIds, JSON.parse(outcomes) as BatchResult);
    } else if (isStalled(failedReason)) {
      const parts = retries(batch, job.progress === ALONE);
      again.push(...parts);
      const reason = `${MOST_WORKERS_LOST} workers ended while they forecast this product and nothing else`;
      if (parts.length === 0) told.failed(batch.productIds, { reason, unavailable: false });
    } else {
      return outageOf(failedReason || "what became of a batch is gone from Redis");
    }
    this.#flow.left.delete(name);
    return undefined;
  }

  /** What workers are at is waited for, and nothing more is handed out. */
  async #finishActive(told: Told): Promise<undefined> {
    const until = performance.now() + LAST_BATCHES_MS;
    await this.#flow.pause();
    while (performance.now() < until) {
      const active = await this.#flow.active();
      await this.#count(told);
      if (active === 0) return;
      await sleep(POLL_MS);
    }
  }

  /** @throws Error when Redis is away for longer than it is waited for. */
  async #answered<Result>(asked: Promise<Result>): Promise<Result> {
    const { promise: silence, reject } = Promise.withResolvers<never>();
    const seconds = Math.max(10, this.#redis.patienceSeconds);
    const timer = setTimeout(() => {
      reject(new Error(`${placeOf(this.#redis)}: no answer for ${seconds} s (REDIS_PATIENCE)`));
    }, seconds * 1000);
    asked.catch(() => {});
    return Promise.race([asked, silence]).finally(() => clearTimeout(timer));
  }

  #unattended(ms: number): string {
    const work = `forecast work, version ${this.#version}, for ${this.#source} and ${placeOf(this.#redis)}`;
    return `no worker has taken a batch for ${ms / 1000} s: ${work}, is to run somewhere`;
  }
}

function outageOf(reason: string): Failure {
  return { reason, unavailable: true };
}
