import { expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { narrator } from "../../src/job/narration.ts";
import type { Log } from "../../src/observe/log.ts";
import type { Progress } from "../../src/observe/progress.ts";

test("a run warns of weeks without an order of anybody", () => {
  const warnings: string[] = [];
  const log = { warn: (text: string) => warnings.push(text) } as unknown as Log;
  narrator(log, {} as Progress, async () => {}).sourceGap(parseDay("2025-03-04"), parseDay("2025-03-24"));
  expect(warnings).toEqual([
    "no order of any product from 2025-03-04 to 2025-03-24: these weeks count as missing, not as no demand",
  ]);
});

test("a run warns of days that were imported twice", () => {
  const warnings: string[] = [];
  const log = { warn: (text: string) => warnings.push(text) } as unknown as Log;
  narrator(log, {} as Progress, async () => {}).doubledDays([parseDay("2025-03-04"), parseDay("2025-03-05")]);
  expect(warnings).toEqual([
    "nearly all orders of 2025-03-04, 2025-03-05 are there twice, as on no other days: they are counted once; " +
      "were they imported twice?",
  ]);
});

test("a run tells of lines far before the others, and how to leave them out", () => {
  const lines: string[] = [];
  const log = { info: (text: string) => lines.push(text) } as unknown as Log;
  const early = { lines: 1, products: 1, first: parseDay("2020-01-06"), since: parseDay("2024-09-17") };
  narrator(log, {} as Progress, async () => {}).known({ quietDays: 0, state: "fresh", text: "" }, early);
  expect(lines).toEqual([
    "order lines far older than the rest, which begins on 2024-09-17: 1 order line of 1 product, the oldest of 2020-01-06; " +
      "leave them out: FORECAST_HISTORY_START=2024-09-17",
  ]);
});

test("a run warns where learning failed", () => {
  const told: string[] = [];
  const log = {
    warn: (text: string) => told.push(`warning: ${text}`),
  } as unknown as Log;
  const { notLearned } = narrator(log, {} as Progress, async () => {});
  notLearned("no database");
  expect(told[0]).toMatch(/^warning: learning across products failed, .*: no database$/);
});
