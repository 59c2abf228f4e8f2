import Tinypool from "tinypool";
import type { BatchAnswer, WorkerSetup } from "./messages.ts";

/** A batch that takes longer is given up, and its thread with it: no read, forecast or write waits that long. */
const BATCH_LIMIT_MS = 15 * 60_000;
const CLOSE_LIMIT_MS = 3000;

/** Threads that forecast batches, each with connections of its own. */
export class WorkerPool {
  readonly #pool: Tinypool;
  readonly #limitMs: number;

  constructor(setup: WorkerSetup, workers: number, limitMs = BATCH_LIMIT_MS) {
    this.#limitMs = limitMs;
    this.#pool = new Tinypool({
      filename: taskFile(),
      minThreads: workers,
      maxThreads: workers,
      workerData: setup,
      teardown: "close",
      terminateTimeout: CLOSE_LIMIT_MS,
      // A thread that waits on atomics between batches could not keep its connections alive; Deno cannot do it at all.
      useAtomics: false,
    });
  }

  async run(productIds: readonly string[]): Promise<BatchAnswer> {
    const signal = AbortSignal.timeout(this.#limitMs);
    try {
      return await this.#pool.run(productIds, { signal });
    } catch (error) {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      const reason = signal.aborted
        ? `no result after ${this.#limitMs / 1000} s`
        : `the worker thread failed: ${message}`;
      return { ok: false, reason, unavailable: false, ...(stack === undefined ? {} : { stack }) };
    }
  }

  /** Closes the threads' connections and ends the threads; a thread that does not answer is left behind. */
  async close(): Promise<void> {
    const limit = new Promise<void>((resolve) => setTimeout(resolve, 2 * CLOSE_LIMIT_MS).unref());
    await Promise.race([this.#pool.destroy(), limit]);
  }
}

function taskFile(): string {
  const compiled = import.meta.url.includes("$bunfs");
  return new URL(compiled ? "./task.js" : "../task.ts", import.meta.url).href;
}
