import { expect, test } from "vitest";
import { intervalScore, pinballLoss } from "../../src/accuracy/scoring-rules.ts";
import { quantile } from "../../src/numeric/quantile.ts";

const numbers = (...values: number[]) => Float64Array.from(values);

test("quantiles interpolate between the values next to them", () => {
  const values = numbers(4, 1, 3, 2);
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 0.5)).toBe(2.5);
  expect(quantile(values, 0.9)).toBeCloseTo(3.7, 12);
  expect(quantile(values, 1)).toBe(4);
  expect(quantile(numbers(7), 0.3)).toBe(7);
  expect([...values]).toEqual([4, 1, 3, 2]);
});

test("too low a quantile costs its probability a unit, too high a one the rest", () => {
  expect(pinballLoss(10, 6, 0.9)).toBeCloseTo(3.6, 12);
  expect(pinballLoss(6, 10, 0.9)).toBeCloseTo(0.4, 12);
  expect(pinballLoss(6, 6, 0.9)).toBe(0);
});

test("the interval score is the width, and ten times the distance outside at 80 %", () => {
  expect(intervalScore(5, 2, 8, 0.8)).toBe(6);
  expect(intervalScore(8, 2, 8, 0.8)).toBe(6);
  expect(intervalScore(0, 2, 8, 0.8)).toBeCloseTo(6 + 10 * 2, 9);
  expect(intervalScore(9, 2, 8, 0.8)).toBeCloseTo(6 + 10 * 1, 9);
});

test("the interval score is the pinball losses of both bounds, over half of what may lie outside", () => {
  const [actual, lower, upper] = [11, 2, 8];
  const losses = pinballLoss(actual, lower, 0.1) + pinballLoss(actual, upper, 0.9);
  expect(intervalScore(actual, lower, upper, 0.8)).toBeCloseTo(losses / 0.1, 9);
});
