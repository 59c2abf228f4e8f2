import { expect, test } from "vitest";
import { highestDrawn } from "../../src/show/weeks.ts";

const past = (...quantities: number[]) => quantities.map((quantity) => ({ date: "2025-11-04", quantity }));
const week = { date: "2025-11-11", quantity: 5, lower: 2, upper: 8 };

test("a week of the past goes beyond the axis from more than twelve times the others on", () => {
  expect(highestDrawn(past(1, 120, 10), [week])).toBe(120);
  expect(highestDrawn(past(1, 130, 10), [week])).toBe(10);
});

test("the bounds of the weeks to come are among the others", () => {
  expect(highestDrawn(past(1, 97, 1), [week])).toBe(8);
  expect(highestDrawn(past(1, 96, 1), [week])).toBe(96);
});

test("two high weeks dwarf nobody, nor does the only one that was sold", () => {
  expect(highestDrawn(past(130, 130, 1), [week])).toBe(130);
  expect(highestDrawn(past(0, 130, 0), [week])).toBe(130);
  expect(highestDrawn([], [week])).toBe(8);
});
