import { describe, expect, test } from "vitest";
import { stockOut, stop } from "../../src/forecast/gaps.ts";

/** So many weeks each, from the text: `52x 4.` is a year of weeks with an order and four without. */
function weeks(text: string): number[] {
  return text.split(" ").flatMap((run) => Array(Number.parseInt(run, 10)).fill(run.endsWith("x") ? 1 : 0));
}

describe("a possible stock-out", () => {
  test("is a gap in a product that is ordered every week, as improbable as the rule of succession says", () => {
    const gap = stockOut(weeks("40x 4. 12x"));
    expect(gap).toMatchObject({ begin: 40, end: 44 });
    // Four weeks without after 52 of 52 with, at any of 52 weeks.
    expect(gap!.probability).toBeCloseTo((52 * (1 * 2 * 3 * 4)) / (54 * 55 * 56 * 57), 12);
  });

  test("may be under way, and is not from a quarter on", () => {
    expect(stockOut(weeks("60x 5."))).toMatchObject({ begin: 60, end: 65 });
    expect(stockOut(weeks("60x 13."))).toMatchObject({ begin: 60, end: 73 });
    expect(stockOut(weeks("60x 14."))).toBeUndefined();
  });

  test("under way goes before a longer one that is over", () => {
    expect(stockOut(weeks("60x 6. 30x 5."))).toMatchObject({ begin: 96, end: 101 });
  });

  test.each([
    ["a week or two, as around a holiday", "40x 2. 20x"],
    ["one that ended more than a year ago", "40x 8. 52x"],
    ["a gap of a product that is ordered every other week", `${"1x 1. ".repeat(40)}8. 10x`],
    ["the winter of a product that is ordered all summer", "26x 26. 26x 26. 20x"],
    ["a gap in a history that tells too little", "12x 6. 12x"],
    ["a product without any order", "80."],
    ["no week at all", ""],
  ])("is not %s", (_what, text) => {
    expect(stockOut(text === "" ? [] : weeks(text))).toBeUndefined();
  });
});

describe("a stop", () => {
  test("is a gap that is improbable by the rhythm before, and twice as long as any", () => {
    const found = stop(weeks(`${"1x 2. ".repeat(10)}1x 30.`));
    expect(found).toMatchObject({ begin: 31, end: 61, longestBefore: 2 });
    // After 11 of 31 weeks with an order.
    const expected = Array.from({ length: 30 }, (_, i) => (21 + i) / (33 + i)).reduce((a, b) => a * b);
    expect(found!.probability).toBeCloseTo(expected, 12);
  });

  test.each([
    ["a gap that was there before: a season", "20x 30. 20x 30."],
    ["a short one of a product that is ordered now and then", `${"1x 5. ".repeat(10)}1x 9.`],
    ["one that is over", "20x 30. 1x"],
    ["a product that was never ordered", "30."],
    ["no week at all", ""],
  ])("is not %s", (_what, text) => {
    expect(stop(text === "" ? [] : weeks(text))).toBeUndefined();
  });

  test("of a product that was ordered in a single week takes most of a year to show", () => {
    expect(stop(weeks("1x 30."))).toBeUndefined();
    expect(stop(weeks("1x 45."))).toMatchObject({ longestBefore: 0 });
  });
});

describe("a gap that grows", () => {
  const RHYTHMS: [string, string][] = [
    ["a product of every week", "150x"],
    ["one of half a year", "26x"],
    ["one of a few weeks", "12x"],
    ["one that was seldom without an order", `${"19x 1. ".repeat(8)}9x`],
    ["one that has become weekly", `${"1x 1. ".repeat(20)}92x`],
    ["one of nine weeks in ten", `${"9x 1. ".repeat(12)}9x`],
    ["one of every other week", `${"1x 1. ".repeat(60)}1x`],
    ["one with a long gap before", "60x 9. 60x"],
  ];

  test.each(RHYTHMS)("is first nothing, then a stock-out, then a stop: %s", (_what, before) => {
    const severities = Array.from({ length: 20 }, (_, i) => {
      const orders = weeks(`${before} ${i + 1}.`);
      const isStockOut = stockOut(orders)?.end === orders.length;
      const isStop = stop(orders) !== undefined;
      expect(isStockOut && isStop).toBe(false);
      return isStop ? 2 : isStockOut ? 1 : 0;
    });
    const firstStop = severities.indexOf(2);
    if (firstStop >= 0) expect(severities.slice(firstStop)).toEqual(severities.slice(firstStop).fill(2));
    expect(severities[0]).toBe(0);
  });

  test("of a weekly product is nothing after two weeks, and a matter of stock for a quarter from the third on", () => {
    const said = (gap: number) => {
      const orders = weeks(`120x ${gap}.`);
      return [stockOut(orders) !== undefined, stop(orders) !== undefined];
    };
    expect([said(1), said(2)]).toEqual([
      [false, false],
      [false, false],
    ]);
    for (let gap = 3; gap <= 13; gap++) expect(said(gap), `${gap} weeks`).toEqual([true, false]);
    expect(said(14)).toEqual([false, true]);
  });
});
