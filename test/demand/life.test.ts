import { expect, test } from "vitest";
import { soldUntil } from "../../src/demand/life.ts";

/** A year of a week with demand in every so many, the last one of the year among them, and weeks without. */
const history = (every: number, silence: number) =>
  Float64Array.from({ length: 52 + silence }, (_, week) => (week < 52 && (51 - week) % every === 0 ? 5 : 0));

test("a product of every week was sold until it was silent for four", () => {
  expect(soldUntil(history(1, 0))).toBe(52);
  expect(soldUntil(history(1, 3))).toBe(55);
  expect(soldUntil(history(1, 4))).toBe(52);
  expect(soldUntil(history(1, 30))).toBe(52);
});

test("a product of every fourth week is silent for as long as its rhythm makes improbable", () => {
  // Of 52 weeks 13 had demand: ((54 - 14) / 54) to the 15th is .011, to the 16th .008.
  expect(soldUntil(history(4, 15))).toBe(67);
  expect(soldUntil(history(4, 16))).toBe(52);
});

test("only the year before the silence tells the rhythm", () => {
  const weekly = new Float64Array(200).fill(5);
  expect(soldUntil(Float64Array.from([...weekly, ...history(4, 15)]))).toBe(267);
  expect(soldUntil(Float64Array.from([...new Float64Array(200), ...history(1, 4)]))).toBe(252);
});

test("a return is no demand", () => {
  expect(soldUntil(history(1, 5).with(-2, -3))).toBe(52);
});

test("a product that was never sold was sold until its first week, after a while", () => {
  expect(soldUntil(new Float64Array(6))).toBe(6);
  expect(soldUntil(new Float64Array(7))).toBe(0);
  expect(soldUntil(new Float64Array())).toBe(0);
});
