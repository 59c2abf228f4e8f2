import { expect, test } from "vitest";
import { atSameDates } from "../../src/demand/date-alignment.ts";

test("a share of a week moves to the next one, or to the one before, and none beyond either end", () => {
  const moved = (shares: readonly number[]) => [...atSameDates(Float64Array.of(8, 4, 2), Float64Array.from(shares))];
  expect(moved([0, 0, 0])).toEqual([8, 4, 2]);
  expect(moved([0.5, 0.25, 0])).toEqual([4, 7, 3]);
  expect(moved([0, -0.25, -1])).toEqual([9, 5, 0]);
  expect(moved([-1, 0, 1])).toEqual([8, 4, 2]);
});
