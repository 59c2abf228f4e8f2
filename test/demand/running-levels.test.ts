import fc from "fast-check";
import { expect, test } from "vitest";
import { RUNNING_METHODS, runningLevels } from "../../src/demand/running-levels.ts";
import { meanForecast } from "../../src/forecast/mean-forecast.ts";
import { meanOfWeeks } from "../../src/models/mean.ts";
import type { Model } from "../../src/models/model.ts";
import { tsb } from "../../src/models/tsb.ts";

const PLAIN: readonly Model[] = [8, 13, 26, 52].map(meanOfWeeks).concat(tsb);

const history = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: -20, max: 1000 })), {
  minLength: 1,
  maxLength: 160,
});

function levelsOf(quantities: readonly number[]): Map<string, Float64Array> {
  const levels = runningLevels(Float64Array.from(quantities));
  expect(levels).toHaveLength(RUNNING_METHODS.length);
  return new Map(RUNNING_METHODS.map(({ name }, m) => [name, levels[m]!]));
}

test.each(PLAIN)("$name after every week is what the plain method says of these weeks", (model) => {
  fc.assert(
    fc.property(history, (quantities) => {
      const levels = levelsOf(quantities).get(model.name)!;
      expect(levels).toHaveLength(quantities.length + 1);
      expect(levels[0]).toBe(0);
      for (let t = 1; t <= quantities.length; t++) {
        expect(levels[t]).toBeCloseTo(meanForecast(model, Float64Array.from(quantities.slice(0, t)), 1)[0]!, 9);
      }
    }),
    { seed: 1, numRuns: 40 },
  );
});

test("an exponential mean weighs a week by (1 − α) to the power of its age", () => {
  fc.assert(
    fc.property(history, fc.constantFrom(0.05, 0.1, 0.2, 0.3), (quantities, alpha) => {
      const levels = levelsOf(quantities).get(`ses${alpha}`)!;
      for (const t of [1, 2, Math.ceil(quantities.length / 2), quantities.length]) {
        if (t > quantities.length) continue;
        const weights = Array.from({ length: t }, (_, i) => (1 - alpha) ** (t - 1 - i));
        const weighed = weights.reduce((sum, weight, i) => sum + weight * Math.max(0, quantities[i]!), 0);
        expect(levels[t]).toBeCloseTo(weighed / weights.reduce((sum, weight) => sum + weight, 0), 9);
      }
    }),
    { seed: 2, numRuns: 100 },
  );
});

test("levels after a week do not depend on later weeks", () => {
  const quantities = Array.from({ length: 80 }, (_, i) => (i * 7) % 11);
  const known = levelsOf(quantities.slice(0, 50));
  for (const [name, levels] of levelsOf([...quantities.slice(0, 50), 1e6, ...quantities.slice(51)])) {
    expect(levels.slice(0, 51)).toEqual(known.get(name));
  }
});

test("levels are finite and not negative, and those of a constant are the constant", () => {
  const any = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(any, (quantities) => {
      for (const levels of levelsOf(quantities).values()) {
        for (const level of levels) expect(Number.isFinite(level) && level >= 0).toBe(true);
      }
    }),
    { seed: 3, numRuns: 100 },
  );
  for (const levels of levelsOf(Array(70).fill(7)).values()) {
    for (const level of levels.subarray(1)) expect(level).toBeCloseTo(7, 12);
  }
  for (const levels of levelsOf(Array(70).fill(0)).values()) expect([...levels]).toEqual(Array(71).fill(0));
});
