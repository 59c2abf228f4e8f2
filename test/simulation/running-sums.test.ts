import { expect, test } from "vitest";
import { firstReaching, runningSums } from "../../src/simulation/running-sums.ts";

test("the first sum that reaches a target is found, also where several are alike", () => {
  const sums = runningSums([1, 0, 0, 2, 0, 1]);
  expect([...sums]).toEqual([1, 1, 1, 3, 3, 4]);
  expect([0, 1, 1.5, 3, 3.5, 4, 4.5].map((target) => firstReaching(sums, target))).toEqual([0, 0, 3, 3, 5, 5, 6]);
});
