import { describe, expect, test } from "vitest";
import { ALWAYS_OPEN, type MarketWeeks, marketNotes } from "../../src/forecast/market-notes.ts";
import { parseDay } from "../../src/history/calendar.ts";

const ORIGIN = parseDay("2025-11-11");
const notes = (market: Partial<MarketWeeks>, weeks = 150) => marketNotes({ ...ALWAYS_OPEN, ...market }, weeks, ORIGIN);

test("nothing is noted where nothing is known of all products", () => {
  expect(notes({})).toEqual([]);
});

test("a move of all products out of proportion is noted with its first day and its size", () => {
  const shift = { weeks: 5, factor: 0.33333, least: 0.5, most: 2 };
  expect(notes({ shift })).toEqual([{ kind: "market-shift", from: "2025-10-07", weeks: 5, factor: 0.333 }]);
});

describe("weeks of the past without an order of anybody", () => {
  test("are noted from their first day to their last", () => {
    expect(notes({ gaps: [{ from: 5, until: 2 }] })).toEqual([
      { kind: "source-gap", from: "2025-10-07", until: "2025-10-27", weeks: 3 },
    ]);
    expect(notes({ gaps: [{ from: 2, until: 0 }] })).toMatchObject([{ until: "2025-11-10", weeks: 2 }]);
  });

  test("are noted for a year, each by itself", () => {
    const at = (until: number) => notes({ gaps: [{ from: until + 3, until }] }).length;
    expect([at(0), at(51), at(52), at(90)]).toEqual([1, 1, 0, 0]);
    const gaps = [
      { from: 30, until: 28 },
      { from: 10, until: 9 },
    ];
    expect(notes({ gaps })).toMatchObject([{ weeks: 2 }, { weeks: 1 }]);
  });

  test("are none of a product that is younger", () => {
    const gaps = [{ from: 20, until: 18 }];
    expect([17, 18, 19].map((weeks) => notes({ gaps }, weeks))).toEqual([[], [], []]);
    expect(notes({ gaps }, 20)).toHaveLength(1);
  });
});

describe("weeks ahead in which all rest", () => {
  test("are noted as one closing where they follow each other", () => {
    const open = Float64Array.of(1, 0.2, 0.49, 0.5, 1, 0);
    expect(notes({ open })).toEqual([
      { kind: "closing", from: "2025-11-18", until: "2025-12-01" },
      { kind: "closing", from: "2025-12-16", until: "2025-12-22" },
    ]);
  });

  test("begin with the origin where it stands before a closing", () => {
    expect(notes({ open: Float64Array.of(0, 1, 1) })).toEqual([
      { kind: "closing", from: "2025-11-11", until: "2025-11-17" },
    ]);
  });

  test("are no closing where half of the orders are taken", () => {
    expect(notes({ open: Float64Array.of(0.5, 0.9, 1) })).toEqual([]);
  });
});
