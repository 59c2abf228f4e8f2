import { expect, test } from "vitest";
import { formatDay, parseDay, weekOf } from "../../src/history/calendar.ts";
import { compareIds, isIntegerId } from "../../src/history/ids.ts";

test("days count from 1970, across leap years and centuries", () => {
  expect(parseDay("1970-01-01")).toBe(0);
  expect(parseDay("1969-12-31")).toBe(-1);
  expect(parseDay("2000-03-01") - parseDay("2000-02-28")).toBe(2);
  expect(parseDay("1900-03-01") - parseDay("1900-02-28")).toBe(1);
  for (const date of ["0001-01-01", "1999-12-31", "2024-02-29", "2026-12-31", "9999-12-31"]) {
    expect(formatDay(parseDay(date))).toBe(date);
  }
});

test("a time of day is ignored", () => {
  expect(parseDay("2025-11-11T23:59:59.999Z")).toBe(parseDay("2025-11-11"));
  expect(parseDay("2025-11-11 00:00")).toBe(parseDay("2025-11-11"));
});

test.each([
  ["2025-02-30"],
  ["2025-13-01"],
  ["2025-00-10"],
  ["25-01-01"],
  ["2025/01/01"],
  ["2025-1-1"],
  ["2025-01-01x"],
  [""],
  ["today"],
])("%j is no date", (text) => {
  expect(() => parseDay(text)).toThrow(RangeError);
});

test("weeks count from the origin, whatever the calendar week or the year", () => {
  const origin = parseDay("2026-12-29");
  expect([-8, -7, -1, 0, 6, 7].map((days) => weekOf(origin + days, origin))).toEqual([-2, -1, -1, 0, 0, 1]);
});

test("ids are integers only as a database prints them, and sort by value", () => {
  for (const id of ["0", "7", "-7", "9007199254740993"]) expect(isIntegerId(id)).toBe(true);
  for (const id of ["007", "-0", "1.0", "1e3", "", " 1", "A"]) expect(isIntegerId(id)).toBe(false);
  const sorted = ["-2", "9", "10", "9007199254740992", "9007199254740993", "007", "A", "a"];
  expect(sorted.toReversed().sort(compareIds)).toEqual(sorted);
  expect(compareIds("5", "5")).toBe(0);
});
