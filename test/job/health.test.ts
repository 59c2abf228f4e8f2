import { expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import type { Attempt } from "../../src/job/attempt.ts";
import { assess, attemptLines, attemptProblem, formatAge } from "../../src/job/health.ts";
import type { RunMetadata } from "../../src/job/metadata.ts";
import { formatSeconds, reportLines, sourceGapLine } from "../../src/job/report.ts";

const METADATA: RunMetadata = {
  ...{ last_run: "2025-11-11T06:00:00Z", as_of_date: "2025-11-11", finished_at: "2025-11-11T06:00:10Z" },
  ...{ total_products: 10_247, successful: 9850, failed: 12, no_forecast: 385, elapsed_seconds: 9.87 },
  ...{ interrupted: false, partial: false, version: "1.0.0", workers: 4, stages: {} },
  ...{
    queue_seconds: 4,
    forecast_accuracy_estimate: 0.8,
    interval_coverage: 0.88,
    ...{ learned: true, learning_failed: null },
    newest_order_line: "2025-11-10",
    lost_documents: 0,
    problem: null,
    no_forecast_products: [],
    ...{ schema_version: 1, run_id: "1" },
  },
};
const NOW = Date.parse("2025-11-12T06:00:00Z");
const NONE = { attempt: undefined, isUnderWay: false };
const ATTEMPT: Attempt = {
  ...{ started_at: "2025-11-12T06:00:00Z", finished_at: "2025-11-12T06:00:05Z", exit_code: 1, reason: "no such table" },
  ...{ last_success: "2025-11-11T06:00:00Z", last_products: 10_247, version: "1.0.0" },
};
const LIMITS = { maxAgeSeconds: 86_400, maxFailed: 0.05 };

test("the report is what the agreement shows", () => {
  expect(reportLines(METADATA)).toEqual([
    "Total Products: 10,247",
    "Successful: 9,850 (96.1%)",
    "No Forecast: 385 (3.8%)",
    "Failed: 12 (0.1%)",
    "Time: 9.9 s",
  ]);
  expect(reportLines({ ...METADATA, successful: 9000, elapsed_seconds: 125.4 }).slice(4)).toEqual([
    "Not Reached: 850 (8.3%)",
    "Time: 2 min 5 s",
  ]);
  expect(reportLines({ ...METADATA, total_products: 0, successful: 0, failed: 0, no_forecast: 0 })[1]).toBe(
    "Successful: 0 (0.0%)",
  );
  expect(reportLines({ ...METADATA, learned: false, learning_failed: "no database" }).at(-1)).toBe(
    "Learning Failed: no database",
  );
});

test("weeks without an order of anybody are told with their first and last day", () => {
  expect(sourceGapLine(parseDay("2025-03-04"), parseDay("2025-03-24"))).toBe(
    "no order of any product from 2025-03-04 to 2025-03-24: these weeks count as missing, not as no demand",
  );
});

test("a run is healthy up to its limits, and not beyond", () => {
  const problems = (changes: Partial<RunMetadata>, now = NOW) =>
    assess({ ...METADATA, ...changes }, NONE, LIMITS, now).problems;
  expect(problems({})).toEqual([]);
  expect(problems({}, NOW + 1000)).toEqual(["stale: the last run is 24 h old, more than 24 h"]);
  expect(problems({ failed: 512 })).toEqual([]);
  expect(problems({ failed: 513 })).toEqual(["5.0% of the products failed, more than 5.0%"]);
  expect(problems({ interrupted: true })).toEqual(["the last run was interrupted"]);
  expect(problems({ total_products: 0, failed: 0 })).toEqual([]);
});

test("ages and durations are in units that a person reads", () => {
  expect([5, 125, 7200, 200_000].map(formatAge)).toEqual(["5.0 s", "2 min", "2 h", "2.3 days"]);
  expect([0, 59.9, 60, 3599.6].map(formatSeconds)).toEqual(["0.0 s", "59.9 s", "1 min 0 s", "60 min 0 s"]);
});

test("a night that failed is not healthy, whatever the night before left", () => {
  const problems = (attempt: Attempt, isUnderWay = false, changes: Partial<RunMetadata> = {}) =>
    assess({ ...METADATA, ...changes }, { attempt, isUnderWay }, LIMITS, NOW).problems;
  const failed = "the last attempt, of 2025-11-12T06:00:00Z, failed: no such table";
  expect(problems(ATTEMPT)).toEqual([failed]);
  expect(problems({ ...ATTEMPT, exit_code: 2 })).toEqual([failed]);
  expect(problems({ ...ATTEMPT, exit_code: 0, reason: null })).toEqual([]);
  expect(problems({ ...ATTEMPT, exit_code: 3, reason: "12 of 10247 products failed" })).toEqual([]);
});

test("an attempt without an end is under way, or was killed", () => {
  const attempt = { ...ATTEMPT, finished_at: null, exit_code: null, reason: null };
  expect(attemptProblem({ attempt, isUnderWay: true })).toBeUndefined();
  expect(attemptProblem({ attempt, isUnderWay: false })).toBe(
    "the last attempt, of 2025-11-12T06:00:00Z, ended without a word: it was killed, or the machine went down",
  );
});

test("how many failed products are healthy is for --max-failed to say", () => {
  const attempt = { ...ATTEMPT, started_at: METADATA.last_run, reason: "1025 of 10247 products failed (10.0%)" };
  const metadata = { ...METADATA, failed: 1025 };
  const problems = (maxFailed: number) =>
    assess(metadata, { attempt, isUnderWay: false }, { ...LIMITS, maxFailed }, NOW).problems;
  expect(problems(0.2)).toEqual([]);
  expect(problems(0.05)).toEqual(["10.0% of the products failed, more than 5.0%"]);
});

test("a person reads of the last attempt and of the last success", () => {
  expect(attemptLines(NONE)).toEqual([]);
  expect(attemptLines({ attempt: ATTEMPT, isUnderWay: false })).toEqual([
    "Last Attempt: 2025-11-12 06:00:00 UTC, exit code 1: no such table",
    "Last Success: 2025-11-11 06:00:00 UTC",
  ]);
  const first = { ...ATTEMPT, finished_at: null, exit_code: null, reason: null, last_success: null };
  expect(attemptLines({ attempt: first, isUnderWay: true })).toEqual([
    "Last Attempt: 2025-11-12 06:00:00 UTC, under way",
    "Last Success: none known",
  ]);
});
