import { openCache } from "../caches/open.ts";
import { formatDay } from "../history/calendar.ts";
import { openSource, prepareSource, type SourceHandle } from "../sources/open.ts";
import type { Names, Period } from "../sources/source.ts";
import { batches, dispatch, halves } from "../workers/dispatch.ts";
import type { Interruption } from "../workers/interruption.ts";
import { WorkerPool } from "../workers/pool.ts";
import { acquireLock } from "./lock.ts";
import type { ProductOutcome, RunSetup } from "./messages.ts";
import { type RunMetadata, writeMetadata } from "./metadata.ts";
import type { RunSettings } from "./settings.ts";
import { Tally } from "./tally.ts";

/** Told what a run does, as it does it. */
export interface RunObserver {
  /** So many rows of a CSV file were left out. */
  skipped(rows: number): void;
  started(products: number, workers: number): void;
  /** So many products are done. */
  done(products: number): void;
}

export interface RunResult {
  readonly metadata: RunMetadata;
  /** Products that failed or have no forecast, in no particular order. */
  readonly unsuccessful: readonly ProductOutcome[];
  /** Why the metadata could not be written; nothing where it was, or was not to be. */
  readonly metadataProblem: string | undefined;
}

/**
 * One run, from lock to metadata.
 *
 * @throws LockHeldError, CacheError or SourceError when the run cannot do its work.
 */
export async function run(
  settings: RunSettings,
  version: string,
  observer: RunObserver,
  interruption: Interruption,
): Promise<RunResult> {
  const started = performance.now();
  const startedAt = now();
  const lock = acquireLock(settings.lockFile, startedAt);
  const cache = settings.cache && openCache(settings.cache);
  try {
    await cache?.ping();
    const tally = new Tally();
    const work = forecastAll(settings, startedAt, observer, interruption, tally);
    await Promise.race([work, interruption.graceOver()]);
    const metadata: RunMetadata = {
      last_run: startedAt,
      as_of_date: formatDay(settings.origin),
      total_products: tally.products,
      successful: tally.counts.successful,
      failed: tally.counts.failed,
      no_forecast: tally.counts.no_forecast,
      elapsed_seconds: Math.round(performance.now() - started) / 1000,
      finished_at: now(),
      interrupted: interruption.exitCode !== undefined,
      partial: settings.limit !== undefined || settings.products !== undefined,
      version,
      workers: tally.workers,
    };
    const metadataProblem = cache && (await writeMetadata(cache, metadata, settings.ttlSeconds));
    return { metadata, unsuccessful: tally.unsuccessful, metadataProblem };
  } finally {
    await cache?.close();
    lock.release();
  }
}

async function forecastAll(
  settings: RunSettings,
  generatedAt: string,
  observer: RunObserver,
  interruption: Interruption,
  tally: Tally,
): Promise<void> {
  const { origin, historyStart: start, horizon, level, ttlSeconds, cache } = settings;
  const period: Period = { start, origin };
  const { handle, skippedRows } = await prepareSource(settings.source, period);
  if (skippedRows > 0) observer.skipped(skippedRows);
  const { productIds, notEligible, names } = await selectProducts(settings, handle, period);
  const queue = batches(productIds, settings.workers);
  const workers = Math.min(settings.workers, queue.length);
  tally.products = productIds.length + notEligible.length;
  tally.workers = workers;
  tally.add(notEligible);
  observer.started(tally.products, workers);
  if (workers === 0) return;
  const forecast = {
    origin,
    horizon,
    level,
    generatedAt,
    productNames: names.products,
    customerNames: names.customers,
  };
  const setup: RunSetup = { kind: "run", source: handle, cache, period, ttlSeconds, forecast };
  const pool = new WorkerPool<RunSetup, string[], ProductOutcome[]>(setup, workers);
  const count = (outcomes: readonly ProductOutcome[]) => {
    tally.add(outcomes);
    observer.done(tally.done);
  };
  try {
    await dispatch(queue, pool, workers, interruption, {
      split: halves,
      done: (_productIds, outcomes) => count(outcomes),
      failed: (productIds, { reason, stack }) =>
        count(productIds.map((productId) => ({ productId, status: "failed", reason, ...(stack && { stack }) }))),
    });
  } finally {
    await pool.close();
  }
}

interface Selection {
  readonly productIds: readonly string[];
  /** Products that were asked for by id and cannot be forecast. */
  readonly notEligible: readonly ProductOutcome[];
  readonly names: Names;
}

async function selectProducts(settings: RunSettings, handle: SourceHandle, period: Period): Promise<Selection> {
  const { minCustomers, minOrders, products: asked, limit } = settings;
  const source = openSource(handle);
  try {
    const eligible = await source.eligibleProducts({ ...period, minCustomers, minOrders });
    const names = await source.names();
    if (!asked) return { productIds: eligible.slice(0, limit), notEligible: [], names };
    const known = new Set(eligible);
    const reason = `unknown, or fewer than ${minCustomers} customers or ${minOrders} orders before the origin`;
    return {
      productIds: asked.filter((id) => known.has(id)).slice(0, limit),
      notEligible: asked
        .filter((id) => !known.has(id))
        .map((productId) => ({ productId, status: "no_forecast", reason })),
      names,
    };
  } finally {
    await source.close();
  }
}

/** UTC, to the second. */
function now(): string {
  return Temporal.Now.instant().toString({ smallestUnit: "second" });
}
