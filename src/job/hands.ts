import type { Lessons } from "../learning/learn.ts";
import { halves } from "../workers/batches.ts";
import { dispatch, type TaskHandler } from "../workers/dispatch.ts";
import type { Interruption } from "../workers/interruption.ts";
import type { WorkerPool } from "../workers/pool.ts";
import type { BatchResult, RunSetup, RunTask } from "./messages.ts";

/** Whoever forecasts the batches of a run: threads of its own, or workers on any machine. */
export interface Hands {
  /** Threads that have forecast so far, or will. */
  readonly threads: number;
  /**
   * Hands out batches of product ids until all are done or failed, or no more are to be handed out after an interruption.
   */
  forecast(batches: readonly string[][], told: Told): Promise<void>;
  close(): Promise<void>;
}

/** What becomes of batches, in no particular order. */
export interface Told extends Pick<TaskHandler<readonly string[], BatchResult>, "done" | "failed"> {
  /** A batch was taken after so many seconds. */
  taken(seconds: number): void;
}

export interface Work {
  readonly setup: RunSetup;
  readonly lessons: Lessons;
  /** The threads that have learned. */
  readonly pool: WorkerPool<RunSetup>;
  readonly workers: number;
  readonly interruption: Interruption;
}

export type FindHands = (work: Work) => Promise<Hands>;

/** The threads that have learned forecast as well. */
export const ownThreads: FindHands = async ({ lessons, pool, workers, interruption }) => {
  const began = performance.now();
  return {
    threads: workers,
    forecast: (batches, told) => {
      const runner = {
        run: (productIds: readonly string[]) => {
          told.taken((performance.now() - began) / 1000);
          return pool.run<RunTask, BatchResult>({ kind: "forecast", productIds, lessons });
        },
      };
      return dispatch(batches, runner, workers, interruption, { ...told, split: halves });
    },
    close: async () => {},
  };
};
