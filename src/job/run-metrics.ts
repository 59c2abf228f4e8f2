import type { RunMetadata } from "../job/metadata.ts";
import type { Log } from "../observe/log.ts";
import { writeMetrics } from "../observe/metrics.ts";
import { VERSION } from "../version.ts";

/** How a run ended. */
export interface RunEnd {
  readonly exitCode: number;
  readonly durationSeconds: number;
  readonly cacheIsUp: boolean;
  /** Nothing of a run that could not do its work. */
  readonly metadata?: RunMetadata;
}

/** Writes the metrics of a run. A file that cannot be written is a warning: the run's result stays what it is. */
export async function writeRunMetrics(file: string, end: RunEnd, log: Log): Promise<void> {
  const { metadata, cacheIsUp } = end;
  const { total_products = 0, successful = 0, no_forecast = 0, failed = 0 } = metadata ?? {};
  try {
    await writeMetrics(file, {
      ...end,
      version: VERSION,
      finishedAt: Math.round(Date.now() / 1000),
      products: { successful, no_forecast, failed, not_reached: total_products - successful - no_forecast - failed },
      stageSeconds: metadata?.stages ?? {},
      queueSeconds: metadata?.queue_seconds ?? 0,
      workers: metadata?.workers ?? 0,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
      metadataAt: metadata && cacheIsUp ? Temporal.Instant.from(metadata.last_run).epochMilliseconds / 1000 : undefined,
      forecastAccuracy: metadata?.forecast_accuracy_estimate ?? undefined,
      intervalCoverage: metadata?.interval_coverage ?? undefined,
    });
  } catch (error) {
    log.warn(`the metrics file ${file} was not written: ${error instanceof Error ? error.message : error}`);
  }
}
