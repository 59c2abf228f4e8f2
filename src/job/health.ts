import type { HealthLimits } from "../settings/health.ts";
import { type Attempt, didItsWork } from "./attempt.ts";
import type { RunMetadata } from "./metadata.ts";
import { formatSeconds, percentOf } from "./report.ts";

export interface Health {
  /** Of the last run that came to its end. */
  readonly ageSeconds: number;
  /** One line each; none where the last run was good. */
  readonly problems: readonly string[];
}

/** What has been tried last. */
export interface LastAttempt {
  readonly attempt: Attempt | undefined;
  /** Whether a run is under way now. */
  readonly isUnderWay: boolean;
}

/** @param now milliseconds since 1970. */
export function assess(metadata: RunMetadata, last: LastAttempt, limits: HealthLimits, now: number): Health {
  const { last_run, interrupted, total_products: total, failed, problem: told } = metadata;
  const ageSeconds = (now - Temporal.Instant.from(last_run).epochMilliseconds) / 1000;
  const problems: string[] = [];
  if (ageSeconds > limits.maxAgeSeconds) {
    problems.push(`stale: the last run is ${formatAge(ageSeconds)} old, more than ${formatAge(limits.maxAgeSeconds)}`);
  }
  if (interrupted) problems.push("the last run was interrupted");
  if (told) problems.push(`the last run was no success: ${told}`);
  if (total > 0 && failed / total > limits.maxFailed) {
    problems.push(`${percentOf(failed / total)} of the products failed, more than ${percentOf(limits.maxFailed)}`);
  }
  // What the metadata of the same run tells is judged by it, and by how many failed products are allowed.
  const isTold = last.attempt?.started_at === last_run && (interrupted || failed > 0 || told);
  const problem = isTold ? undefined : attemptProblem(last);
  return { ageSeconds, problems: problem === undefined ? problems : [...problems, problem] };
}

/** What went wrong with the last attempt; nothing where it did its work, or may yet. */
export function attemptProblem({ attempt, isUnderWay }: LastAttempt): string | undefined {
  if (attempt === undefined || didItsWork(attempt.exit_code)) return undefined;
  if (attempt.finished_at !== null) return `the last attempt, of ${attempt.started_at}, failed: ${attempt.reason}`;
  if (isUnderWay) return undefined;
  return `the last attempt, of ${attempt.started_at}, ended without a word: it was killed, or the machine went down`;
}

/** What a person reads of the last attempt, a line each. */
export function attemptLines({ attempt, isUnderWay }: LastAttempt): string[] {
  if (attempt === undefined) return [];
  const { started_at, exit_code, reason, last_success } = attempt;
  const code = exit_code === null ? (isUnderWay ? "under way" : "without an end") : `exit code ${exit_code}`;
  return [
    `Last Attempt: ${inWords(started_at)}, ${code}${reason === null ? "" : `: ${reason}`}`,
    `Last Success: ${last_success === null ? "none known" : inWords(last_success)}`,
  ];
}

/** A time stamp as a person reads it: `2025-11-11 06:00:00 UTC`. */
export function inWords(time: string): string {
  return time.replace("T", " ").replace("Z", " UTC");
}

/** An age in its largest fitting unit: `35 min`, `20 h`, `8.0 days`. */
export function formatAge(seconds: number): string {
  if (seconds < 60) return formatSeconds(seconds);
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.round(seconds / 3600)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}
