import { expect, test } from "vitest";
import { putRight } from "../../src/breaks/put-right.ts";
import { every, historyOf, ORIGIN, ordinary } from "./histories.ts";

test("where nothing is found the history is the very same", () => {
  const history = historyOf(ordinary(110));
  expect(putRight(history, ORIGIN, 12)).toEqual({ history, breaks: [], due: new Float64Array(12), isOpen: false });
  expect(putRight(history, ORIGIN, 12).history).toBe(history);
});

test("a customer who is gone is no shift of the level", () => {
  const lines = [...ordinary(110), ...every(7, "large", 100, 43 + 7 * 100, 43)];
  const { breaks, isOpen } = putRight(historyOf(lines), ORIGIN, 12);
  expect(breaks.map(({ kind }) => kind)).toEqual(["customer-lost"]);
  expect(isOpen).toBe(false);
});
