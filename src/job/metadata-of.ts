import { SCHEMA_VERSION } from "../forecast/document.ts";
import { type Day, formatDay } from "../history/calendar.ts";
import type { RunMetadata } from "./metadata.ts";
import { now } from "./now.ts";
import type { Tally } from "./tally.ts";

/** What is known of a run beside what it has counted. */
interface RunFacts {
  /** UTC. */
  readonly startedAt: string;
  readonly runId: string;
  readonly origin: Day;
  readonly elapsedMs: number;
  readonly interrupted: boolean;
  readonly partial: boolean;
  readonly version: string;
}

/** The metadata of a run that has come to its end; nothing is wrong with it yet but products. */
export function metadataOf(tally: Tally, run: RunFacts): RunMetadata {
  return {
    last_run: run.startedAt,
    as_of_date: formatDay(run.origin),
    total_products: tally.products,
    successful: tally.counts.successful,
    failed: tally.counts.failed,
    no_forecast: tally.counts.no_forecast,
    elapsed_seconds: Math.round(run.elapsedMs) / 1000,
    finished_at: now(),
    interrupted: run.interrupted,
    partial: run.partial,
    version: run.version,
    workers: tally.workers,
    stages: tally.stages,
    queue_seconds: tally.queueSeconds,
    forecast_accuracy_estimate: tally.accuracy,
    interval_coverage: tally.coverage,
    learned: tally.hasLearned,
    learning_failed: tally.learningFailure ?? null,
    newest_order_line: tally.newestDay === undefined ? null : formatDay(tally.newestDay),
    lost_documents: tally.lost,
    problem: null,
    no_forecast_products: tally.withoutForecast,
    schema_version: SCHEMA_VERSION,
    run_id: run.runId,
  };
}
