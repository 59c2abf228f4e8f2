import { CacheError } from "../caches/cache.ts";
import { parseDay } from "../history/calendar.ts";
import type { Log } from "../observe/log.ts";
import { exitCodeOf } from "./exit-code.ts";
import { LockHeldError } from "./lock.ts";
import type { RunMetadata } from "./metadata.ts";
import { ImplausibleSourceError, REFUSALS, type Refusal } from "./plausibility.ts";
import type { RunResult } from "./run.ts";

/** Where metrics go, and whose they are. */
interface MetricsPlace {
  readonly file: string;
  readonly tenant: string | undefined;
}

/**
 * Runs, and writes the metrics of how that ended, well or not. Whoever was turned away by the lock leaves the metrics to
 * the run that is under way.
 *
 * @param place nothing where no metrics are wanted.
 * @throws what the run throws.
 */
export async function withMetrics(
  place: MetricsPlace | undefined,
  version: string,
  log: Log,
  run: () => Promise<RunResult>,
): Promise<RunResult> {
  const started = performance.now();
  const measure = async (end: Omit<RunEnd, "durationSeconds" | "version">) => {
    const durationSeconds = (performance.now() - started) / 1000;
    if (place) await writeRunMetrics(place, { ...end, version, durationSeconds }, log);
  };
  let result: RunResult;
  try {
    result = await run();
  } catch (error) {
    if (!(error instanceof LockHeldError)) {
      const refusal = error instanceof ImplausibleSourceError ? error.refusal : undefined;
      await measure({ exitCode: exitCodeOf(error), cacheIsUp: !(error instanceof CacheError), refusal });
    }
    throw error;
  }
  const { exitCode, metadata, metadataProblem, recordProblem } = result;
  await measure({ exitCode, metadata, cacheIsUp: metadataProblem === undefined && recordProblem === undefined });
  return result;
}

/** How a run ended. */
interface RunEnd {
  readonly exitCode: number;
  readonly version: string;
  readonly durationSeconds: number;
  readonly cacheIsUp: boolean;
  /** Why nothing was forecast from a source that answers. */
  readonly refusal?: Refusal | undefined;
  /** Nothing of a run that could not do its work. */
  readonly metadata?: RunMetadata;
}

/** A file that cannot be written is a warning: the run's result stays what it is. */
async function writeRunMetrics({ file, tenant }: MetricsPlace, end: RunEnd, log: Log): Promise<void> {
  const { metadata, cacheIsUp, refusal } = end;
  const { total_products = 0, successful = 0, no_forecast = 0, failed = 0 } = metadata ?? {};
  try {
    const { writeMetrics } = await import("../observe/metrics.ts");
    await writeMetrics(file, {
      ...end,
      tenant,
      finishedAt: Math.round(Date.now() / 1000),
      products: { successful, no_forecast, failed, not_reached: total_products - successful - no_forecast - failed },
      sourceRefused: Object.fromEntries(REFUSALS.map((reason) => [reason, reason === refusal ? 1 : 0])),
      quietDays: quietDaysOf(metadata),
      stageSeconds: metadata?.stages ?? {},
      queueSeconds: metadata?.queue_seconds ?? 0,
      workers: metadata?.workers ?? 0,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      metadataAt: metadata && cacheIsUp ? Temporal.Instant.from(metadata.last_run).epochMilliseconds / 1000 : undefined,
      forecastAccuracy: metadata?.forecast_accuracy_estimate ?? undefined,
      intervalCoverage: metadata?.interval_coverage ?? undefined,
      lostDocuments: metadata?.lost_documents ?? 0,
      learningFailed: typeof metadata?.learning_failed === "string",
    });
  } catch (error) {
    log.warn(`the metrics file ${file} was not written: ${error instanceof Error ? error.message : error}`);
  }
}

function quietDaysOf(metadata: RunMetadata | undefined): number | undefined {
  const newest = metadata?.newest_order_line;
  return newest ? parseDay(metadata.as_of_date) - parseDay(newest) - 1 : undefined;
}
