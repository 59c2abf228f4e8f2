import { expect, test } from "vitest";
import { METHOD_NAMES } from "../../../src/backtest/methods.ts";
import { explained, inProse, methodsIn } from "../../../src/show/words/methods.ts";

test("every method that a backtest measures is explained in plain words", () => {
  for (const name of METHOD_NAMES) expect(explained(name), name).toMatch(/^\S.{10,80}$/);
});

test("a mean of any number of weeks is, and what is not known is not", () => {
  expect(explained("mean52")).toBe("the mean of the last 52 weeks goes on");
  expect(explained("constructor")).toBeUndefined();
  expect(inProse("constructor")).toBe("constructor");
});

test("methods are found in what a document says of its model", () => {
  expect(methodsIn("ses")).toEqual(["ses"]);
  expect(methodsIn("boosted-trees on tsb 60 %, ses0.05 40 %")).toEqual(["boosted-trees", "tsb", "ses0.05"]);
  expect(explained("ses0.05")).toBe("a mean in which each week counts 5 % less than the next");
});
