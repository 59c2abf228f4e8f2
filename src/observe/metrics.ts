import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import client from "prom-client";
import { writeWhole } from "./whole-file.ts";

/** What is told of one run. Times are seconds, timestamps seconds since 1970. */
export interface RunMeasures {
  readonly exitCode: number;
  /** Whose run it is, where one machine has those of several. */
  readonly tenant?: string | undefined;
  readonly version: string;
  readonly finishedAt: number;
  readonly durationSeconds: number;
  /** How many products came to each status; all 0 in a run that failed before it knew its products. */
  readonly products: Readonly<Record<"successful" | "no_forecast" | "failed" | "not_reached", number>>;
  /** 1 at the reason for which nothing was forecast from a source that answers, 0 at the others. */
  readonly sourceRefused: Readonly<Record<string, number>>;
  /** Days before the origin without any order line; nothing of a run that did not come so far. */
  readonly quietDays: number | undefined;
  readonly stageSeconds: Readonly<Record<string, number>>;
  /** The time until a worker thread took a batch, as the mean over batches. */
  readonly queueSeconds: number;
  readonly workers: number;
  readonly peakMemoryBytes: number;
  readonly cacheIsUp: boolean;
  /** Start of the run, once its metadata is in the cache. */
  readonly metadataAt: number | undefined;
  /** The accuracy that forecasts state, as the median over products; nothing where no product has one. */
  readonly forecastAccuracy: number | undefined;
  /** The share of past weeks that lay within their interval; nothing of a run that learned nothing. */
  readonly intervalCoverage: number | undefined;
  /** Whether something kept the run from learning across products, so that its forecasts are worse. */
  readonly learningFailed: boolean;
  /** Documents that were written and were not in the cache when they were counted. */
  readonly lostDocuments: number;
}

const PREFIX = "forecast_worker_";
/** Times of what went well: a run that fails leaves them as they were. */
const LAST_SUCCESS = `${PREFIX}last_success_timestamp_seconds`;
const METADATA = `${PREFIX}metadata_timestamp_seconds`;

/**
 * Writes the measures in the Prometheus text format, as node_exporter's textfile collector takes them: in one piece,
 * readable by everyone, without timestamps of its own.
 *
 * @throws Error when the file cannot be written; what was there before is left.
 */
export async function writeMetrics(file: string, measures: RunMeasures): Promise<void> {
  await writeWhole(file, await metricsText(measures, await contentOf(file)), 0o644);
}

/** @throws Error for what is no regular file: a pipe would be waited for. */
async function contentOf(file: string): Promise<string> {
  let handle: FileHandle;
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return "";
  }
  try {
    if (!(await handle.stat()).isFile()) throw new Error("it is there, and no regular file");
    return await handle.readFile("utf8");
  } finally {
    await handle.close();
  }
}

/** @param before what the run before left. */
export async function metricsText(measures: RunMeasures, before: string): Promise<string> {
  const { exitCode, products, durationSeconds, stageSeconds, metadataAt, forecastAccuracy } = measures;
  const done = products.successful + products.no_forecast + products.failed;
  const registry = new client.Registry();
  if (measures.tenant !== undefined) registry.setDefaultLabels({ tenant: measures.tenant });
  const gauge = (name: string, help: string, value: number | undefined) => {
    if (value !== undefined) new client.Gauge({ name, help, registers: [registry] }).set(value);
  };
  const labelled = (name: string, help: string, label: string, values: Readonly<Record<string, number>>) => {
    const metric = new client.Gauge({ name, help, labelNames: [label], registers: [registry] });
    for (const [key, value] of Object.entries(values)) metric.set({ [label]: key }, value);
  };
  gauge(`${PREFIX}exit_code`, "Exit code of the last run", exitCode);
  gauge(`${PREFIX}last_run_timestamp_seconds`, "End of the last run, good or not", measures.finishedAt);
  gauge(
    LAST_SUCCESS,
    "End of the last run that did its work: exit code 0 or 3",
    exitCode === 0 || exitCode === 3 ? measures.finishedAt : valueIn(before, LAST_SUCCESS),
  );
  gauge(METADATA, "Start of the last run that left its metadata in the cache", metadataAt ?? valueIn(before, METADATA));
  gauge(`${PREFIX}duration_seconds`, "Time from start to end of the last run", durationSeconds);
  labelled(`${PREFIX}stage_seconds`, "Time that each stage of the last run took", "stage", stageSeconds);
  gauge(`${PREFIX}queue_seconds`, "Time until a worker thread took a batch, mean over batches", measures.queueSeconds);
  labelled(`${PREFIX}products`, "Products of the last run by what became of them", "status", products);
  labelled(
    `${PREFIX}source_refused`,
    "Whether the last run refused to forecast from what the source gave, by reason",
    "reason",
    measures.sourceRefused,
  );
  gauge(
    `${PREFIX}quiet_seconds`,
    "Time before the origin without any order line",
    measures.quietDays === undefined ? undefined : measures.quietDays * 86_400,
  );
  gauge(
    `${PREFIX}products_per_second`,
    "Products done in a second of the last run",
    durationSeconds > 0 ? done / durationSeconds : 0,
  );
  gauge(`${PREFIX}workers`, "Worker threads of the last run", measures.workers);
  gauge(`${PREFIX}peak_memory_bytes`, "Most memory that the last run held at once", measures.peakMemoryBytes);
  gauge(`${PREFIX}cache_up`, "Whether the cache answered the last run", measures.cacheIsUp ? 1 : 0);
  gauge(
    `${PREFIX}forecast_accuracy`,
    "1 - |error| / actual of the total quantity at past origins, median over products",
    forecastAccuracy,
  );
  gauge(
    `${PREFIX}interval_coverage`,
    "Share of the weeks after past origins that lay within their interval",
    measures.intervalCoverage,
  );
  gauge(
    `${PREFIX}learning_failed`,
    "Whether the last run could not learn across products because something failed",
    measures.learningFailed ? 1 : 0,
  );
  gauge(
    `${PREFIX}lost_documents`,
    "Documents of the last run that were written and then were not in the cache, made again or failed",
    measures.lostDocuments,
  );
  labelled(`${PREFIX}info`, "Version of the program", "version", { [measures.version]: 1 });
  return registry.metrics();
}

function valueIn(text: string, name: string): number | undefined {
  const value = new RegExp(`^${name}(?:\\{tenant="[^"]*"\\})? (\\S+)$`, "m").exec(text)?.[1];
  return value !== undefined && Number.isFinite(Number(value)) ? Number(value) : undefined;
}
