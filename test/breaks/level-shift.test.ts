import { describe, expect, test } from "vitest";
import { levelShift } from "../../src/breaks/level-shift.ts";
import type { ProductHistory } from "../../src/history/history.ts";
import { generator } from "../../src/numeric/random.ts";
import { mean } from "../../src/numeric/sum.ts";

const ORIGIN = 20_403;

function find(weeks: ArrayLike<number>, index: readonly number[] = []) {
  const none = new Int32Array(weeks.length);
  const quantities = Float64Array.from(weeks);
  const history: ProductHistory = {
    ...{ quantities, customersPerWeek: none, ordersPerWeek: none, customers: [] },
    ...{ returnsPerWeek: new Float64Array(weeks.length), otherWeekByDate: new Float64Array(weeks.length) },
  };
  return levelShift(history, ORIGIN, 12, Float64Array.from(index));
}

/** Orders of one to nine units that come at random, on a level that is `factor` times as high in the last weeks. */
function atRandom(seed: number, weeks: number, level: number, last: number, factor: number, season = 0): number[] {
  const random = generator(seed);
  return Array.from({ length: weeks }, (_, week) => {
    const yearly = 1 + season * Math.sin((2 * Math.PI * (week + seed)) / 52);
    let expected = (level / 5) * yearly * (week >= weeks - last ? factor : 1);
    let quantity = 0;
    for (; expected > 0; expected--) {
      for (let chance = 0; chance < 10; chance++) {
        if (random() < Math.min(1, expected) / 10) quantity += 1 + Math.floor(9 * random());
      }
    }
    return quantity;
  });
}

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed);
const shareFound = (world: (seed: number) => number[]) =>
  SEEDS.filter((seed) => find(world(seed)) !== undefined).length / SEEDS.length;

describe("a level three times as high", () => {
  const weeks = [...Array.from({ length: 114 }, (_, week) => 30 + (week % 5)), 95, 98, 101, 94, 97, 99];

  test("for six weeks is found, and the weeks before are put on it", () => {
    const found = find(weeks)!;
    expect(found.breaks).toEqual([
      { kind: "level-shift", from: ORIGIN - 42, weeks: 6, factor: expect.closeTo(3.04, 2) },
    ]);
    expect(found.isOpen).toBe(true);
    const { quantities } = found.history;
    expect(quantities.subarray(-6)).toEqual(Float64Array.from(weeks.slice(-6)));
    expect(mean(quantities.subarray(-58, -6))).toBeCloseTo(mean(quantities.subarray(-6)), 9);
    expect(quantities[0]).toBeCloseTo(30 * 3.04, 0);
  });

  test("is settled after eight weeks", () => {
    expect(find([...weeks, 97, 96])).toMatchObject({ breaks: [{ weeks: 8 }], isOpen: false });
  });

  test("is no news after half a year, and of the past after a year", () => {
    const since = (count: number) => [...steady(114), ...Array.from({ length: count }, (_, week) => 95 + (week % 5))];
    expect(find(since(26))!.breaks).toMatchObject([{ weeks: 26 }]);
    const old = find(since(40))!;
    expect(old.breaks).toEqual([]);
    expect(mean(old.history.quantities.subarray(0, 100))).toBeCloseTo(97, 0);
    expect(find(since(53))).toBeUndefined();
  });

  test("is found in any unit", () => {
    for (const unit of [1e-6, 1e6]) {
      expect(find(weeks.map((units) => units * unit))!.breaks).toEqual([
        { kind: "level-shift", from: ORIGIN - 42, weeks: 6, factor: expect.closeTo(3.04, 2) },
      ]);
    }
  });

  test("is found among orders that come at random", () => {
    expect(shareFound((seed) => atRandom(seed, 120, 32, 6, 3))).toBeGreaterThan(0.9);
    expect(shareFound((seed) => atRandom(seed, 120, 100, 6, 3))).toBeGreaterThan(0.98);
    expect(shareFound((seed) => atRandom(seed, 120, 100, 6, 3, 0.3))).toBeGreaterThan(0.6);
  });

  test("needs clear evidence where no past year tells whether it is a season", () => {
    expect(find(weeks.slice(-40))).toMatchObject({ isOpen: true });
    const noisy = weeks.slice(-40).map((units, week) => units * (week % 2 === 0 ? 1.6 : 0.4));
    expect(find(noisy)).toBeUndefined();
  });
});

