import { describe, expect, test } from "vitest";
import { DEMAND_CLASSES } from "../../src/demand/demand-class.ts";
import { calibrate } from "../../src/learning/calibration.ts";
import { FEATURE_NAMES } from "../../src/learning/features.ts";
import type { TrainingTable } from "../../src/learning/table.ts";
import { generator } from "../../src/numeric/random.ts";
import { marketWith } from "../parts/pooled.ts";
import { always, divided, foldSaying } from "../parts/trees.ts";

const HORIZON = 12;
const ROWS = 4000;
/** The mean is said to be what the base expects, its interval from 0.8 to 1.3. */
const SAID = foldSaying({
  ...{ mean: 1, lower: 0.5, median: 0.9, upper: 2 },
  ...{ meanWeekLower: 0.8, meanWeekUpper: 1.3, accuracy: 0.5 },
});

/** Products that sell so many times what is expected; the first half of the rows belongs to one demand class, the others to another. */
function tableOf(shareOf: (row: number, random: () => number) => number, rows = ROWS): TrainingTable {
  const random = generator(5);
  const expected = 1000;
  const actual = new Float64Array(rows * HORIZON);
  for (let row = 0; row < rows; row++) {
    actual.fill(Math.round(expected * Math.max(0, shareOf(row, random))), row * HORIZON, (row + 1) * HORIZON);
  }
  return {
    horizon: HORIZON,
    features: new Float64Array(rows * FEATURE_NAMES.length),
    expected: new Float64Array(rows).fill(expected),
    shockedExpected: new Float64Array(rows).fill(expected),
    meanWeek: Float64Array.from({ length: rows }, (_, row) => actual[row * HORIZON]!),
    actual,
    stretch: new Float64Array(rows).fill(1),
    key: Uint32Array.from({ length: rows }, (_, row) => row),
    orderRate: new Float64Array(rows).fill(1),
    demandClass: Uint8Array.from({ length: rows }, (_, row) => (row < rows / 2 ? 0 : 3)),
    fold: Uint8Array.from({ length: rows }, (_, row) => row % 2),
  };
}

const TWO_YEARS = marketWith(104, () => 1);
/** A standard error of a share of rows, of which fifteen at a time belong to a product. */
const errorOf = (level: number, rows = ROWS) => Math.sqrt((level * (1 - level) * 15) / rows);
const uniform = (row: number, random: () => number) => 1 + (random() - 0.5) * (row < ROWS / 2 ? 0.5 : 1);

/** Share of the totals that the stretched interval holds, by class. */
function coverage({ actual, expected, demandClass }: TrainingTable, total: Float64Array, shrink = 1): number[] {
  return [0, 3].map((index) => {
    const rows = [...demandClass.keys()].filter((row) => demandClass[row] === index);
    const held = rows.filter((row) => {
      const week = actual[row * HORIZON]! / expected[row]!;
      const stretch = total[index]! * shrink;
      return week >= 1 - 0.2 * stretch && week <= 1 + 0.3 * stretch;
    });
    return held.length / rows.length;
  });
}

