import { expect, test } from "vitest";
import { missingWeeksLines } from "../../src/backtest/missing-weeks.ts";
import { parseDay } from "../../src/history/calendar.ts";

const linesFor = (weeks: number) =>
  missingWeeksLines({ soldUntil: new Map([[parseDay("2025-08-01"), weeks]]), horizon: 12 });

test("a horizon may end with one week without sales, and no more", () => {
  expect(linesFor(12)).toEqual([]);
  expect(linesFor(11)).toEqual([]);
  expect(linesFor(10)).toEqual([
    "nothing that was measured sold in the last 2 weeks after 2025-08-01: " +
      "if the source ends there, --as-of 2025-10-10 keeps to what is known",
  ]);
  expect(linesFor(0)).toEqual([
    "nothing that was measured sold in the 12 weeks after 2025-08-01: " +
      "if the source ends before, an earlier --as-of keeps to what is known",
  ]);
});
