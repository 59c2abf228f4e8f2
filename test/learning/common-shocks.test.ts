import { expect, test } from "vitest";
import { commonShocks } from "../../src/learning/common-shocks.ts";

const ORIGINS = [12, 16, 20, 24, 28, 32, 36, 40];
const PRODUCTS = 50;

/** By weeks ago, the share of what was expected that came, the same for all products. */
function shocksOf(shareAt: (weeksAgo: number) => number, change: (targets: Float64Array) => void = () => {}) {
  const weeksAgo = ORIGINS.flatMap((weeks) => Array(PRODUCTS).fill(weeks) as number[]);
  const scales = Float64Array.from(weeksAgo, (_, i) => 1 + (i % PRODUCTS));
  const targets = scales.map((scale, i) => scale * shareAt(weeksAgo[i]!));
  change(targets);
  return commonShocks(weeksAgo, scales, targets, 12);
}

test("what hit all products at one origin is taken out, and the other origins stay", () => {
  const calm = shocksOf(() => 1);
  const hit = shocksOf((weeks) => (weeks === 24 ? 2 : 1));
  expect(hit.get(24)! / hit.get(12)!).toBeCloseTo(2, 9);
  for (const weeks of ORIGINS.filter((weeks) => weeks !== 24)) {
    expect(Math.abs(hit.get(weeks)! / calm.get(weeks)! - 1)).toBeLessThan(0.06);
  }
});

test("what comes again at every origin is taken to last: most of it stays in what trees learn", () => {
  const calm = shocksOf(() => 1);
  const lasting = shocksOf(() => 0.8);
  for (const weeks of ORIGINS) {
    const left = lasting.get(weeks)! / calm.get(weeks)!;
    expect(left).toBeGreaterThan(0.8 ** 0.3);
    expect(left).toBeLessThan(1);
  }
});

test("a little decline is expected where nothing was seen to change", () => {
  // The drift of −0.05 is seen as none at all, with a trust of 0.1² / (0.1² + 0.05² / (40 / 12)).
  const trust = 0.01 / (0.01 + 0.0025 / (40 / 12));
  for (const shock of shocksOf(() => 1).values()) expect(shock).toBeCloseTo(Math.exp(0.05 * (1 - trust)), 12);
});

test("one product that sold a thousandfold, and origins at which nothing sold, leave numbers that can be learned from", () => {
  const one = shocksOf(
    () => 1,
    (targets) => {
      targets[0] = 1e6;
    },
  );
  expect(one.get(12)! / one.get(16)!).toBeLessThan(1.03);
  const nothing = shocksOf((weeks) => (weeks === 24 ? 0 : 1));
  for (const shock of nothing.values()) expect(shock > 0 && shock < 3).toBe(true);
  expect(nothing.get(24)).toBeLessThan(0.05);
});
