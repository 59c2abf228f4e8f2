import { expect, test } from "vitest";
import { deflated, withoutRests } from "../../src/demand/deflation.ts";

const of = (...quantities: number[]) => Float64Array.from(quantities);

test("what happened to all products is taken out of the demand of one", () => {
  expect(deflated(of(10, 20, 5, 40), of(1, 2, 0.5, 2))).toEqual(of(10, 10, 10, 20));
});

test("the last week of the index is that of the product", () => {
  expect(deflated(of(4, 8), of(9, 9, 1, 2))).toEqual(of(4, 4));
});

test("weeks before the index begins are taken like its first ones", () => {
  expect(deflated(of(8, 8, 8, 8), of(2, 4))).toEqual(of(4, 4, 4, 2));
});

test("nothing is taken out where nothing is known of other products", () => {
  expect(deflated(of(3, 0, -2), of())).toEqual(of(3, 0, -2));
  expect(withoutRests(of(3, 0, -2), of())).toEqual(of(3, 0, -2));
});

test("a week of rest is filled with the mean of the four weeks on either side of it", () => {
  const quantities = of(1000, 1, 2, 3, 4, 0, 6, 7, 8, 9, 1000);
  const index = of(1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1);
  expect(deflated(quantities, index)).toEqual(quantities.with(5, 5));
  expect(withoutRests(quantities, index)).toEqual(quantities.with(5, 5));
});

test("what a product sold in a week of rest, or took back, counts for nothing", () => {
  expect(deflated(of(10, 500, 20), of(1, 0, 2))).toEqual(of(10, 10, 10));
  expect(deflated(of(10, -5, 20), of(1, 0, 2))).toEqual(of(10, 10, 10));
});

test("weeks of rest are not filled from each other", () => {
  expect(deflated(of(6, 0, 0, 0, 12), of(1, 0, 0, 0, 1))).toEqual(of(6, 9, 9, 9, 12));
});

test("weeks of rest at either end are filled from one side", () => {
  expect(deflated(of(0, 6, 8, 0), of(0, 1, 1, 0))).toEqual(of(7, 6, 8, 7));
});

test("a product of weeks of rest alone has no demand", () => {
  expect(deflated(of(0, 3), of(0, 0))).toEqual(of(0, 0));
});

test("weeks of rest can be filled without taking out anything else", () => {
  expect(withoutRests(of(10, 20, 99, 60), of(1, 2, 0, 4))).toEqual(of(10, 20, 30, 60));
  const quantities = of(10, 20);
  expect(withoutRests(quantities, of(1, 2)), "the very same where there are none").toBe(quantities);
});
