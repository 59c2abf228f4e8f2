import { expect, test } from "vitest";
import { demandClass } from "../../src/demand/demand-class.ts";

test.each([
  ["smooth", [5, 6, 5, 4, 5, 6]],
  ["erratic", [1, 20, 2, 1, 30, 1]],
  ["intermittent", [5, 0, 0, 5, 0, 6, 0]],
  ["lumpy", [1, 0, 0, 30, 0, 1, 0]],
  // 100 weeks of which 76 have demand: 1.316 weeks from one to the next; of 75 it is 1.333.
  ["smooth", Array.from({ length: 100 }, (_, week) => (week < 76 ? 3 : 0))],
  ["intermittent", Array.from({ length: 100 }, (_, week) => (week < 75 ? 3 : 0))],
  // Sizes of 3 and 17: the squared coefficient of variation is exactly 0.49.
  ["erratic", [3, 17]],
  ["smooth", [3.01, 16.99]],
  ["intermittent", [0, 0, 0]],
  ["intermittent", [-3, 0]],
])("%s: %j", (expected, quantities) => {
  expect(demandClass(Float64Array.from(quantities))).toBe(expected);
});
