import { expect, test } from "vitest";
import { absoluteError, squaredError } from "../../src/accuracy/error.ts";
import { quantile } from "../../src/accuracy/quantile.ts";

const numbers = (...values: number[]) => Float64Array.from(values);

test("errors of a forecast by hand", () => {
  expect(absoluteError(numbers(1, 2, 3), numbers(2, 2, 1))).toBe(3);
  expect(squaredError(numbers(1, 2, 3), numbers(2, 2, 1))).toBe(5);
});

test("quantiles interpolate between the values next to them", () => {
  const values = numbers(4, 1, 3, 2);
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 0.5)).toBe(2.5);
  expect(quantile(values, 0.9)).toBeCloseTo(3.7, 12);
  expect(quantile(values, 1)).toBe(4);
  expect(quantile(numbers(7), 0.3)).toBe(7);
  expect([...values]).toEqual([4, 1, 3, 2]);
});
