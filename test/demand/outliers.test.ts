import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutOutliers } from "../../src/demand/outliers.ts";

const counted = (...quantities: number[]) => [...withoutOutliers(Float64Array.from(quantities))];
const EIGHT = [2, 4, 0, 3, 4, 1, 2, 4, 3];

test("a week counts up to five times the largest one before it, once there were eight weeks with demand", () => {
  expect(counted(...EIGHT, 20, 3)).toEqual([...EIGHT, 20, 3]);
  expect(counted(...EIGHT, 1000, 3)).toEqual([...EIGHT, 20, 3]);
  expect(counted(...EIGHT.slice(1), 1000)).toEqual([...EIGHT.slice(1), 1000]);
});

test("its return counts for no more than it did", () => {
  expect(counted(...EIGHT, 1000, -1000, 3)).toEqual([...EIGHT, 20, -20, 3]);
  expect(counted(...EIGHT, -3, -5)).toEqual([...EIGHT, -3, -4]);
});

test("demand that does rise is let in within weeks", () => {
  expect(counted(...EIGHT, 1000, 1000, 1000, 1000, 1000)).toEqual([...EIGHT, 20, 100, 500, 1000, 1000]);
});

test("weeks do not depend on later ones, nor does it change what it gave", () => {
  const quantity = fc.oneof(fc.constant(0), fc.integer({ min: -100, max: 100 }), fc.constant(1e6));
  fc.assert(
    fc.property(fc.array(quantity, { maxLength: 60 }), fc.nat(60), (quantities, end) => {
      const all = withoutOutliers(Float64Array.from(quantities));
      expect(withoutOutliers(Float64Array.from(quantities.slice(0, end)))).toEqual(all.slice(0, end));
      expect(withoutOutliers(all)).toEqual(all);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("what came in the same weeks of another year counts", () => {
  const quantities = new Float64Array(120).fill(3);
  quantities.set([1000], 20);
  quantities.set([900], 73);
  const expected = (first: number) => quantities.map((quantity, t) => (t === 20 ? first : quantity));
  expect(withoutOutliers(quantities)).toEqual(expected(15));
  expect(withoutOutliers(quantities, true)).toEqual(expected(900));
});
