import { describe, expect, test } from "vitest";
import { alignedTo, seenFeast } from "../../src/demand/feast-alignment.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { isBeforeEaster } from "../parts/worlds.ts";

/** Easter is on 2025-04-20, three weeks later than in 2024. */
const ORIGIN = parseDay("2025-02-11");
/** Weeks from this origin to that of the parts. */
const LATER = 39;
const WEEKS = 230;
const weeksWith = (quantity: (week: number) => number) =>
  Float64Array.from({ length: WEEKS }, (_, i) => quantity(i - WEEKS));
const eggs = weeksWith((week) => (isBeforeEaster(week - LATER, 4) ? 90 : 10));

describe("weeks around a moving feast", () => {
  test("stand at this year's date where they came with the feast, and nothing gets lost", () => {
    const feast = seenFeast(eggs, ORIGIN)!;
    const aligned = alignedTo(feast, eggs);
    for (const back of [52, 104, 157]) {
      expect([...aligned.subarray(WEEKS + 5 - back, WEEKS + 9 - back)]).toEqual([90, 90, 90, 90]);
    }
    expect([...aligned].sort()).toEqual([...eggs].sort());
    expect(aligned.subarray(-40)).toEqual(eggs.subarray(-40));
    expect([feast.from, feast.until]).toEqual([3, 12]);
  });

  test.each([
    ["sales are the same every week", () => 10],
    ["sales go with the date", (week: number) => ((week + 520) % 52 > 45 ? 90 : 10)],
    ["sales swing slowly through the year", (week: number) => 50 + 40 * Math.sin((2 * Math.PI * week) / 52.2)],
    ["sales are chance", (week: number) => (week * 7919 + 104_729) % 97],
  ])("stay where they are where %s", (_what, quantity) => {
    expect(seenFeast(weeksWith(quantity), ORIGIN)).toBeUndefined();
  });

  test("stay where a single past year is known", () => {
    expect(seenFeast(eggs.slice(-70), ORIGIN)).toBeUndefined();
  });
});
