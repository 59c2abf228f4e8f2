import type { RunSetup } from "../job/messages.ts";
import type { SourceSettings } from "../sources/registry.ts";

/** The queue in which a run waits for its batches, and the queue of the batches of all workers. */
export const RUNS = "runs";
export const BATCHES = "batches";

/** Where the outcomes of a run's batches are kept until the run has counted them, and how long at most. */
export const KEPT_SECONDS = 86_400;

/** What a run says to workers, none of which is told a password: each has settings of its own. */
export interface QueuedRun extends Pick<RunSetup, "period" | "ttlSeconds" | "ids" | "forecast"> {
  readonly version: string;
  /** As `sourceOf` tells it. */
  readonly source: string;
  /** Keys of what the run has learned, and of a hash of outcomes by the batches' names. */
  readonly lessonsKey: string;
  readonly outcomesKey: string;
}

export interface QueuedBatch {
  readonly productIds: readonly string[];
  /** A worker is to compute nothing else meanwhile, so that its end says something of this product. */
  readonly isAlone?: boolean;
}

/** How far such a batch has come: a worker computes it, and nothing else. */
export const ALONE = "alone";

/** What became of a batch; its products' outcomes are among those of the run. */
export interface QueuedResult {
  readonly worker: string;
  /** Threads that this worker has. */
  readonly threads: number;
  readonly successful: number;
  readonly noForecast: number;
  readonly failed: number;
}

/** What all machines call a source the same: a file may lie elsewhere, and a server have another name. */
export function sourceOf(settings: SourceSettings): string {
  return "database" in settings ? `${settings.kind}:${settings.database}` : settings.kind;
}
