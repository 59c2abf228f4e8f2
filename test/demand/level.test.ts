import { expect, test } from "vitest";
import { equalLosses } from "../../src/demand/combination.ts";
import { levelOf, netMean, PastDemand } from "../../src/demand/level.ts";

const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => quantity(i));
const basisOf = (quantities: Float64Array) => new PastDemand(quantities, 12).basisAt(quantities.length);

test("the level of a constant is the constant, and never falls to nothing after there were sales", () => {
  expect(levelOf(basisOf(weeks(60, () => 7)), equalLosses())).toBeCloseTo(7, 9);
  // A fiftieth of the mean of all weeks, and a twentieth of that of the last year.
  expect(levelOf(basisOf(weeks(300, (i) => (i < 70 ? 10 : 0))), equalLosses())).toBeCloseTo((0.02 * 700) / 300, 9);
  const basis = { ...basisOf(weeks(60, () => 0)), mean: 1, mean52: 10 };
  expect(levelOf(basis, equalLosses())).toBe(0.5);
  expect(levelOf(basisOf(weeks(60, () => 0)), equalLosses())).toBe(1e-3);
  expect(levelOf(basisOf(weeks(60, () => -9)), equalLosses())).toBe(1e-3);
});

test("the basis of a past origin knows the weeks before it alone: their mean, that of the last year, and their class", () => {
  const quantities = weeks(100, (i) => (i < 8 ? 100 : i < 60 ? 2 : 5000 * (i % 2)));
  const { mean, mean52, demandClass, levels } = new PastDemand(quantities, 12).basisAt(60);
  expect(mean).toBeCloseTo(904 / 60, 12);
  expect(mean52).toBe(2);
  expect(demandClass).toBe(2);
  expect(levels[0]).toBe(2);
  expect(netMean(Float64Array.of(3, -9))).toBe(0);
});
