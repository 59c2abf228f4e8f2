import { expect, test } from "vitest";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import { classLossesOf, seasonWeeksOf } from "../../src/learning/pooled.ts";
import type { TrainingRow } from "../../src/learning/training-rows.ts";
import { NO_SEASONS, pooledOf } from "../parts/pooled.ts";

const HORIZON = 12;

function rowOf(change: Partial<TrainingRow> = {}): TrainingRow {
  return {
    features: [],
    levels: new Float64Array(RUNNING_METHODS.length).fill(10),
    own: { losses: new Float64Array(RUNNING_METHODS.length), originCount: 0 },
    ...{ demandClass: 0, season: NO_SEASONS, mean: 10, mean52: 10, size: 10, weeksAgo: 12 },
    ...{ product: 1, activeWeeks: 9, orderRate: 1, soldFor: 12, isWhole: true },
    actual: new Float64Array(HORIZON).fill(10),
    ...change,
  };
}

const METHODS = RUNNING_METHODS.length;
/** As it was taught elsewhere: the same loss of each method, by class. */
const taught = (...losses: readonly number[]) => losses.map((loss) => new Float64Array(METHODS).fill(loss));

test("losses of a class are those of its rows, drawn by five hundred towards what was taught elsewhere of the class", () => {
  const off = (by: number, demandClass: number) =>
    rowOf({ demandClass, levels: new Float64Array(RUNNING_METHODS.length).fill(10 + by) });
  const rows = [...Array(500).fill(off(1, 0)), ...Array(125).fill(off(3, 2))];
  const losses = classLossesOf(rows, taught(0.5, 0.6, 0.7, 0.8));
  for (const [index, expected] of [(0.1 + 0.5) / 2, 0.6, 0.2 * 0.3 + 0.8 * 0.7, 0.8].entries()) {
    for (const loss of losses[index]!) expect(loss).toBeCloseTo(expected, 9);
  }
  const nothing = classLossesOf([rowOf({ actual: new Float64Array(HORIZON), mean52: 0 })], taught(0.5, 0.6, 0.7, 0.8));
  for (const loss of nothing.flatMap((of) => [...of])) expect(Number.isFinite(loss)).toBe(true);
  expect(classLossesOf([], taught(0.5, 0.6))).toEqual(taught(0.5, 0.6));
});

test("what a product is counted in makes no difference to its class, how well it is known does", () => {
  const row = (scale: number, by: number, activeWeeks: number) =>
    rowOf({
      levels: new Float64Array(RUNNING_METHODS.length).fill(scale * (10 + by)),
      actual: new Float64Array(HORIZON).fill(scale * 10),
      ...{ mean: 10 * scale, mean52: 10 * scale, size: 10 * scale, activeWeeks },
    });
  for (const scale of [0.001, 1, 1000]) {
    const [losses] = classLossesOf([row(scale, 1, 36), row(1, 4, 9)], taught(0));
    // The root of 36 weeks counts twice as much as that of nine.
    for (const loss of losses!) expect(loss).toBeCloseTo(((2 / 502) * (2 * 0.1 + 0.4)) / 3, 9);
  }
});

test("what came is looked at over twelve weeks, whatever the horizon", () => {
  const levels = new Float64Array(RUNNING_METHODS.length).fill(11);
  const longer = Float64Array.from({ length: 26 }, (_, week) => (week < 12 ? 10 : 500));
  const known = taught(0.5);
  expect(classLossesOf([rowOf({ levels, actual: longer })], known)).toEqual(classLossesOf([rowOf({ levels })], known));
});

test("products' own seasons are trusted as far as they came true, as is usual where too few were seen", () => {
  // In twelve weeks with demand three quarters of it were in the season: it was three times as much as before.
  const season = { ...NO_SEASONS, years: 1, weeks: 12, sharedWeeks: 9 };
  const weeksAfter = (actual: number, count: number) =>
    seasonWeeksOf(Array(count).fill(rowOf({ season, actual: new Float64Array(HORIZON).fill(actual) })), pooledOf());
  /** What is expected of a level of ten where the season of all counts for so many weeks. */
  const expectedWith = (weeks: number) => (10 * (9 + weeks / 2)) / (3 + weeks / 2);
  expect(weeksAfter(30, 500)).toBe(4);
  for (const weeks of [8, 16, 32, 64, 128]) expect(weeksAfter(expectedWith(weeks), 500)).toBe(weeks);
  expect(weeksAfter(10, 500)).toBe(1024);
  expect(weeksAfter(10, 499)).toBe(32);
});

test("products without a past year say nothing of how far seasons are to be trusted", () => {
  const season = { ...NO_SEASONS, years: 1, weeks: 12, sharedWeeks: 9 };
  const seasonal = rowOf({ season, actual: new Float64Array(HORIZON).fill(30) });
  expect(seasonWeeksOf([...Array(499).fill(seasonal), ...Array(300).fill(rowOf())], pooledOf())).toBe(32);
  expect(seasonWeeksOf([...Array(500).fill(seasonal), ...Array(300).fill(rowOf())], pooledOf())).toBe(4);
});
