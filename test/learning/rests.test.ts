import { expect, test } from "vitest";
import { openAhead, opennessOf, sourceGaps } from "../../src/learning/rests.ts";
import { exp } from "../../src/numeric/elementary.ts";
import { generator } from "../../src/numeric/random.ts";

const openWith = (weeks: number, closed: Record<number, number>) =>
  Float64Array.from({ length: weeks }, (_, week) => closed[week] ?? 1);

test("a week is one of rest in which less than half was sold of what is usual around it", () => {
  const index = openWith(40, { 20: 0.4, 30: 0.6, 35: 0 });
  expect([...opennessOf(index)]).toEqual([...openWith(40, { 20: 0.4, 35: 0 })]);
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
  expect([...openAhead(openWith(120, { 17: 0.2, 69: 0.2 }), 4)]).toEqual([1, 0.2, 1, 1]);
});

test("a single past year without any order is no closing, one with a few is", () => {
  expect([...openAhead(openWith(60, { 9: 0 }), 4)]).toEqual([1, 1, 1, 1]);
  expect([...openAhead(openWith(60, { 9: 0.2 }), 4)]).toEqual([1, 0.2, 1, 1]);
});

test("weeks without an order are gaps of the source, but for those of every year", () => {
  expect(sourceGaps(openWith(120, { 100: 0, 101: 0 }))).toEqual([{ from: 20, until: 18 }]);
  expect(sourceGaps(openWith(120, { 100: 0, 48: 0.3 }))).toEqual([]);
});
