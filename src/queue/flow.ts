import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { FlowProducer, type Job, Queue } from "bullmq";
import type { RedisSettings } from "../caches/redis/settings.ts";
import { openConnection, prefixOf, type Waits } from "./connection.ts";
import { BATCHES, KEPT_SECONDS, type QueuedBatch, type QueuedResult, type QueuedRun, RUNS } from "./messages.ts";
import type { HandedBatch } from "./retries.ts";
import { LOOK_MS } from "./times.ts";

const JOBS_AT_ONCE = 100;
const TRIES = 3;
const RETRY_MS = 1000;

/** A batch that workers are done with, one way or the other. */
export interface EndedBatch {
  readonly job: Job<QueuedBatch, QueuedResult>;
  /** As JSON text; nothing where it failed. */
  readonly outcomes: string | undefined;
}

/** A run and its batches in Redis: one flow of BullMQ, a child a batch. */
export class Flow {
  /** Batches that are not done yet, by name. */
  readonly left = new Map<string, HandedBatch>();
  readonly #prefix: string;
  readonly #connection: ReturnType<typeof openConnection>;
  readonly #runs: Queue<QueuedRun>;
  readonly #batches: Queue<QueuedBatch, QueuedResult>;
  readonly #flows: FlowProducer;
  #id = "";
  #names = 0;

  constructor(redis: RedisSettings, waits: Waits) {
    this.#prefix = prefixOf(redis);
    this.#connection = openConnection(redis, waits);
    const options = { connection: this.#connection, prefix: this.#prefix, skipVersionCheck: true };
    this.#runs = new Queue(RUNS, options);
    this.#batches = new Queue(BATCHES, options);
    this.#flows = new FlowProducer(options);
    // The connection itself tells of its errors.
    for (const queue of [this.#runs, this.#batches]) queue.on("error", () => {});
    this.#flows.on("error", () => {});
  }

  /** Puts a run and its batches there, and what it has learned, once what another run has left there is gone. */
  async open(run: Omit<QueuedRun, "lessonsKey" | "outcomesKey">, lessons: Buffer, batches: readonly string[][]) {
    this.#id = randomUUID();
    // Before Redis is asked for anything, so that all products are counted as failed where it refuses.
    const named = batches.map((productIds) => this.#name({ productIds, lost: 0 }));
    // A worker that is at a batch of another run notices by then that it is gone.
    if (await this.clear()) await sleep(2 * LOOK_MS);
    const lessonsKey = `${this.#prefix}:lessons:${this.#id}`;
    const data = { ...run, lessonsKey, outcomesKey: this.#outcomesKey };
    await this.#connection.setex(lessonsKey, KEPT_SECONDS, lessons);
    const children = named.map((one) => ({ ...jobOf(one), queueName: BATCHES }));
    await this.#flows.add({ name: "run", queueName: RUNS, data, opts: { jobId: this.#id }, children });
  }

  /** What the last worker has said of itself. @returns nothing where the run is not there any more. */
  async sign(): Promise<string | undefined> {
    const run = await this.#runs.getJob(this.#id);
    return run && JSON.stringify(run.progress);
  }

  /** Batches that have ended since they were removed last, some at once. */
  async ended(): Promise<EndedBatch[]> {
    const jobs = await this.#batches.getJobs(["completed", "failed"], 0, JOBS_AT_ONCE - 1);
    if (jobs.length === 0) return [];
    const texts = await this.#connection.hmget(this.#outcomesKey, ...jobs.map(({ id }) => id!));
    return jobs.map((job, i) => ({ job, outcomes: texts[i] ?? undefined }));
  }

  /** Puts batches in the place of some that have ended. */
  async replace(ended: readonly EndedBatch[], batches: readonly HandedBatch[]): Promise<void> {
    // As long as a child that failed is there its flow is open, so that the new ones come first.
    await this.#add(batches.map((batch) => this.#name(batch)));
    const names = ended.map(({ job }) => job.id!);
    await Promise.all([this.#connection.hdel(this.#outcomesKey, ...names), ...ended.map(({ job }) => job.remove())]);
  }

  /** Puts there again what is gone: what a master of Redis had not told its replica when it was lost. */
  async mend(): Promise<void> {
    if ((await this.#batches.getJobCountByTypes()) < this.left.size) await this.#add([...this.left]);
  }

  /** Lets workers take no more. */
  pause(): Promise<void> {
    return this.#batches.pause();
  }

  /** How many batches workers are at. */
  active(): Promise<number> {
    return this.#batches.getActiveCount();
  }

  /** @returns whether there was anything. */
  async clear(): Promise<boolean> {
    const runs = await this.#runs.getJobs();
    for (const { data } of runs) await this.#connection.del(data.lessonsKey);
    for (const queue of [this.#batches, this.#runs]) await queue.obliterate({ force: true });
    // At last, since workers keep outcomes as long as the run is there.
    for (const { data } of runs) await this.#connection.del(data.outcomesKey);
    return runs.length > 0;
  }

  disconnect(): void {
    this.#connection.disconnect();
  }

  get #outcomesKey(): string {
    return `${this.#prefix}:outcomes:${this.#id}`;
  }

  #name(batch: HandedBatch): [name: string, batch: HandedBatch] {
    const name = `${this.#id}-${++this.#names}`;
    this.left.set(name, batch);
    return [name, batch];
  }

  /** Batches that are there already stay as they are. */
  async #add(named: readonly [name: string, batch: HandedBatch][]): Promise<void> {
    const parent = { id: this.#id, queue: this.#runs.qualifiedName };
    const jobs = named.map(jobOf);
    if (jobs.length > 0) await this.#batches.addBulk(jobs.map((job) => ({ ...job, opts: { ...job.opts, parent } })));
  }
}

function jobOf([jobId, { lost, ...data }]: readonly [name: string, batch: HandedBatch]) {
  return { name: "batch", data, opts: { jobId, attempts: TRIES, backoff: { type: "fixed", delay: RETRY_MS } } };
}
