import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type Job, WaitingError, Worker } from "bullmq";
import type { Cluster, Redis } from "ioredis";
import type { BatchResult, ProductOutcome, RunSetup, RunTask } from "../job/messages.ts";
import { STAGES } from "../job/stages.ts";
import type { Lessons } from "../learning/learn.ts";
import { halves } from "../workers/batches.ts";
import { dispatch } from "../workers/dispatch.ts";
import { Interruption } from "../workers/interruption.ts";
import type { Failure } from "../workers/messages.ts";
import type { WorkerPool } from "../workers/pool.ts";
import { ALONE, BATCHES, KEPT_SECONDS, type QueuedBatch, type QueuedResult, type QueuedRun } from "./messages.ts";
import { LOCK_MS, STALLED_MS } from "./times.ts";

const LAST_BATCHES_MS = 10_000;
const RETRY_MS = 1000;
const FORGOTTEN_SECONDS = 5;

/** Where the queue is. */
interface QueuePlace {
  readonly connection: Redis | Cluster;
  /** Before each of its keys. */
  readonly prefix: string;
}

/** Takes batches of one run, as many at once as there are threads, which compute: this thread holds on to the batches. */
export class Taker {
  readonly name = `${hostname()}:${process.pid}`;
  /** Done by this worker. */
  batches = 0;
  products = 0;
  /** What every batch needs and is out of reach. */
  outage: Failure | undefined;
  readonly #run: Job<QueuedRun>;
  readonly #lessons: Lessons;
  readonly #pool: WorkerPool<RunSetup>;
  readonly #threads: number;
  readonly #place: QueuePlace;
  readonly #worker: Worker<QueuedBatch, QueuedResult>;
  /** Batches under way, with what holds each. */
  readonly #active = new Map<Job<QueuedBatch>, string>();
  readonly #failed = Promise.withResolvers<void>();
  /** Batches that are computed or wait for their turn, and the last one that is to be computed alone. */
  readonly #turns = new Set<Promise<unknown>>();
  #lastAlone: Promise<unknown> | undefined;
  #isOver = false;

  constructor(run: Job<QueuedRun>, lessons: Lessons, pool: WorkerPool<RunSetup>, threads: number, place: QueuePlace) {
    this.#run = run;
    this.#lessons = lessons;
    this.#pool = pool;
    this.#threads = threads;
    this.#place = place;
    this.#worker = new Worker(BATCHES, (job, token) => this.#take(job, token!), {
      ...{ ...place, skipVersionCheck: true, name: this.name, concurrency: threads },
      ...{ lockDuration: LOCK_MS, stalledInterval: STALLED_MS, maxStalledCount: 0 },
      runRetryDelay: RETRY_MS,
    });
    // Such as a batch that another worker has taken over by now.
    this.#worker.on("error", () => {});
  }

  /** Settles with an outage. */
  get failed(): Promise<void> {
    return this.#failed.promise;
  }

  /** Takes no more; batches under way have ten seconds to finish, and are given back then. */
  async finish(): Promise<void> {
    await Promise.race([this.#worker.close(), sleep(LAST_BATCHES_MS)]);
    this.#isOver = true;
    for (const [job, token] of this.#active) await job.moveToWait(token).catch(() => {});
  }

  /** Takes no more; what is under way is of no use to anybody. */
  async drop(): Promise<void> {
    this.#isOver = true;
    await this.#worker.close(true);
    // The run has removed it, and looking for batches makes it anew.
    const { connection, prefix } = this.#place;
    await connection.expire(`${prefix}:${BATCHES}:meta`, FORGOTTEN_SECONDS);
  }

  async #take(job: Job<QueuedBatch, QueuedResult>, token: string): Promise<QueuedResult> {
    if (this.#isOver || job.parent?.id !== this.#run.id) {
      await job.moveToWait(token);
      throw new WaitingError();
    }
    this.#active.set(job, token);
    try {
      const result = await this.#inTurn(job);
      if (this.#isOver) throw new Error("too late");
      await this.#keep(job.id!, result);
      this.batches++;
      this.products += result.outcomes.length;
      return { worker: this.name, threads: this.#threads, ...countsOf(result) };
    } finally {
      this.#active.delete(job);
    }
  }

  /** @throws Error of a run that is gone: where it is there, whoever removes it removes what is kept here after it. */
  async #keep(name: string, result: BatchResult): Promise<void> {
    const { outcomesKey } = this.#run.data;
    const { connection } = this.#place;
    const answers = await connection
      .multi()
      .hset(outcomesKey, name, JSON.stringify(result))
      .expire(outcomesKey, KEPT_SECONDS)
      .exists(`${this.#run.queueQualifiedName}:${this.#run.id}`)
      .exec();
    if (answers?.at(-1)?.[1] === 1) return;
    await connection.del(outcomesKey);
    throw new Error("too late");
  }

  /** Computes a batch after one that is to be computed alone, and such a one after all that came before. */
  #inTurn(job: Job<QueuedBatch, QueuedResult>): Promise<BatchResult> {
    const { productIds, isAlone } = job.data;
    const turn = Promise.allSettled(isAlone ? [...this.#turns] : [this.#lastAlone]).then(async () => {
      if (isAlone) await job.updateProgress(ALONE);
      return this.#forecast(productIds);
    });
    this.#turns.add(turn);
    if (isAlone) this.#lastAlone = turn;
    return turn.finally(() => this.#turns.delete(turn));
  }

  /** @throws Error where what every batch needs is out of reach: another worker may do better. */
  async #forecast(productIds: readonly string[]): Promise<BatchResult> {
    const outcomes: ProductOutcome[] = [];
    const parts: BatchResult[] = [];
    const runner = {
      run: (ids: readonly string[]) =>
        this.#pool.run<RunTask, BatchResult>({ kind: "forecast", productIds: ids, lessons: this.#lessons }),
    };
    // A batch that has been begun is done whole, or not at all.
    await dispatch([productIds], runner, 1, new Interruption(), {
      split: halves,
      done: (_ids, part) => parts.push(part),
      failed: (ids, failure) => {
        if (failure.unavailable) this.#fail(failure);
        const { reason, stack } = failure;
        for (const productId of ids) outcomes.push({ productId, status: "failed", reason, ...(stack && { stack }) });
      },
    });
    if (this.outage) throw new Error(this.outage.reason);
    const seconds = STAGES.map((stage) => [stage, parts.reduce((sum, { stages }) => sum + (stages[stage] ?? 0), 0)]);
    return { outcomes: [...parts.flatMap((part) => part.outcomes), ...outcomes], stages: Object.fromEntries(seconds) };
  }

  #fail(failure: Failure): void {
    this.outage ??= failure;
    this.#failed.resolve();
  }
}

function countsOf({ outcomes }: BatchResult) {
  const counted = (status: ProductOutcome["status"]) => outcomes.filter((outcome) => outcome.status === status).length;
  return { successful: counted("successful"), noForecast: counted("no_forecast"), failed: counted("failed") };
}
