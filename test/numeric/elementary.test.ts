import fc from "fast-check";
import { expect, test } from "vitest";
import { exp, log } from "../../src/numeric/elementary.ts";

test("the exponential and the logarithm are right to 1e-15", () => {
  fc.assert(
    fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-15);
    }),
    { seed: 1, numRuns: 2000 },
  );
  fc.assert(
    fc.property(fc.double({ min: 0, max: Number.MAX_VALUE, minExcluded: true, noNaN: true }), (x) => {
      expect(Math.abs(log(x) - Math.log(x))).toBeLessThanOrEqual(1e-15 * Math.max(1e-3, Math.abs(Math.log(x))));
    }),
    { seed: 2, numRuns: 2000 },
  );
});

test("they are exact where the result is, and know the ends of the range", () => {
  expect([exp(0), log(1), exp(Number.NEGATIVE_INFINITY), exp(-800), exp(800)]).toEqual([
    1,
    0,
    0,
    0,
    Number.POSITIVE_INFINITY,
  ]);
  expect([log(0), log(Number.POSITIVE_INFINITY), log(-1), exp(Number.NaN)]).toEqual([
    ...[Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NaN, Number.NaN],
  ]);
  expect(log(Number.MIN_VALUE)).toBeCloseTo(Math.log(Number.MIN_VALUE), 10);
});
