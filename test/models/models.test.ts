import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ALL_MODELS } from "../../src/models/registry.ts";
import { adida } from "../../src/models/temporal-aggregation.ts";

/** Those that see a trend, and so may forecast more than there ever was, or less than nothing. */
const EXTRAPOLATE = ["ets", "theta", "optimised-theta", "dynamic-theta"];

test("every method has a name of its own", () => {
  expect(new Set(ALL_MODELS.map(({ name }) => name)).size).toBe(ALL_MODELS.length);
});

describe.each(ALL_MODELS.map((model) => [model.name, model] as const))("%s", (name, model) => {
  const fitted = (quantities: readonly number[], horizon = 12) => [
    ...model.fit(Float64Array.from(quantities)).predict(horizon),
  ];
  const quantities = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: model.leastHistory, maxLength: 160 });
  const sparse = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 500 })), {
    minLength: model.leastHistory,
    maxLength: 160,
  });

  test("forecasts as many weeks as asked, with finite quantities", () => {
    fc.assert(
      fc.property(fc.oneof(quantities, sparse), fc.integer({ min: 4, max: 60 }), (history, horizon) => {
        const forecast = fitted(history, horizon);
        expect(forecast).toHaveLength(horizon);
        for (const quantity of forecast) expect(Number.isFinite(quantity)).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test("forecasts from returns and from large and small quantities what is a number", () => {
    const any = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(any, { minLength: model.leastHistory, maxLength: 80 }), (history) => {
        for (const quantity of fitted(history)) expect(Number.isFinite(quantity)).toBe(true);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  test("forecasts zero from nothing but zeros, and the constant from a constant", () => {
    const correction = name === "sba" ? 0.95 : 1;
    for (const weeks of [1, 2, 3, 5, 8, 60, 350]) {
      if (weeks < model.leastHistory) continue;
      expect(fitted(Array(weeks).fill(0))).toEqual(Array(12).fill(0));
      for (const quantity of fitted(Array(weeks).fill(7))) expect(quantity).toBeCloseTo(7 * correction, 9);
    }
  });

  test("forecasts from the shortest history that it accepts", () => {
    for (const quantity of fitted(Array(model.leastHistory).fill(3))) expect(quantity).toBeGreaterThan(0);
  });

  test("leaves the quantities as they are, and forecasts the same again", () => {
    fc.assert(
      fc.property(quantities, (history) => {
        const original = Float64Array.from(history);
        const once = model.fit(original);
        expect([...original]).toEqual(history);
        expect(once.predict(12)).toEqual(once.predict(20).slice(0, 12));
        expect(model.fit(original).predict(12)).toEqual(once.predict(12));
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  test("scales with the quantities", () => {
    fc.assert(
      fc.property(quantities, (history) => {
        const fourfold = fitted(history.map((quantity) => quantity * 4));
        // By a power of two every step of the arithmetic scales exactly; only the search for parameters may end elsewhere.
        for (const [k, quantity] of fitted(history).entries()) expect(fourfold[k]! / 4).toBeCloseTo(quantity, 3);
      }),
      { seed: 3, numRuns: 50 },
    );
  });
});

const WITHIN = ALL_MODELS.filter(({ name }) => !EXTRAPOLATE.includes(name));

test.each(WITHIN.map((model) => [model.name, model] as const))(
  "%s forecasts not less than nothing and no more than there ever was",
  (_name, model) => {
    const quantities = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 1000 })), {
      minLength: model.leastHistory,
      maxLength: 160,
    });
    fc.assert(
      fc.property(quantities, (history) => {
        for (const quantity of model.fit(Float64Array.from(history)).predict(12)) {
          expect(quantity).toBeGreaterThanOrEqual(0);
          expect(quantity).toBeLessThanOrEqual(Math.max(...history) * (1 + 1e-9));
        }
      }),
      { seed: 2, numRuns: 100 },
    );
  },
);

test.each([
  [2.5, [0, 5, 0, 0, 5]],
  [1.5, [5, 0, 5]],
])(
  "adida adds up two weeks where demand comes every %f weeks on average, the nearest even number",
  (_mean, history) => {
    expect(adida.fit(Float64Array.from(history)).predict(1)[0]).toBeCloseTo(5 / 2, 12);
  },
);
