import { describe, expect, test } from "vitest";
import { launch } from "../../src/breaks/launch.ts";
import { historyOf, type Line, ORIGIN, ordinary } from "./histories.ts";

const find = (lines: readonly Line[]) => launch(historyOf(lines), ORIGIN);

describe("a sample long before the launch", () => {
  test("makes a product no old one", () => {
    const found = find([...ordinary(20), [150 * 7, "1", 1], [149 * 7, "buyer", 2]])!;
    const expected = historyOf(ordinary(20));
    expect(found.history.quantities).toEqual(expected.quantities);
    expect(found.history.customers).toEqual(expected.customers);
    expect(found.breaks).toEqual([]);
  });

  test("is known as one before a season can have come again", () => {
    expect(find([...ordinary(8), [42 * 7, "1", 1]])!.history.quantities.length).toBe(8);
  });

  test("counts a few days after the launch already", () => {
    expect(find([...ordinary(2), [150 * 7, "1", 1]])!.history.quantities.length).toBe(2);
  });

  test.each<[string, readonly Line[]]>([
    ["less than half a year before", [...ordinary(20), [45 * 7, "1", 1]]],
    ["at the end of the last season", [...ordinary(8), [50 * 7, "1", 1]]],
    ["of a product that is ordered once in a while", [700, 600, 330, 10].map((d): Line => [d, "1", 5])],
    [
      "of one that rests as long again",
      [...ordinary(150).filter(([d]) => d > 500 || d < 300), [150 * 7 + 210, "1", 1]],
    ],
    ["of one that sold for a season", [...ordinary(20), ...ordinary(4).map(([d, c, q]): Line => [d + 700, c, q])]],
  ])("is none %s", (_what, lines) => {
    expect(find(lines)).toBeUndefined();
  });
});

describe("the first week of a young product", () => {
  /** Ten units a day. */
  const daily = (days: number) => Array.from({ length: days }, (_, i): Line => [days - i, "1", 10]);

  test("counts for nothing where the product was launched within it", () => {
    const found = find(daily(8))!;
    expect([...found.history.quantities]).toEqual([70]);
    expect(found).toMatchObject({ breaks: [], isOpen: false });
    expect([...find(daily(13 * 7 - 1))!.history.quantities]).toEqual(Array(12).fill(70));
  });

  test.each([
    ["a whole one", 14],
    ["the only one", 3],
    ["one of many", 13 * 7 + 1],
  ])("stays where it is %s", (_what, days) => {
    expect(find(daily(days))).toBeUndefined();
  });
});

describe("a shelf fill", () => {
  const weekly = (quantities: readonly number[]) =>
    quantities.map((quantity, week): Line => [7 * (quantities.length - week), "1", quantity]);

  test("counts as one of the weeks since", () => {
    expect([...find(weekly([400, 30, 28, 33]))!.history.quantities]).toEqual([30, 30, 28, 33]);
    expect([...find(weekly([400, 200, 30, 28, 33]))!.history.quantities]).toEqual([30, 30, 30, 28, 33]);
  });

  test.each([
    ["of two weeks", [400, 30, 28]],
    ["twice as large", [60, 30, 28, 33, 31]],
    ["half a year ago", [400, ...Array.from({ length: 26 }, () => 30)]],
    ["after which nothing is sold", [400, 1, 0, 0, 0]],
    ["that came again", [400, 30, 28, 300, 31]],
  ])("is none %s", (_what, quantities) => {
    expect(find(weekly(quantities))).toBeUndefined();
  });
});
