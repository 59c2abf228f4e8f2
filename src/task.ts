import Tinypool from "tinypool";
import { evaluateBatch } from "./backtest/batch.ts";
import type { BacktestSetup, BacktestTask } from "./backtest/messages.ts";
import { type Cache, CacheError } from "./caches/cache.ts";
import { openCache } from "./caches/registry.ts";
import { forecastBatch } from "./job/batch.ts";
import type { RunSetup, RunTask } from "./job/messages.ts";
import { StageClock } from "./job/stages.ts";
import { type LearningTask, learningTask } from "./learning/task.ts";
import { openSource } from "./sources/registry.ts";
import { type Source, SourceError } from "./sources/source.ts";
import { callMain } from "./workers/calls.ts";
import { collectGarbage } from "./workers/garbage.ts";
import { type Answer, failureOf } from "./workers/messages.ts";

/** The worker thread's door: each thread opens its own connections when it gets its first task. */

const setup: RunSetup | BacktestSetup = Tinypool.workerData;
/** A collection takes a hundredth of the time of so many batches. */
const TASKS_PER_COLLECTION = 8;

const clock = new StageClock();
let tasks = 0;
let source: Promise<Source> | undefined;
let cache: Promise<Cache> | undefined;

export default async function (task: RunTask | BacktestTask | LearningTask): Promise<Answer<unknown>> {
  try {
    if (++tasks % TASKS_PER_COLLECTION === 0) collectGarbage();
    source ??= openSource(setup.source, callMain);
    return { ok: true, result: await resultOf(task, await source) };
  } catch (error) {
    const unavailable = error instanceof CacheError || (error instanceof SourceError && error.unavailable);
    return { ok: false, ...failureOf(error, unavailable) };
  }
}

async function resultOf(task: RunTask | BacktestTask | LearningTask, source: Source): Promise<unknown> {
  if (task.kind === "evaluate") return evaluateBatch(task, source, setup as BacktestSetup);
  if (task.kind !== "forecast") return learningTask(task, (...asked) => source.orderLines(...asked));
  const run = setup as RunSetup;
  cache ??= run.cache && openCache(run.cache);
  return forecastBatch(task, { ...run, source, cache: await cache, clock });
}

export async function close(): Promise<void> {
  const opened = await Promise.all([source, cache]);
  await Promise.allSettled(opened.map((connection) => connection?.close()));
}