describe("the interval of the total", () => {
  // What both folds say together is trusted to err three hundredths less than what either says, which is what is tried.
  const BOTH = 1 / 0.97;

  test.each([0.5, 0.8, 0.95])(
    "holds what was held out a standard error more often than it promises, at %d",
    (level) => {
      const table = tableOf((_, random) => uniform(0, random));
      const { meanWeekStretch: total } = calibrate(table, [SAID, SAID], TWO_YEARS, level);
      expect(total).toHaveLength(DEMAND_CLASSES.length);
      for (const share of coverage(table, total, BOTH)) {
        expect(Math.abs(share - level - errorOf(level))).toBeLessThan(0.02);
      }
    },
  );

  test("is wider where less was held out, and holds all of it where a standard error more would be more than all", () => {
    const stretchOf = (rows: number, level: number) =>
      calibrate(
        tableOf((_, random) => uniform(0, random), rows),
        [SAID, SAID],
        TWO_YEARS,
        level,
      ).meanWeekStretch[1]!;
    expect(stretchOf(400, 0.8)).toBeGreaterThan(1.05 * stretchOf(ROWS, 0.8));
    expect(errorOf(0.99, 40)).toBeGreaterThan(0.01);
    expect(stretchOf(40, 0.99)).toBe(stretchOf(40, 1));
  });

  test("is not tried at origins after which something extraordinary happened", () => {
    const calm = tableOf((_, random) => uniform(0, random), ROWS / 2);
    const rows = [...calm.fold.keys()];
    const withExtraordinary = {
      ...tableOf(() => 40),
      actual: Float64Array.from([...calm.actual, ...calm.actual.map(() => Number.NaN)]),
      demandClass: Uint8Array.from([...calm.demandClass, ...rows.map(() => 2)]),
    };
    const calibrations = [calm, withExtraordinary].map((table) => calibrate(table, [SAID, SAID], TWO_YEARS, 0.8));
    expect(calibrations[1]).toEqual(calibrations[0]);
  });

  test("is tried about the mean of the horizon, not of the twelve weeks that the mean is learned for", () => {
    const table = tableOf((_, random) => uniform(0, random));
    const stretched = {
      ...table,
      actual: table.actual.map((quantity) => 2 * quantity),
      stretch: table.stretch.map(() => 2),
    };
    const [once, twice] = [table, stretched].map((of) => calibrate(of, [SAID, SAID], TWO_YEARS, 0.8).meanWeekStretch);
    for (const [index, stretch] of twice!.entries()) expect(stretch / once![index]!).toBeCloseTo(1, 2);
  });

  test("is wider for a class that varies more, drawn towards all classes", () => {
    const table = tableOf(uniform);
    const { meanWeekStretch: total } = calibrate(table, [SAID, SAID], TWO_YEARS, 0.8);
    expect(total[3]!).toBeGreaterThan(1.4 * total[0]!);
    const [calm, wild] = coverage(table, total, BOTH);
    expect(calm).toBeGreaterThan(0.8);
    expect(wild).toBeLessThan(0.8);
    expect((calm! + wild!) / 2).toBeCloseTo(0.8 + errorOf(0.8), 1);
    // A class without a row is given what all classes need.
    expect(total[1]!).toBeGreaterThan(total[0]!);
    expect(total[1]!).toBeLessThan(total[3]!);
  });

  test("is tried on every product with what the other fold has taught", () => {
    const narrow = { ...SAID, spread: { ...SAID.spread, meanWeekLower: always(0.9), meanWeekUpper: always(1.15) } };
    const table = tableOf((row, random) => (row % 2 === 0 ? 1 + (random() - 0.5) / 2 : 1));
    const { meanWeekStretch: total } = calibrate(table, [SAID, narrow], TWO_YEARS, 0.9);
    const { meanWeekStretch: other } = calibrate(table, [narrow, SAID], TWO_YEARS, 0.9);
    expect(total[0]! / other[0]!).toBeCloseTo(2, 1);
  });

  test("is tried on what is said of the row itself", () => {
    // By the second feature the even rows are expected to sell half of what the base says, and they do.
    const table = tableOf((row, random) => (row % 2 === 0 ? 0.5 : 1) * uniform(0, random));
    const features = new Float64Array(table.features.length);
    for (let row = 0; row < ROWS; row++) features[row * FEATURE_NAMES.length + 1] = row % 2;
    const knowing = { ...SAID, mean: divided(1, 0.5, 0.5, 1) };
    const { meanWeekStretch: told } = calibrate({ ...table, features }, [knowing, knowing], TWO_YEARS, 0.8);
    const { meanWeekStretch: known } = calibrate(
      tableOf((_, random) => uniform(0, random)),
      [SAID, SAID],
      TWO_YEARS,
      0.8,
    );
    for (const [index, stretch] of told.entries()) expect(stretch / known[index]!).toBeCloseTo(1, 1);
  });

  test("is stretched within bounds, whatever came", () => {
    const { meanWeekStretch: exact } = calibrate(
      tableOf(() => 1),
      [SAID, SAID],
      TWO_YEARS,
      0.8,
    );
    const { meanWeekStretch: far } = calibrate(
      tableOf(() => 40),
      [SAID, SAID],
      TWO_YEARS,
      0.8,
    );
    const certain = { ...SAID, spread: { ...SAID.spread, meanWeekLower: always(1), meanWeekUpper: always(1) } };
    const { meanWeekStretch: none } = calibrate(tableOf(uniform), [certain, certain], TWO_YEARS, 0.8);
    for (const stretch of exact) expect(stretch).toBeCloseTo(0.3 * 0.97, 12);
    for (const stretch of [...far, ...none]) expect(stretch).toBeCloseTo(3 * 0.97, 12);
  });
});

test("a season that nobody has seen makes all intervals wider, as far as the market moves from month to month", () => {
  const table = tableOf(uniform);
  const { upperStretch: upper, meanWeekStretch: total } = calibrate(table, [SAID, SAID], TWO_YEARS, 0.8);
  expect(upper).toBeLessThan(1);
  const months = marketWith(40, (week) => (Math.floor(week / 4) % 2 === 0 ? 1 : 1.5));
  const unseen = calibrate(table, [SAID, SAID], months, 0.8);
  const movement = 1 + 3 * Math.log(1.5);
  expect(unseen.upperStretch).toBeCloseTo(movement, 9);
  for (const [index, stretch] of unseen.meanWeekStretch.entries())
    expect(stretch).toBeCloseTo(movement * total[index]!, 9);
});

test("the share of weeks within their interval is that of the trimmed one, bounds at the nearest unit", () => {
  const sold = (share: number) =>
    calibrate(
      tableOf(() => share),
      [SAID, SAID],
      TWO_YEARS,
      0.8,
    ).coverage;
  // From 500 to 1,000 + 0.91 · 1,000.
  expect([0.499, 0.5, 1, 1.91, 1.911].map(sold)).toEqual([0, 1, 1, 1, 0]);
  const mixed = tableOf((row) => (row % 4 === 0 ? 0.2 : 1));
  expect(calibrate(mixed, [SAID, SAID], TWO_YEARS, 0.8).coverage).toBe(0.75);
});
