import { expect, test } from "vitest";
import { power } from "../../src/numeric/elementary.ts";
import { quantile, quantileOfSorted } from "../../src/numeric/quantile.ts";
import { drawToFront, generator } from "../../src/numeric/random.ts";
import { mean, sum } from "../../src/numeric/sum.ts";

test("a quantile lies between the two values about its place, and the caller's values stay as they are", () => {
  const values = Float64Array.of(40, 10, 30, 20);
  const quantiles = [0, 0.1, 0.5, 0.75, 1].map((probability) => quantile(values, probability));
  expect(quantiles).toEqual([10, 13, 25, 32.5, 40].map((value) => expect.closeTo(value, 12)));
  expect([...values]).toEqual([40, 10, 30, 20]);
  expect(quantileOfSorted(Float64Array.of(7), 0.9)).toBe(7);
});

test("a sum adds up, and a mean divides by the number of values", () => {
  expect([sum([1, 2, 6]), mean([1, 2, 6]), mean([5])]).toEqual([9, 3, 5]);
  expect([sum([]), mean([])]).toEqual([0, Number.NaN]);
});

test("a power is that of the base", () => {
  expect([power(2, 10), power(9, 0.5), power(10, -1), power(3, 0)]).toEqual([
    ...[expect.closeTo(1024, 9), expect.closeTo(3, 12), expect.closeTo(0.1, 12), 1],
  ]);
});

test("a generator gives uniform numbers, the same for the same seed", () => {
  const random = generator(7);
  const numbers = Array.from({ length: 10_000 }, random);
  expect(mean(numbers)).toBeCloseTo(0.5, 2);
  for (const share of [0.1, 0.5, 0.9]) {
    expect(numbers.filter((number) => number < share).length / 10_000).toBeCloseTo(share, 1);
  }
  const again = generator(7);
  expect(numbers.slice(0, 9)).toEqual(Array.from({ length: 9 }, again));
  expect(generator(8)()).not.toBe(numbers[0]);
});

test("each of the orders in which items can be drawn is as likely as any other, and no item gets lost", () => {
  const random = generator(1);
  const draws = 24_000;
  const counts = new Map<string, number>();
  for (let i = 0; i < draws; i++) {
    const items = ["a", "b", "c", "d"];
    drawToFront(items, 3, random);
    if (new Set(items).size < 4) throw new Error(`an item got lost: ${items}`);
    const drawn = items.slice(0, 3).join("");
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  // Five standard deviations of a count of a thousand.
  for (const count of counts.values()) expect(Math.abs(count - draws / 24)).toBeLessThan(5 * Math.sqrt(draws / 24));
});
