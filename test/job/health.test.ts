import { expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { assess, formatAge } from "../../src/job/health.ts";
import type { RunMetadata } from "../../src/job/metadata.ts";
import { formatSeconds, lateSourceLine, reportLines, skippedRowsLine, sourceGapLine } from "../../src/job/report.ts";

const METADATA: RunMetadata = {
  ...{ last_run: "2025-11-11T06:00:00Z", as_of_date: "2025-11-11", finished_at: "2025-11-11T06:00:10Z" },
  ...{ total_products: 10_247, successful: 9850, failed: 12, no_forecast: 385, elapsed_seconds: 9.87 },
  ...{ interrupted: false, partial: false, version: "1.0.0", workers: 4, stages: {} },
  ...{
    queue_seconds: 4,
    forecast_accuracy_estimate: 0.8,
    interval_coverage: 0.88,
    newest_order_line: "2025-11-10",
    lost_documents: 0,
    problem: null,
    no_forecast_products: [],
  },
};
const NOW = Date.parse("2025-11-12T06:00:00Z");
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
  expect([skippedRowsLine(1), skippedRowsLine(1200)]).toEqual([
    "1 bad row of the CSV file is left out",
    "1,200 bad rows of the CSV file are left out",
  ]);
});

test("weeks without an order of anybody are told with their first and last day", () => {
  expect(sourceGapLine(parseDay("2025-03-04"), parseDay("2025-03-24"))).toBe(
    "no order of any product from 2025-03-04 to 2025-03-24: these weeks count as missing, not as no demand",
  );
});

test("a source without an order on the last days before the origin is told, over a long weekend not", () => {
  const told = (changes: Partial<RunMetadata>) => lateSourceLine({ ...METADATA, ...changes });
  expect(told({})).toBeUndefined();
  expect(told({ newest_order_line: "2025-11-07" })).toBeUndefined();
  expect(told({ newest_order_line: "2025-11-06" })).toBe(
    "the newest order line is of 2025-11-06: no product was ordered on the 4 days before 2025-11-11; " +
      "if the source lags behind, the forecasts are too low",
  );
  expect(told({ newest_order_line: "2025-11-06", partial: true })).toBeUndefined();
  expect(told({ newest_order_line: "2025-11-06", interrupted: true })).toBeUndefined();
  expect(told({ newest_order_line: "2025-11-06", total_products: 99 })).toBeUndefined();
  expect(told({ newest_order_line: null })).toBeUndefined();
});

test("a run is healthy up to its limits, and not beyond", () => {
  const problems = (changes: Partial<RunMetadata>, now = NOW) =>
    assess({ ...METADATA, ...changes }, LIMITS, now).problems;
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
