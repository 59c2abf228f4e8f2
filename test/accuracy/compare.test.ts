import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pairedDifferences, rankCorrelation } from "../../src/accuracy/compare.ts";
import { generator } from "../../src/numeric/random.ts";

describe("rank correlation", () => {
  test("is 1 of what rises together, and −1 of what falls", () => {
    expect(rankCorrelation([1, 2, 3, 10], [2, 4, 5, 6])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3, 10], [6, 5, 4, 2])).toBeCloseTo(-1, 12);
  });

  test("gives ties their mean rank", () => {
    // Ranks 1.5, 1.5, 3, 4 and 1, 3, 2, 4, less their mean 2.5.
    expect(rankCorrelation([1, 1, 2, 3], [1, 3, 2, 4])).toBeCloseTo(3 / Math.sqrt(4.5 * 5), 12);
  });

  test("is not known where a side does not vary", () => {
    expect(rankCorrelation([1, 1], [1, 2])).toBeNull();
    expect(rankCorrelation([], [])).toBeNull();
  });
});

describe("paired differences", () => {
  const random = generator(3);
  const actual = Float64Array.from({ length: 400 }, () => 1 + 10 * random());
  const reference = actual.map((quantity) => quantity * random());

  test("are none of a method from itself", () => {
    expect(pairedDifferences([reference], reference, actual, 1)).toEqual([{ difference: 0, lower: 0, upper: 0 }]);
  });

  test("are certain where every product gains the same share, and wide where products differ", () => {
    const better = reference.map((error, i) => error - 0.1 * actual[i]!);
    const noise = reference.map((error) => error * (0.5 + random()));
    const [certain, noisy] = pairedDifferences([better, noise], reference, actual, 1);
    for (const value of Object.values(certain!)) expect(value).toBeCloseTo(-0.1, 9);
    expect(noisy!.lower).toBeLessThan(noisy!.difference);
    expect(noisy!.upper).toBeGreaterThan(noisy!.difference);
  });

  test("hold their width by the standard error of a mean", () => {
    const ones = new Float64Array(400).fill(1);
    const gains = Float64Array.from(ones, () => random());
    const [{ difference, lower, upper }] = pairedDifferences([gains], new Float64Array(400), ones, 1) as [
      { difference: number; lower: number; upper: number },
    ];
    const variance = gains.reduce((sum, gain) => sum + (gain - difference) ** 2, 0) / 400;
    const expected = 1.96 * Math.sqrt(variance / 400);
    for (const half of [difference - lower, upper - difference]) {
      expect(half / expected).toBeGreaterThan(0.9);
      expect(half / expected).toBeLessThan(1.1);
    }
  });

  test("are the same for the same seed", () => {
    const once = pairedDifferences([actual], reference, actual, 5);
    expect(pairedDifferences([actual], reference, actual, 5)).toEqual(once);
    expect(pairedDifferences([actual], reference, actual, 6)).not.toEqual(once);
  });
});

test("random numbers lie from 0 to 1, whatever the seed, and spread evenly", () => {
  fc.assert(
    fc.property(fc.nat(4_294_967_295), (seed) => {
      const random = generator(seed);
      const counts = new Array<number>(10).fill(0);
      for (let i = 0; i < 10_000; i++) counts[Math.floor(10 * random())]! += 1;
      for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(200);
    }),
    { seed: 1, numRuns: 20 },
  );
});
