import { type Day, formatDay } from "../history/calendar.ts";
import { COUNT } from "../values/count.ts";
import type { RunMetadata } from "./metadata.ts";

/** What a person reads at the end of a run. */
export function reportLines(metadata: RunMetadata): string[] {
  const { total_products: total, successful, no_forecast: noForecast, failed, elapsed_seconds: seconds } = metadata;
  const notReached = total - successful - noForecast - failed;
  return [
    `Total Products: ${COUNT.format(total)}`,
    `Successful: ${countOf(successful, total)}`,
    `No Forecast: ${countOf(noForecast, total)}`,
    `Failed: ${countOf(failed, total)}`,
    ...(notReached > 0 ? [`Not Reached: ${countOf(notReached, total)}`] : []),
    `Time: ${formatSeconds(seconds)}`,
    ...(typeof metadata.learning_failed === "string" ? [`Learning Failed: ${metadata.learning_failed}`] : []),
  ];
}

/** What a person is told of a run that forecasts worse than it could, because learning failed. */
export function notLearnedLine(failure: string): string {
  return `learning across products failed, so that all are forecast by what the program was taught elsewhere, which is worse: ${failure}`;
}

/** The run in one line of words and numbers, for whoever searches a log. */
export function summaryLine(metadata: RunMetadata, exitCode: number): string {
  const { total_products, successful, no_forecast, failed, elapsed_seconds, interrupted } = metadata;
  const numbers = {
    exit_code: exitCode,
    total_products,
    successful,
    no_forecast,
    failed,
    elapsed_seconds,
    interrupted,
  };
  const pairs = Object.entries(numbers).map(([name, value]) => `${name}=${value}`);
  return `run finished: ${pairs.join(" ")}`;
}

/** What a person is told of documents that were written and are not in the cache. */
export function lostDocumentsLine(documents: number): string {
  const what = documents === 1 ? "document that was written is" : "documents that were written are";
  return `${COUNT.format(documents)} ${what} not in the cache (evicted, flushed, deleted or lost by a restart): written again`;
}

/** What a person is told of weeks without any order. */
export function sourceGapLine(from: Day, until: Day): string {
  return `no order of any product from ${formatDay(from)} to ${formatDay(until)}: these weeks count as missing, not as no demand`;
}

/** Whole seconds above a minute, else one decimal: `2 min 5 s`, `8.4 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(Math.round(seconds) / 60)} min ${Math.round(seconds) % 60} s`;
}

/** A share as a percentage with one decimal. */
export function percentOf(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

function countOf(count: number, total: number): string {
  return `${COUNT.format(count)} (${percentOf(total === 0 ? 0 : count / total)})`;
}
