import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalsOf, productDecimals, withDecimals } from "../../src/history/decimals.ts";

test("decimals are those of the quantity that has most, one to six", () => {
  expect(decimalsOf([])).toBe(1);
  expect(decimalsOf([[5, -3, 0, 1e300]])).toBe(1);
  expect(decimalsOf([[5, 0.5]])).toBe(1);
  expect(decimalsOf([[5], [0.25, 0.5]])).toBe(2);
  expect(decimalsOf([[-0.0025]])).toBe(4);
  expect(decimalsOf([[1 / 3]])).toBe(6);
});

test("a large quantity has no decimals that its digits have no room for", () => {
  expect(decimalsOf([[1e12 + 0.1, 123_456_789.01]])).toBe(2);
});

test("whatever the quantity, it is as it was with its decimals, and not with fewer", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 1, max: 6 }), (digits, most) => {
      const quantity = digits / 10 ** most;
      const decimals = decimalsOf([[quantity]]);
      expect(decimals).toBeLessThanOrEqual(most);
      expect(withDecimals(quantity, decimals) - quantity).toBe(0);
      if (decimals > 1) expect(withDecimals(quantity, decimals - 1)).not.toBe(quantity);
    }),
  );
});

test("a customer's orders tell decimals that a week's sum hides", () => {
  const half = { id: "1", orderDays: Int32Array.of(1, 2), orderQuantities: Float64Array.of(0.25, 0.75) };
  expect(productDecimals({ quantities: Float64Array.of(1), customers: [half] })).toBe(2);
});
