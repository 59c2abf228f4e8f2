import { CacheError } from "../caches/cache.ts";
import { type CacheSettings, isThere, openCache } from "../caches/registry.ts";
import type { Interruption } from "../workers/interruption.ts";
import { didItsWork, keepAttempt } from "./attempt.ts";
import { EXIT_USAGE, exitCodeOf } from "./exit-code.ts";
import { LockHeldError } from "./lock.ts";
import { now } from "./now.ts";
import { percentOf } from "./report.ts";
import type { RunResult } from "./run.ts";

/**
 * Runs, and keeps how that ended, well or not. Whoever was turned away by the lock leaves that to the run that is under way.
 *
 * @param cache nothing where the attempt is not to be kept.
 * @returns a run that went well, and whose attempt the cache did not take, as one that did not.
 * @throws what the run throws.
 */
export async function withRecord(
  cache: CacheSettings | undefined,
  version: string,
  interruption: Interruption,
  run: () => Promise<RunResult>,
): Promise<RunResult> {
  const startedAt = now();
  const keep = async (started_at: string, exit_code: number, reason: string | null, products?: number) => {
    if (!cache) return undefined;
    const finished_at = now();
    // Wrong use makes no file.
    const isKept = exit_code !== EXIT_USAGE || isThere(cache);
    const opened = isKept ? await openCache(cache).catch(() => undefined) : undefined;
    const kept = async () => {
      // Whoever is told what went wrong does not wait for a cache that is away, too.
      const away = await (didItsWork(exit_code) ? opened?.ready(() => {}) : opened?.ping())?.then(
        () => undefined,
        (error: Error) => error.message,
      );
      const attempt = { started_at, finished_at, exit_code, reason, version };
      const refusal = await keepAttempt(attempt, products, cache, away === undefined ? opened : undefined);
      return away ?? refusal;
    };
    try {
      return await Promise.race([kept(), interruption.lastWordsOver().then(() => "it does not answer")]);
    } finally {
      await opened?.close();
    }
  };
  let result: RunResult;
  try {
    result = await run();
  } catch (error) {
    if (!(error instanceof LockHeldError)) {
      await keep(startedAt, exitCodeOf(error), error instanceof Error ? error.message : String(error));
    }
    throw error;
  }
  const { last_run, total_products } = result.metadata;
  const problem = await keep(last_run, result.exitCode, reasonOf(result), total_products);
  if (problem === undefined || !didItsWork(result.exitCode)) return result;
  const recordProblem = `the end of the run could not be recorded: ${problem}`;
  const exitCode = exitCodeOf(new CacheError(recordProblem));
  await keep(last_run, exitCode, recordProblem);
  return { ...result, exitCode, recordProblem };
}

function reasonOf({ metadata, metadataProblem }: RunResult): string | null {
  const { failed, total_products: total, interrupted, problem } = metadata;
  const reasons = [
    ...(metadataProblem === undefined ? [] : [`the run's metadata was not written: ${metadataProblem}`]),
    ...(problem === null ? [] : [problem]),
    ...(interrupted ? ["it was interrupted"] : []),
    ...(failed > 0 ? [`${failed} of ${total} products failed (${percentOf(failed / total)})`] : []),
  ];
  return reasons.length > 0 ? reasons.join("; ") : null;
}
