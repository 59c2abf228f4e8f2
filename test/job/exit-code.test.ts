import { expect, test } from "vitest";
import { exitCodeFor } from "../../src/job/exit-code.ts";

test.each([
  [0, 90, 10],
  [3, 86, 10],
  [1, 85, 10],
  [1, 0, 0],
])("a run ends with %i of 100 products of which %i were forecast and %i cannot be", (code, successful, none) => {
  expect(exitCodeFor({ total_products: 100, successful, no_forecast: none })).toBe(code);
});
