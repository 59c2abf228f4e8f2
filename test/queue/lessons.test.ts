import { expect, test } from "vitest";
import { decodeLessons, encodeLessons } from "../../src/queue/lessons.ts";
import { learnedLessons } from "../parts/lessons.ts";

test("lessons come back as they went, to the last bit, in shared memory, and take about half a megabyte", async () => {
  const succession = {
    predecessor: "9007199254740993",
    successor: "N",
    since: 20_000,
    customers: 9,
    customersBefore: 8,
  };
  const lessons = { ...(await learnedLessons()), successions: [succession] };
  const bytes = encodeLessons(lessons);
  const decoded = decodeLessons(bytes);
  expect(decoded).toStrictEqual(lessons);
  expect(bytes.length).toBeLessThan(1_000_000);
  for (const { mean } of decoded.demand.folds) expect(mean.threshold.buffer).toBeInstanceOf(SharedArrayBuffer);
});

test("numbers that JSON has no words for come back as they are", () => {
  const odd = { a: Number.NaN, b: -0, c: Number.NEGATIVE_INFINITY, d: new Map([["x", Float64Array.of(-0, 1 / 3)]]) };
  const decoded = decodeLessons(encodeLessons(odd as never)) as unknown as typeof odd;
  expect(decoded).toStrictEqual(odd);
  expect(Object.is(decoded.b, -0) && Object.is(decoded.d.get("x")![0], -0)).toBe(true);
});
