import { expect, test } from "vitest";
import { alternatives, date, duration, durationUpTo, share, wholeNumber, yesOrNo } from "../../src/values/kinds.ts";

test("kinds of values", () => {
  const number = wholeNumber(4, 26).parse;
  expect(["4", "26", "3", "27", "-4", "4.5", "1e1", " 5", ""].map(number)).toEqual([
    4,
    26,
    ...Array(7).fill(undefined),
  ]);
  const probability = share(0.5, 0.99).parse;
  expect(["0.8", "80%", "0.5", "80", "0.4", "100%", "x", ".8"].map(probability)).toEqual([
    ...[0.8, 0.8, 0.5],
    ...Array(5).fill(undefined),
  ]);
  expect(share(0.5, 0.995).allowed).toBe("a share from 0.5 to 0.995, or the same as a percentage such as 99%");
  const seconds = duration().parse;
  expect(["90s", "1.5m", "36h", "8d", "8", "8w", "-1d"].map(seconds)).toEqual([
    ...[90, 90, 129_600, 691_200],
    ...Array(3).fill(undefined),
  ]);
  const patience = durationUpTo("10m").parse;
  expect(["0", "0s", "90s", "10m", "11m", "5", ""].map(patience)).toEqual([
    ...[0, 0, 90, 600],
    ...Array(3).fill(undefined),
  ]);
  expect(["true", "YES", "1", "false", "no", "0", "maybe"].map(yesOrNo().parse)).toEqual([
    ...[true, true, true, false, false, false, undefined],
  ]);
  expect(["2025-02-29", "2025-02-28T00:00", "28.02.2025"].map(date().parse)).toEqual([undefined, undefined, undefined]);
});

test("words are listed as a sentence lists them", () => {
  expect([["a"], ["a", "b"], ["a", "b", "c"]].map(alternatives)).toEqual(["a", "a or b", "a, b or c"]);
});
