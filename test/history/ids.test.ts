import fc from "fast-check";
import { expect, test } from "vitest";
import { compareIds, isIntegerId } from "../../src/history/ids.ts";

test("integers are those that a database prints", () => {
  const ids = ["0", "-1", "9007199254740993", "-0", "01", "1.0", "1e3", "", " 1", "A1"];
  expect(ids.filter(isIntegerId)).toEqual(["0", "-1", "9007199254740993"]);
});

test("integers come first and by value, other ids by code unit", () => {
  const sorted = ["-12", "-3", "0", "3", "12", "9007199254740992", "9007199254740993", "012", "B", "a"];
  expect(sorted.toReversed().sort(compareIds)).toEqual(sorted);
});

test("integers of any size come in the order of their values", () => {
  const integer = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
  fc.assert(
    fc.property(integer, integer, (a, b) => {
      expect(compareIds(`${a}`, `${b}`)).toBe(a < b ? -1 : a > b ? 1 : 0);
    }),
    { seed: 1, numRuns: 500 },
  );
});
