import { type Cache, CacheError } from "../caches/cache.ts";
import { openCache } from "../caches/registry.ts";
import type { RunStamp } from "../forecast/forecast.ts";
import { DAYS_PER_WEEK, type Day } from "../history/calendar.ts";
import { learn, threadsFor } from "../learning/learn.ts";
import type { GlobalModel } from "../learning/predict.ts";
import { isPartial, type RunSettings } from "../settings/run.ts";
import type { Remarks } from "../sources/memory/order-book.ts";
import { batches } from "../workers/batches.ts";
import { orderedRunner } from "../workers/in-order.ts";
import type { Interruption } from "../workers/interruption.ts";
import { WorkerPool } from "../workers/pool.ts";
import { didItsWork, keepBeginning, lastProductsIn } from "./attempt.ts";
import { exitCodeFor } from "./exit-code.ts";
import { type Freshness, freshnessOf } from "./freshness.ts";
import { type FindHands, type Hands, ownThreads, type Told } from "./hands.ts";
import { type Lease, takeLease } from "./lease.ts";
import { acquireLock } from "./lock.ts";
import type { ProductOutcome, RunSetup } from "./messages.ts";
import { indexOf, type RunMetadata, writeMetadata } from "./metadata.ts";
import { metadataOf } from "./metadata-of.ts";
import { now } from "./now.ts";
import type { EarlyLines } from "./order-check.ts";
import { implausibility } from "./plausibility.ts";
import { prepareRun } from "./prepare.ts";
import { StageClock } from "./stages.ts";
import { Tally } from "./tally.ts";
import { failMissing } from "./written.ts";

/** Told what a run does, as it does it. */
export interface RunObserver {
  /** The cache is not there yet, and is waited for. */
  waits(reason: string): void;
  /** The source's server is waited for, or is back, in one line. */
  sourceWaits(words: string): void;
  /** The cache takes no lease: a run on another machine would not be kept out. */
  unleased(reason: string): void;
  /** Another run writes to the cache, or has died at it, and is waited for, in one line. */
  leaseWaits(words: string): void;
  /** How the source was read. */
  read(remarks: Remarks): void;
  /** How old the newest order line of all products is, and which lines are far before the others. */
  known(freshness: Freshness, early: EarlyLines | undefined): void;
  started(products: number, workers: number): void;
  /** What there is to learn has been learned: forecasts are made from now on. */
  learned(): void;
  /** Something failed that keeps a run from learning across products. */
  notLearned(failure: string): void;
  /** From a day until another one there is no order of anybody, as in no other year: these weeks count as missing. */
  sourceGap(from: Day, until: Day): void;
  /** Days that were imported twice: their orders are counted once. */
  doubledDays(days: readonly Day[]): void;
  /** So many products are done. */
  done(products: number): void;
  /** So many documents were written and are not there: they are made and written again. */
  lost(documents: number): void;
  /** The run has come to this. Where this throws, the run is no success, and its metadata says why. */
  report(end: RunEnd): Promise<void>;
}

export interface RunEnd {
  readonly metadata: RunMetadata;
  /** Products that failed or have no forecast, in no particular order. */
  readonly unsuccessful: readonly ProductOutcome[];
}

export interface RunResult extends RunEnd {
  /** Why the metadata could not be written; nothing where it was, or was not to be. */
  readonly metadataProblem: string | undefined;
  /** Why nobody who asks later would know that the run went well; nothing where they do, or it did not. */
  readonly recordProblem?: string;
  /** 0 where nothing went wrong, 3 where a few products failed; that of an interruption where one was asked for. */
  readonly exitCode: number;
}

/**
 * One run, from lock to metadata.
 *
 * @param findHands finds who forecasts the batches.
 * @throws LockHeldError, CacheError, SourceError or ImplausibleSourceError when the run cannot do its work.
 */
export async function run(
  settings: RunSettings,
  version: string,
  observer: RunObserver,
  interruption: Interruption,
  findHands: FindHands = ownThreads,
): Promise<RunResult> {
  const started = performance.now();
  const startedAt = now();
  const runId = crypto.randomUUID();
  const lock = acquireLock(settings.lockFile, startedAt);
  const cache = settings.cache && (await openCache(settings.cache));
  let lease: Lease | undefined;
  try {
    const isReady = await Promise.race([
      Promise.resolve(cache?.ready(observer.waits)).then(() => true),
      interruption.asked.then(() => false),
    ]);
    const partial = isPartial(settings);
    const tally = new Tally();
    const work = async () => {
      const holder = { lockIdentity: lock.identity, startedAt };
      lease = cache && (await takeLease(cache, holder, interruption, observer.unleased, observer.leaseWaits));
      const lastProducts = cache && (await lastProductsIn(cache));
      if (cache && !partial) await keepBeginning(startedAt, version, settings.cache!, cache);
      const plan = { settings, lastProducts, stamp: { generatedAt: startedAt, runId }, cache, findHands };
      await Promise.race([forecastAll(plan, observer, interruption, tally), ...(lease ? [lease.lost] : [])]);
    };
    if (isReady) await Promise.race([work(), interruption.graceOver()]);
    const confirmed = lease?.confirm().catch((error) => {
      // A cache that is away says so where the metadata is written.
      if (!(error instanceof CacheError)) throw error;
    });
    await Promise.race([confirmed, interruption.lastWordsOver()]);
    let metadata = metadataOf(tally, {
      ...{ startedAt, runId, origin: settings.origin, elapsedMs: performance.now() - started, partial, version },
      interrupted: interruption.exitCode !== undefined,
    });
    const record = async (index?: string) => {
      const late = interruption.lastWordsOver().then(() => "no answer before an interrupted run has to end");
      return cache && Promise.race([writeMetadata(cache, metadata, settings.ttlSeconds, index), late]);
    };
    let metadataProblem = await record();
    if (cache && interruption.exitCode === undefined) {
      // Where the cache evicts, the metadata itself may have cost a document.
      const lost = await failMissing(cache, tally, settings.ttlSeconds, (performance.now() - started) / 1000);
      tally.lost += lost.length;
    }
    const { successful, failed } = tally.counts;
    const isLess = successful < metadata.successful;
    metadata = { ...metadata, successful, failed, lost_documents: tally.lost };
    // A run that did not do its work leaves the list of products to the last one that did.
    const isListed = !partial && !metadata.interrupted && didItsWork(exitCodeFor(metadata));
    if (isListed) metadataProblem = await record(indexOf(metadata, settings, tally.indexEntries));
    else if (isLess) metadataProblem = await record();
    const problem = await Promise.race([
      observer.report({ metadata, unsuccessful: tally.unsuccessful }).then(
        () => null,
        (error: Error) => error.message,
      ),
      // A signal ends the wait for a reader that does not come.
      interruption.lastWordsOver().then(() => null),
    ]);
    metadata = { ...metadata, problem };
    if (problem !== null) metadataProblem = (await record()) ?? metadataProblem;
    const isGood = metadataProblem === undefined && problem === null;
    const exitCode = interruption.exitCode ?? (isGood ? exitCodeFor(metadata) : 1);
    return { metadata, unsuccessful: tally.unsuccessful, metadataProblem, exitCode };
  } finally {
    await Promise.race([lease?.release(), interruption.lastWordsOver()]);
    await cache?.close();
    lock.release();
  }
}

