import { expect, test } from "vitest";
import { absoluteError, naiveScale, squaredError, totalAccuracy } from "../../src/accuracy/error.ts";

const numbers = (...values: number[]) => Float64Array.from(values);

test("errors of a forecast by hand", () => {
  expect(absoluteError(numbers(1, 2, 3), numbers(2, 2, 1))).toBe(3);
  expect(squaredError(numbers(1, 2, 3), numbers(2, 2, 1))).toBe(5);
});

test("the naive scale is the mean error of forecasting each week by the one before", () => {
  expect(naiveScale(numbers(4, 1, 1, 3))).toEqual({ absolute: 5 / 3, squared: 13 / 3 });
  expect(naiveScale(numbers(7, 7, 7))).toEqual({ absolute: 0, squared: 0 });
  expect(naiveScale(numbers(7))).toEqual({ absolute: 0, squared: 0 });
});

test("a total's accuracy is what its error leaves of it, and not below zero", () => {
  expect(totalAccuracy(10, 8)).toBeCloseTo(0.8, 12);
  expect(totalAccuracy(10, 13)).toBeCloseTo(0.7, 12);
  expect(totalAccuracy(10, 30)).toBe(0);
});

test("where nothing was sold, only who expected nothing was right", () => {
  expect([totalAccuracy(0, 0), totalAccuracy(0, 1), totalAccuracy(-2, 0)]).toEqual([1, 0, 0]);
});
