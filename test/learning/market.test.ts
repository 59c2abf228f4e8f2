import { describe, expect, test } from "vitest";
import { NOW_WEEKS } from "../../src/learning/alike-weeks.ts";
import { type Market, marketOf } from "../../src/learning/market.ts";

const WEEKS = 120;
const PRODUCTS = 60;
/** A movement of all products: a slow wave, and a last quarter at half. */
const movement = (week: number) => (1 + 0.3 * Math.sin(week / 8)) * (week >= WEEKS - 13 ? 0.5 : 1);

/** Net units a week of products of all sizes, each of which goes with all others. */
const products = (weeks = WEEKS, at = movement) =>
  Array.from({ length: PRODUCTS }, (_, product) =>
    Float64Array.from({ length: weeks }, (_, week) => (1 + product) * at(week + WEEKS - weeks)),
  );

/** How the level of a week compares with that of another one. */
const ratio = ({ index }: Market, week: number, other: number) => index[week]! / index[other]!;
const ALONE = marketOf(products());

describe("the index of all products", () => {
  test("is the movement that each of them makes", () => {
    expect(ALONE.weeks).toBe(WEEKS - 1);
    for (const [week, other] of [
      [20, 40],
      [60, 50],
      [100, 112],
    ] as const) {
      expect(ratio(ALONE, week, other) / (movement(week + 1) / movement(other + 1))).toBeCloseTo(1, 1);
    }
  });

  test("has a mean of one in the last weeks", () => {
    const now = ALONE.index.subarray(-NOW_WEEKS);
    expect(now.reduce((sum, level) => sum + level, 0) / NOW_WEEKS).toBeCloseTo(1, 12);
  });

  test("does not know what a product is counted in", () => {
    const [first, ...others] = products();
    const inGrams = marketOf([first!.map((quantity) => 1000 * quantity), ...others]);
    for (const [week, level] of inGrams.index.entries()) expect(level).toBeCloseTo(ALONE.index[week]!, 9);
  });

  test("is not moved by products that join or leave the range", () => {
    const joined = marketOf([...products(), ...products(40)]);
    const left = marketOf([...products(), ...products().map((quantities) => quantities.fill(0, 60))]);
    for (const market of [joined, left]) {
      for (const week of [30, 55, 65, 85, 110]) expect(market.index[week]! / ALONE.index[week]!).toBeCloseTo(1, 1);
    }
  });

  test("hardly hears a product that goes its own way, however much it sells", () => {
    const odd = Float64Array.from({ length: WEEKS }, (_, week) => (week % 52 < 4 ? 1e9 : 0));
    const market = marketOf([...products(), odd]);
    for (const [week, level] of market.index.entries())
      expect(Math.abs(level / ALONE.index[week]! - 1)).toBeLessThan(0.01);
  });

  test("is one of which nothing ever happened to all, of as many weeks as the oldest has, with fewer than twenty products", () => {
    const few = products().slice(0, 19);
    const always = new Float64Array(WEEKS).fill(1);
    expect(marketOf([Float64Array.of(7), ...few])).toMatchObject({
      weeks: WEEKS,
      index: always,
      openness: always,
      noise: 0,
    });
    expect(marketOf([])).toMatchObject({ weeks: 0, index: new Float64Array() });
  });

  test("has a week without orders of anybody as one of rest, and no other week feels it", () => {
    const closed = marketOf(products(WEEKS, (week) => (week === 70 || week === 71 ? 0 : movement(week))));
    expect([...closed.index.entries()].filter(([, level]) => level === 0).map(([week]) => week)).toEqual([69, 70]);
    expect([...closed.openness.subarray(69, 71)]).toEqual([0, 0]);
    for (const week of [60, 68, 71, 80]) expect(closed.index[week]! / ALONE.index[week]!).toBeCloseTo(1, 1);
  });
});

describe("the index of few products", () => {
  const SOLD = 36;
  const weeks = Array.from({ length: SOLD }, (_, week) => week);
  /** Of all products: a quarter of a year above the mean, one below it, and one between. */
  const level = (week: number) => [1.3, 0.7, 1][Math.floor(week / 12)]!;
  /** Half of the products sell so much more than that, the other half so much less. */
  const own = (week: number) => (week % 12 < 6 ? 0.5 : -0.5);
  const of = (count: number, levelOf = level) =>
    marketOf(
      Array.from({ length: count }, (_, product) => {
        const sign = product % 2 === 0 ? 1 : -1;
        // The week of the first order does not count.
        return Float64Array.of(1, ...weeks.map((week) => 100 * (levelOf(week) + sign * own(week))));
      }),
    );

  test.each([20, 40, 400])("moves by the part of its variance that is not chance, among %i products", (count) => {
    const nearby = (t: number, value: (week: number) => number) => weeks.slice(Math.max(0, t - 4), t + 5).map(value);
    const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    const average = (values: readonly number[]) => total(values) / values.length;
    const logarithms = weeks.map((t) => Math.log(average(nearby(t, level))));
    const variance = average(logarithms.map((value) => (value - average(logarithms)) ** 2));
    const chanceOfOne = average(weeks.map((t) => (total(nearby(t, own)) / total(nearby(t, level))) ** 2));
    const { unsmoothed } = of(count);
    const part = Math.log(unsmoothed[6]! / unsmoothed[18]!) / Math.log(level(6) / level(18));
    // A little less, as every week is drawn to no movement at all.
    expect(part).toBeCloseTo(1 - chanceOfOne / count / variance, 1);
    expect(part).toBeLessThan(1 - chanceOfOne / count / variance);
  });

  test("does not believe that a single unit is all that a week has, where the others sell thousands or seldom", () => {
    const lumpy = Array.from({ length: 25 }, (_, product) =>
      Float64Array.from({ length: 2 * SOLD }, (_, week) =>
        week === 40 ? (product === 0 ? 1 : 0) : (week * (product + 3)) % 17 < 2 ? 4 ** ((week + product) % 7) : 0,
      ),
    );
    const { index } = marketOf(lumpy);
    for (const level of index.filter((level) => level > 0)) {
      expect(level).toBeGreaterThan(0.1);
      expect(level).toBeLessThan(10);
    }
  });

  test("does not move where chance explains all of it", () => {
    const { index } = of(20, (week) => 1 + (level(week) - 1) / 50);
    expect(index).toEqual(new Float64Array(SOLD).fill(1));
  });
});
