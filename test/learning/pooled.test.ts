import { expect, test } from "vitest";
import type { Pooled } from "../../src/demand/base.ts";
import { equalLosses } from "../../src/demand/combination.ts";
import { RUNNING_METHODS } from "../../src/demand/running-levels.ts";
import { OWN_FEATURE_NAMES } from "../../src/learning/features.ts";
import { classLossesOf, momentumOf, ownSeasonExponentOf, seasonExponentOf } from "../../src/learning/pooled.ts";
import type { TrainingRow } from "../../src/learning/training-rows.ts";

const HORIZON = 12;
const weeks = (count: number, quantity: (week: number) => number) =>
  Float64Array.from({ length: count }, (_, i) => quantity(i));
const CLASS_LOSSES = [0, 1, 2, 3].map(equalLosses);
const pooledOf = (series: Float64Array, change: Partial<Pooled> = {}): Pooled => ({
  ...{ series, classLosses: CLASS_LOSSES, seasonExponent: 1, ownSeasonExponent: 1, momentum: new Map() },
  ...change,
});

function rowOf(change: Partial<TrainingRow> & { means?: Record<string, number> } = {}): TrainingRow {
  const { means = {}, ...rest } = change;
  const features = new Float64Array(OWN_FEATURE_NAMES.length);
  for (const [name, mean] of Object.entries(means)) features[OWN_FEATURE_NAMES.indexOf(name)] = mean;
  return {
    features,
    levels: new Float64Array(RUNNING_METHODS.length).fill(10),
    own: { losses: new Float64Array(RUNNING_METHODS.length), originCount: 0 },
    ...{ demandClass: 0, season: { years: 0, ahead: 0, before: 0, lastYear: 0 }, mean: 10, mean52: 10, weeksAgo: 12 },
    actual: new Float64Array(HORIZON).fill(10),
    ...rest,
  };
}

test("losses of a class are those of its rows, drawn towards all classes by a hundred rows", () => {
  const off = (by: number, demandClass: number) =>
    rowOf({ demandClass, levels: new Float64Array(RUNNING_METHODS.length).fill(10 + by) });
  const rows = [...Array(100).fill(off(1, 0)), ...Array(100).fill(off(3, 2))];
  const losses = classLossesOf(rows, 4);
  for (const [index, expected] of [(0.1 + 0.2) / 2, 0.2, (0.3 + 0.2) / 2, 0.2].entries()) {
    for (const loss of losses[index]!) expect(loss).toBeCloseTo(expected, 9);
  }
  const nothing = classLossesOf([rowOf({ actual: new Float64Array(HORIZON), mean52: 0 })], 4);
  for (const loss of nothing.flatMap((of) => [...of])) expect(Number.isFinite(loss)).toBe(true);
});

test("a product's own past years are trusted as far as they came true, half where too few were seen", () => {
  const season = { years: 1, ahead: 20, before: 10, lastYear: 20 };
  const { ownSeasonExponent: _, ...pooled } = pooledOf(weeks(156 + 52, () => 100));
  const powerAfter = (actual: number, count: number) => {
    const row = rowOf({ season, weeksAgo: 52, actual: new Float64Array(HORIZON).fill(actual) });
    return ownSeasonExponentOf(Array(count).fill(row), pooled, HORIZON);
  };
  expect(powerAfter(15, 600)).toBe(1);
  expect(powerAfter(10 * Math.sqrt(1.5), 600)).toBe(0.5);
  expect(powerAfter(10, 600)).toBe(0);
  expect(powerAfter(10, 400)).toBe(0.5);
});

test("momentum is how the last weeks of all products compare with their levels", () => {
  const rows = [
    rowOf({ means: { mean4: 30, mean8: 10 } }),
    rowOf({ means: { mean4: 10, mean8: 10 } }),
    rowOf({ weeksAgo: 0, means: { mean4: 0, mean8: 0 } }),
  ];
  const momentum = momentumOf(rows, CLASS_LOSSES);
  expect(momentum.get(12)).toBeCloseTo(Math.log(1.5), 9);
  expect(momentum.get(0)).toBeCloseTo(Math.log(0.05), 9);
});

test("one wrong order moves the momentum of a market of many products but little", () => {
  const calm = Array.from({ length: 100 }, () => rowOf({ means: { mean4: 10, mean8: 10 } }));
  const levels = new Float64Array(RUNNING_METHODS.length).fill(10_000);
  const wrong = rowOf({ levels, means: { mean4: 25_000, mean8: 12_500 } });
  const momentum = momentumOf([...calm, wrong], CLASS_LOSSES).get(12)!;
  // It counts for a twentieth of all others.
  expect(momentum).toBeCloseTo(Math.log((1 + 0.05 * 1.875) / 1.05), 9);
});

test("the season of the market is believed the more, the more years have shown it", () => {
  const power = (weeksKnown: number) => seasonExponentOf(new Float64Array(weeksKnown));
  expect(power(55)).toBe(0);
  expect(power(56)).toBeCloseTo(1 / 1.35, 12);
  expect(power(52 * 6 + 4)).toBeCloseTo(6 / 6.35, 12);
});
