import { expect, test } from "vitest";
import { absoluteError, squaredError, WeightedAbsolutePercentageError } from "../../src/accuracy/error.ts";
import { quantile } from "../../src/accuracy/quantile.ts";
import metrics from "../reference/metrics.json" with { type: "json" };

const numbers = (...values: number[]) => Float64Array.from(values);

test("errors of a forecast by hand", () => {
  expect(absoluteError(numbers(1, 2, 3), numbers(2, 2, 1))).toBe(3);
  expect(squaredError(numbers(1, 2, 3), numbers(2, 2, 1))).toBe(5);
});

test("WAPE pools products, and agrees with the reference", () => {
  const pooled = new WeightedAbsolutePercentageError();
  pooled.add(numbers(10, 0), numbers(8, 1));
  pooled.add(numbers(-5), numbers(0));
  expect(pooled.value).toBeCloseTo((2 + 1 + 5) / 15, 12);
  const one = new WeightedAbsolutePercentageError();
  one.add(Float64Array.from(metrics.actual), Float64Array.from(metrics.forecast));
  expect(one.value).toBeCloseTo(metrics.wape, 10);
});

test("WAPE is not known where nothing was sold", () => {
  const pooled = new WeightedAbsolutePercentageError();
  pooled.add(numbers(0, 0), numbers(1, 0));
  expect(pooled.value).toBeUndefined();
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
