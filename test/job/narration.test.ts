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
