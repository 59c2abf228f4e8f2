import { describe, expect, test } from "vitest";
import { parseDay } from "../../src/history/calendar.ts";
import { openAhead, opennessOf, opennessOfFew, sourceGaps } from "../../src/learning/rests.ts";
import { exp } from "../../src/numeric/elementary.ts";
import { generator } from "../../src/numeric/random.ts";

const openWith = (weeks: number, closed: Record<number, number>) =>
  Float64Array.from({ length: weeks }, (_, week) => closed[week] ?? 1);

test("a week is one of rest in which less than half was sold of what is usual around it", () => {
  const index = openWith(40, { 20: 0.4, 30: 0.6, 35: 0 });
  expect([...opennessOf(index)]).toEqual([...openWith(40, { 20: 0.4, 35: 0 })]);
});

test("what sells as always is no rest after weeks of more, and a rest amid them is one", () => {
  const spell = (weeks: number) => Float64Array.from({ length: 60 }, (_, t) => (t >= 50 && t < 50 + weeks ? 3 : 1));
  for (const weeks of [1, 4, 8]) expect(opennessOf(spell(weeks))).toEqual(openWith(60, {}));
  expect(opennessOf(spell(8).with(54, 0.2))).toEqual(openWith(60, { 54: 0.2 }));
});

test("where weeks vary widely by chance, a week of less is none of rest, and one without an order still is", () => {
  const random = generator(2);
  const index = Float64Array.from({ length: 200 }, (_, week) =>
    week === 100 ? 0 : exp(random() + random() + random()),
  );
  index[150] = 1;
  expect(opennessOf(index)).toEqual(openWith(200, { 100: 0 }));
});

test("weeks that every past year was closed will be, to the same extent", () => {
  // The second week ahead was two years and one year ago at weeks 17 and 69: the 120 weeks end with week 119, 52 weeks make a year.
  expect([...openAhead(openWith(120, { 17: 0.2, 69: 0.2 }), parseDay("2025-08-04"), 4)]).toEqual([1, 0.2, 1, 1]);
});

test("what a single past year shows is no closing but at New Year", () => {
  for (const level of [0, 0.2]) {
    const ahead = (origin: string) => [...openAhead(openWith(60, { 9: level }), parseDay(origin), 4)];
    expect(ahead("2025-08-04")).toEqual([1, 1, 1, 1]);
    for (const origin of ["2025-12-16", "2025-12-22", "2025-12-25"]) expect(ahead(origin)).toEqual([1, level, 1, 1]);
  }
});

describe("of a few products weeks without an order of anybody are gaps", () => {
  const weekly = openWith(60, { 40: 0, 41: 0, 58: 0, 59: 0 });
  const gaps = openWith(60, { 40: 0, 41: 0, 58: 0, 59: 0 });

  test("where each is ordered nearly every week, however long it is sold", () => {
    expect(opennessOfFew([weekly, weekly.slice(5), weekly.slice(10), weekly.slice(20)])).toEqual(gaps);
    expect(opennessOfFew([weekly, new Float64Array(), weekly, weekly])).toEqual(gaps);
  });

  test("but not where chance explains them", () => {
    expect(opennessOfFew([weekly, weekly])).toEqual(openWith(60, {}));
    const seldom = Float64Array.from(weekly, (level, t) => (t % 3 === 0 ? level : 0));
    expect(opennessOfFew([weekly, ...Array(4).fill(seldom)])).toEqual(openWith(60, {}));
    expect(opennessOfFew([])).toEqual(new Float64Array());
  });
});

test("weeks without an order are gaps of the source, but for those of every year, and those at New Year", () => {
  const august = parseDay("2025-08-04");
  expect(sourceGaps(openWith(120, { 100: 0, 101: 0 }), august)).toEqual([{ from: 20, until: 18 }]);
  expect(sourceGaps(openWith(120, { 100: 0, 48: 0.3 }), august)).toEqual([]);
  expect(sourceGaps(openWith(120, { 118: 0, 119: 0 }), parseDay("2025-12-20"))).toEqual([{ from: 2, until: 0 }]);
  expect(sourceGaps(openWith(120, { 118: 0, 119: 0 }), parseDay("2026-01-05"))).toEqual([]);
});
