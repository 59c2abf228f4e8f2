import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type LessonsOfVariants, VARIANT_NAMES } from "../../src/backtest/lessons.ts";
import { METHOD_NAMES, methodNamed } from "../../src/backtest/methods.ts";
import { parseDay } from "../../src/history/calendar.ts";
import { type ProductHistory, productHistories } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import { untaught } from "../parts/lessons.ts";

const ORIGIN = parseDay("2025-11-11");
/** By horizon and level: all methods are asked for the same ones. */
const LESSONS = new Map<string, Promise<LessonsOfVariants>>();
/** Every variant knows what was taught elsewhere. */
function lessonsFor(horizon: number, level: number): Promise<LessonsOfVariants> {
  return LESSONS.getOrInsertComputed(`${horizon} ${level}`, async () => {
    const lessons = await untaught({ horizon, level });
    return Object.fromEntries(VARIANT_NAMES.map((name) => [name, lessons]));
  });
}

/** A customer who orders all that is sold on the first day of each week, and returns what is returned. */
function historyOf(weeks: readonly number[]): ProductHistory {
  const lines = new OrderLinesBuilder();
  for (const [week, quantity] of weeks.entries()) {
    lines.add(0, "1", ORIGIN - 7 * (weeks.length - week), quantity, week);
  }
  return productHistories(lines.build(), 1, ORIGIN)[0]!;
}

describe.each(METHOD_NAMES)("%s", (name) => {
  const method = methodNamed(name)!;
  const forecast = async (weeks: readonly number[], horizon = 12, level = 0.8) =>
    method.forecast(historyOf(weeks), { origin: ORIGIN, horizon, level, lessons: await lessonsFor(horizon, level) });

  async function expectSound(weeks: readonly number[], horizon: number, level: number) {
    const found = await forecast(weeks, horizon, level);
    if (!found) return;
    const { mean, interval, total, accuracyEstimate } = found;
    const arrays = [mean, ...(interval ? [interval.lower, interval.median ?? mean, interval.upper] : [])];
    for (const array of arrays) {
      expect(array).toHaveLength(horizon);
      for (const quantity of array) expect(Number.isFinite(quantity) && quantity >= 0).toBe(true);
    }
    for (const [k, lower] of interval?.lower.entries() ?? []) expect(lower).toBeLessThanOrEqual(interval!.upper[k]!);
    if (total) expect(total.lower).toBeLessThanOrEqual(total.upper);
    if (accuracyEstimate != null) {
      expect(accuracyEstimate).toBeGreaterThanOrEqual(0);
      expect(accuracyEstimate).toBeLessThanOrEqual(1);
    }
  }

  test("forecasts as many weeks as asked, finite and not negative, from any history", async () => {
    const quantity = fc.oneof(fc.constant(0), fc.integer({ min: -20, max: 1000 }), fc.double({ min: 0, max: 5 }));
    const weeks = fc.array(quantity.filter(Number.isFinite), { minLength: 1, maxLength: 160 });
    await fc.assert(
      fc.asyncProperty(
        weeks,
        fc.integer({ min: 4, max: 26 }),
        fc.double({ min: 0.5, max: 0.99, noNaN: true }),
        expectSound,
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test.each([
    ["one week", [3]],
    ["one sale long ago", [3, ...Array(99).fill(0)]],
    ["one sale last week", [...Array(99).fill(0), 3]],
    ["a constant", Array(100).fill(7)],
    ["a huge spike", Array.from({ length: 100 }, (_, week) => (week === 60 ? 1e9 : week % 3))],
    ["more returned than sold", Array(60).fill(-4)],
    ["500 weeks", Array.from({ length: 500 }, (_, week) => week % 5)],
  ])("is sound on %s", (_what, weeks) => expectSound(weeks, 12, 0.8));

  test("expects nothing of what never sold, with certainty", async () => {
    for (const weeks of [[0], Array(60).fill(0)]) {
      const { mean, interval } = (await forecast(weeks)) ?? {};
      for (const quantity of mean ?? []) expect(quantity).toBe(0);
      for (const quantity of interval?.upper ?? []) expect(quantity).toBe(0);
    }
  });

  test("leaves the history as it is, and says the same twice", async () => {
    const weeks = Array.from({ length: 120 }, (_, week) => (week * 7) % 11);
    const history = historyOf(weeks);
    const options = { origin: ORIGIN, horizon: 12, level: 0.8, lessons: await lessonsFor(12, 0.8) };
    const once = method.forecast(history, options);
    expect(method.forecast(history, options)).toEqual(once);
    expect(history).toEqual(historyOf(weeks));
  });
});

test("mean takes 1 to 999 weeks, and other names are not known", () => {
  expect(methodNamed("mean4")?.name).toBe("mean4");
  for (const name of ["mean", "mean0", "mean04", "Auto", "toString", ""]) expect(methodNamed(name)).toBeUndefined();
});

test("a method that needs more history than there is says nothing", async () => {
  const options = { origin: ORIGIN, horizon: 12, level: 0.8, lessons: await lessonsFor(12, 0.8) };
  expect(methodNamed("seasonal-naive")!.forecast(historyOf(Array(51).fill(2)), options)).toBeUndefined();
  expect(methodNamed("seasonal-naive")!.forecast(historyOf(Array(52).fill(2)), options)).toBeDefined();
  expect(methodNamed("auto")!.forecast(historyOf([0, -1]), options)).toBeUndefined();
});

test("empirical quantiles are those of the last 26 weeks, around the mean of 13", async () => {
  const weeks = [...Array(10).fill(1000), ...Array.from({ length: 26 }, (_, week) => week)];
  const { mean, interval } = methodNamed("empq")!.forecast(historyOf(weeks), {
    ...{ origin: ORIGIN, horizon: 4, level: 0.8 },
    lessons: await lessonsFor(4, 0.8),
  })!;
  expect(mean[0]).toBe(19);
  expect(interval!.lower[3]).toBeCloseTo(2.5, 12);
  expect(interval!.median![3]).toBeCloseTo(12.5, 12);
  expect(interval!.upper[3]).toBeCloseTo(22.5, 12);
});
