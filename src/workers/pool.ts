import Tinypool from "tinypool";
import { hearThreads } from "./calls.ts";
import { type Answer, failureOf } from "./messages.ts";
import { checkRoom, tooFewThreads } from "./room.ts";

/** A task that takes longer is given up, and its thread with it: no read, forecast or write waits that long. */
const TASK_LIMIT_MS = 15 * 60_000;
const CLOSE_LIMIT_MS = 6000;

/**
 * Threads that run `task.ts`, each with connections of its own.
 *
 * @typeParam Setup is given to each thread when it starts; it tells what the tasks are.
 */
export class WorkerPool<Setup> {
  readonly #pool: Tinypool;
  readonly #stopHearing: () => void;

  /**
   * @param heard is told what threads say beside results.
   * @throws Error of one line where threads cannot be started.
   */
  constructor(setup: Setup, workers: number, heard: (words: string) => void = () => {}) {
    checkRoom(workers);
    this.#stopHearing = hearThreads(heard);
    try {
      this.#pool = WorkerPool.#started(setup, workers);
    } catch (error) {
      this.#stopHearing();
      throw new Error(tooFewThreads(error instanceof Error ? error.message : String(error), workers), { cause: error });
    }
  }

  static #started(setup: unknown, workers: number): Tinypool {
    return new Tinypool({
      filename: taskFile(),
      minThreads: workers,
      maxThreads: workers,
      workerData: setup,
      // Without a limit of tinypool's, which would fail the run for a thread that ends late on a busy machine.
      teardown: "close",
      // A thread that waits on atomics between tasks could not keep its connections alive; Deno cannot do it at all.
      useAtomics: false,
    });
  }

  async run<Task, Result>(task: Task): Promise<Answer<Result>> {
    const signal = AbortSignal.timeout(TASK_LIMIT_MS);
    try {
      return await this.#pool.run(task, { signal });
    } catch (error) {
      const failure = failureOf(error, false);
      const reason = signal.aborted
        ? `no result after ${TASK_LIMIT_MS / 1000} s`
        : `the worker thread failed: ${failure.reason}`;
      return { ok: false, ...failure, reason };
    }
  }

  /** Closes the threads' connections and ends the threads; a thread that does not answer is left behind. */
  async close(): Promise<void> {
    const limit = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref());
    await Promise.race([this.#pool.destroy(), limit]);
    this.#stopHearing();
  }
}

function taskFile(): string {
  const compiled = import.meta.url.includes("$bunfs");
  return new URL(compiled ? "./task.js" : "../task.ts", import.meta.url).href;
}
