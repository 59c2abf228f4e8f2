import type { HealthLimits } from "../settings/health.ts";
import type { RunMetadata } from "./metadata.ts";
import { formatSeconds } from "./report.ts";

export interface Health {
  readonly ageSeconds: number;
  /** One line each; none where the last run was good. */
  readonly problems: readonly string[];
}

/** @param now milliseconds since 1970. */
export function assess(metadata: RunMetadata, limits: HealthLimits, now: number): Health {
  const { last_run, interrupted, total_products: total, failed, problem } = metadata;
  const ageSeconds = (now - Temporal.Instant.from(last_run).epochMilliseconds) / 1000;
  const problems: string[] = [];
  if (ageSeconds > limits.maxAgeSeconds) {
    problems.push(`stale: the last run is ${formatAge(ageSeconds)} old, more than ${formatAge(limits.maxAgeSeconds)}`);
  }
  if (interrupted) problems.push("the last run was interrupted");
  if (problem) problems.push(`the last run was no success: ${problem}`);
  if (total > 0 && failed / total > limits.maxFailed) {
    problems.push(`${percent(failed / total)} of the products failed, more than ${percent(limits.maxFailed)}`);
  }
  return { ageSeconds, problems };
}

/** An age in its largest fitting unit: `35 min`, `20 h`, `8.0 days`. */
export function formatAge(seconds: number): string {
  if (seconds < 60) return formatSeconds(seconds);
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 2 * 86_400) return `${Math.round(seconds / 3600)} h`;
  return `${(seconds / 86_400).toFixed(1)} days`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}