interface Plan {
  readonly settings: RunSettings;
  /** Products of the last run of all products; nothing where none is known of. */
  readonly lastProducts: number | undefined;
  readonly stamp: RunStamp;
  /** Nothing in a dry run. */
  readonly cache: Cache | undefined;
  readonly findHands: FindHands;
}

async function forecastAll(
  { settings, lastProducts, stamp, cache, findHands }: Plan,
  observer: RunObserver,
  interruption: Interruption,
  tally: Tally,
): Promise<void> {
  const started = performance.now();
  const clock = new StageClock();
  const prepared = await prepareRun(settings, stamp, clock, observer.sourceWaits);
  const { setup, eligible, newest, early, products, notEligible, remarks } = prepared;
  tally.addStages(clock.take());
  observer.read(remarks);
  const problem = implausibility({ ...settings, products: eligible.length, newest, lastProducts });
  if (problem) throw problem;
  tally.newestDay = newest;
  observer.known(freshnessOf(newest!, settings.origin, eligible.length, settings.mostAgeDays), early);
  const queue = batches(products, settings.workers);
  const workers = queue.length === 0 ? 0 : threadsFor(queue.length, settings.workers);
  tally.products = products.length + notEligible.length;
  tally.workers = workers;
  tally.add(notEligible);
  observer.started(tally.products, workers);
  if (workers === 0) return;
  const pool = new WorkerPool<RunSetup>(setup, workers, observer.sourceWaits);
  const batchOf = new Map(queue.flatMap((ids, index) => ids.map((id) => [id, index + 1] as const)));
  const count = (outcomes: readonly ProductOutcome[]) => {
    tally.add(outcomes.map((outcome) => ({ ...outcome, batch: batchOf.get(outcome.productId)! })));
    observer.done(tally.done);
  };
  let began = performance.now();
  let hands: Hands | undefined;
  try {
    const lessons = await clock.during("learning", () => {
      const { origin, horizon, level, minCustomers, minOrders } = settings;
      const options = { origin, horizon, level, minCustomers, minOrders, withCustomers: true };
      const ids = eligible.map(({ id }) => id);
      const plan = { eligible: ids, dated: eligible, historyStart: setup.period.start, options };
      return learn(plan, orderedRunner(pool, workers, interruption));
    });
    tally.addStages(clock.take());
    tally.addLessons(lessons);
    observer.learned();
    tellGaps(lessons.demand.pooled.gaps, settings.origin, observer);
    if (lessons.doubledDays.length > 0) observer.doubledDays(lessons.doubledDays);
    if (lessons.failure !== undefined) observer.notLearned(lessons.failure);
    began = performance.now();
    hands = await findHands({ setup, lessons, pool, workers, interruption });
    const told: Told = {
      taken: (seconds) => tally.addWait(seconds),
      done: (_productIds, { outcomes, stages }) => {
        tally.addStages(stages);
        count(outcomes);
      },
      failed: (productIds, { reason, stack }) =>
        count(productIds.map((productId) => ({ productId, status: "failed", reason, ...(stack && { stack }) }))),
    };
    await hands.forecast(queue, told);
    if (cache === undefined || interruption.exitCode !== undefined) return;
    const lost = new Set(await failMissing(cache, tally, settings.ttlSeconds, (performance.now() - started) / 1000));
    if (lost.size === 0) return;
    tally.lost = lost.size;
    observer.lost(lost.size);
    const again = products.filter(({ id }) => lost.has(id));
    await hands.forecast(batches(again, workers), told);
  } finally {
    if (hands) tally.workers = hands.threads;
    tally.addIdle((tally.workers * (performance.now() - began)) / 1000);
    await hands?.close();
    await pool.close();
  }
}

function tellGaps(gaps: GlobalModel["pooled"]["gaps"], origin: Day, observer: RunObserver): void {
  for (const { from, until } of gaps) {
    observer.sourceGap(origin - from * DAYS_PER_WEEK, origin - until * DAYS_PER_WEEK - 1);
  }
}
