import { type Cache, INDEX_KEY, METADATA_KEY, PARTIAL_METADATA_KEY } from "../caches/cache.ts";
import { serializeIndex } from "../forecast/product-index.ts";
import type { RunSettings } from "../settings/run.ts";
import type { StageSeconds } from "./stages.ts";

/** What is kept of the last run of all products, and of the last one of some; the first seven keys are what existing readers rely on. */
export interface RunMetadata {
  /** Start of the run, UTC. */
  readonly last_run: string;
  readonly as_of_date: string;
  readonly total_products: number;
  readonly successful: number;
  readonly failed: number;
  readonly no_forecast: number;
  readonly elapsed_seconds: number;
  /** UTC. */
  readonly finished_at: string;
  readonly interrupted: boolean;
  /** True when the run was told to leave products out, by --limit or --product. */
  readonly partial: boolean;
  readonly version: string;
  readonly workers: number;
  /** Seconds by stage: the run's own, then those of all worker threads together. */
  readonly stages: StageSeconds;
  /** Seconds until a worker thread took a batch, mean over batches. */
  readonly queue_seconds: number;
  /** Median over products; null where no product has one. */
  readonly forecast_accuracy_estimate: number | null;
  /** Share of the weeks after past origins that lay within their interval; null where nothing was learned. */
  readonly interval_coverage: number | null;
  /** Whether the run learned across products. */
  readonly learned: boolean;
  /** Why it did not; null where it did, or where there is too little to learn from. */
  readonly learning_failed: string | null;
  /** Day of the newest order line of all products that can be forecast; null where the run did not come so far. */
  readonly newest_order_line: string | null;
  /** Documents that were written and were not there when they were counted: made again, those that stayed away failed. */
  readonly lost_documents: number;
  /** What else went wrong than products; null where nothing did. */
  readonly problem: string | null;
  readonly no_forecast_products: readonly ProductWithoutForecast[];
  readonly schema_version: number;
  /** Of the run, as in its documents and its index. */
  readonly run_id: string;
}

export interface ProductWithoutForecast {
  readonly product_id: string;
  /** Why nothing honest can be said of its demand. */
  readonly reason: string;
}

/**
 * Writes what is kept of a run; a run that was told to leave products out does not replace one of all products.
 *
 * @param index of the run's products; nothing where that of an earlier run is to stay.
 * @returns nothing, or why it was not written: the run's work is done all the same.
 */
export async function writeMetadata(
  cache: Cache,
  metadata: RunMetadata,
  ttlSeconds: number,
  index?: string,
): Promise<string | undefined> {
  const key = metadata.partial ? PARTIAL_METADATA_KEY : METADATA_KEY;
  try {
    const [metadataRefusal, indexRefusal] = await cache.write(
      [{ key, value: JSON.stringify(metadata) }, ...(index === undefined ? [] : [{ key: INDEX_KEY, value: index }])],
      ttlSeconds,
    );
    return metadataRefusal ?? (indexRefusal && `${cache.fullKey(INDEX_KEY)}: ${indexRefusal}`);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The index of a run's products, as text; `entries` are in the order of their ids. */
export function indexOf(
  { last_run, as_of_date, version, run_id }: RunMetadata,
  { horizon, level, weekStart }: Pick<RunSettings, "horizon" | "level" | "weekStart">,
  entries: readonly string[],
): string {
  const head = { last_run, as_of_date, forecast_weeks: horizon, interval_level: level, version };
  return serializeIndex(head, entries, { run_id, ...(weekStart && { week_starts_on: weekStart }) });
}

/** @returns nothing where no run has left any under the key, or it has expired. */
export async function readMetadata(cache: Cache, key = METADATA_KEY): Promise<RunMetadata | undefined> {
  const text = await cache.read(key);
  if (text === undefined) return undefined;
  try {
    const metadata = JSON.parse(text);
    if (typeof metadata.last_run === "string" && typeof metadata.total_products === "number") return metadata;
  } catch {
    // Reported below like any other text that is no metadata.
  }
  throw new Error(`${cache.fullKey(key)} does not hold a run's metadata`);
}