describe("where all products are on a new level", () => {
  const tripled = Array.from({ length: 120 }, (_, week) => (week < 114 ? 1 : 3));
  const none = Array.from({ length: 120 }, (_, week) => (week < 106 || week >= 108 ? 1 : 0));

  test("a product that is, too, has no shift of its own", () => {
    const weeks = [...steady(114), ...steady(6).map((units) => 3 * units)];
    expect(find(weeks)).toBeDefined();
    expect(find(weeks, tripled)).toBeUndefined();
  });

  test("a product that stays is on a lower one", () => {
    expect(find(steady(120), tripled)).toMatchObject({ breaks: [{ weeks: 6, factor: expect.closeTo(1 / 3, 1) }] });
  });

  test("weeks without an order of anybody are none of a lower level", () => {
    const weeks = steady(120).fill(0, 106, 108);
    expect(find(weeks, none)).toBeUndefined();
    const found = find([...weeks.slice(0, 114), 95, 98, 101, 94, 97, 99], none)!;
    expect(found.breaks).toMatchObject([{ weeks: 6, factor: expect.closeTo(3.04, 1) }]);
    expect([...found.history.quantities.subarray(106, 108)], "the history itself keeps them").toEqual([0, 0]);
  });
});

test("a level of a third is found, too", () => {
  const weeks = [...Array.from({ length: 114 }, (_, week) => 90 + 3 * (week % 5)), 30, 33, 31, 34, 32, 29];
  expect(find(weeks)).toMatchObject({ breaks: [{ weeks: 6, factor: expect.closeTo(0.33, 2) }], isOpen: true });
  expect(shareFound((seed) => atRandom(seed, 120, 300, 8, 1 / 3))).toBeGreaterThan(0.9);
  expect(shareFound((seed) => atRandom(seed, 120, 100, 6, 1 / 3))).toBeGreaterThan(0.9);
  expect(shareFound((seed) => atRandom(seed, 120, 25, 10, 1 / 3))).toBeGreaterThan(0.6);
});

const steady = (weeks: number) => Array.from({ length: weeks }, (_, week) => 30 + (week % 5));

test.each<[string, number[]]>([
  ["of three weeks", [...steady(117), 97, 97, 97]],
  [
    "that came before, as a season does",
    [...steady(60), ...steady(8).map((q) => 3 * q), ...steady(46), 97, 96, 98, 97, 95, 99],
  ],
  ["that is one large week", [...steady(114), 33, 31, 500, 32, 30, 34]],
  ["of a trend", Array.from({ length: 120 }, (_, week) => 30 * 1.04 ** week)],
  ["that has gone back", [...steady(100), ...steady(8).map((q) => 3 * q), ...steady(12)]],
  ["that is none any more", [...steady(114), 0, 0, 0, 0, 0, 0]],
  ["of a product that hardly sold", [...steady(114).map((_, week) => (week % 9 === 0 ? 1 : 0)), 9, 8, 10, 9, 11, 8]],
  ["half as high again", [...steady(114), 48, 49, 47, 48, 50, 46]],
  ["of a short history", [...steady(20), 97, 97, 97, 97, 97, 97]],
])("no level is found %s", (_what, weeks) => {
  expect(find(weeks)).toBeUndefined();
});

test("no level is found where nothing happened, nor in a season", () => {
  for (const level of [2, 10, 32, 300]) {
    expect(shareFound((seed) => atRandom(seed, 120, level, 6, 1))).toBeLessThan(0.01);
    expect(shareFound((seed) => atRandom(seed, 156, level, 6, 1, 0.8))).toBeLessThan(0.01);
  }
});
