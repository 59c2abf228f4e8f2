import { expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { quietDays, seemsLate } from "../../src/job/freshness.ts";

test("a source seems late after four days without an order, not after a long weekend", () => {
  const origin = parseDay("2025-11-11");
  const days = ["2025-11-10", "2025-11-07", "2025-11-06"].map((newest) => quietDays(parseDay(newest), origin));
  expect(days).toEqual([0, 3, 4]);
  expect(days.map(seemsLate)).toEqual([false, false, true]);
});
