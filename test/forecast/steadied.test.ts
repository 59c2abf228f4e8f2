import { beforeAll, expect, test } from "vitest";
import { predictedOnMonday, steadied } from "../../src/forecast/steadied.ts";
import { mondayBefore } from "../../src/history/calendar.ts";
import { historiesSinceMonday, type ProductHistory } from "../../src/history/history.ts";
import { OrderLinesBuilder } from "../../src/history/order-lines.ts";
import type { ForecastPrediction, GlobalModel } from "../../src/learning/predict.ts";
import { ORIGIN, untaught } from "../parts/lessons.ts";

let model: GlobalModel;
beforeAll(async () => {
  model = (await untaught()).demand;
});

const MONDAY = mondayBefore(ORIGIN);

/** Two customers who order in turns so many units every five days. */
function historyAt(origin: number, orders: number, unitsOf = (_daysAgo: number) => 7): ProductHistory {
  const lines = new OrderLinesBuilder();
  for (let i = 1; i <= orders; i++) {
    const day = MONDAY + 7 - 5 * i;
    if (day < origin) lines.add(0, `${i % 2}`, day, unitsOf(MONDAY - day), i);
  }
  return historiesSinceMonday(lines.build(), 1, origin)[0]!;
}

const onMonday = (history: ProductHistory, origin: number, breaks: Parameters<typeof predictedOnMonday>[2] = []) =>
  predictedOnMonday(history, origin, breaks, model);

test("what is predicted on the last Monday is the same on every day until the next, whatever is ordered since", () => {
  const [tuesday, sunday] = [MONDAY + 1, MONDAY + 6].map((origin) => onMonday(historyAt(origin, 60), origin)!);
  expect(tuesday!.mean).toBeGreaterThan(0);
  expect(sunday).toEqual(tuesday);
});

test("on a Monday, and of a product that was young on it, nothing is", () => {
  expect(onMonday(historyAt(MONDAY, 60), MONDAY)).toBeUndefined();
  expect(onMonday(historyAt(ORIGIN, 14), ORIGIN)).toBeUndefined();
  expect(onMonday(historyAt(ORIGIN, 24), ORIGIN)).toBeDefined();
});

test("nor is of a product to which something happened since", () => {
  expect(
    onMonday(historyAt(ORIGIN, 60), ORIGIN, [{ kind: "double-import", lines: 1, days: [] } as never]),
  ).toBeUndefined();
});

/** Says so many units on a base, with bounds and reasons beside them. */
function saying(units: number, { expected, clearness = 0 }: { expected: number; clearness?: number }) {
  const bounds = { meanWeekLower: units - 1, meanWeekUpper: units + 1 };
  const spread = { lower: units - 3, median: units, upper: units + 3, accuracy: units / 64 };
  const base = { expected, clearness };
  return {
    ...{ mean: units, ...bounds, ...spread, cumulative: [bounds], base },
    reasons: Float64Array.of(units / 10),
  } as unknown as ForecastPrediction;
}

const unasked = () => {
  throw new Error("The trees have nothing new to say.");
};

test("what trees said on Monday goes on, moved half as far as the base", () => {
  const monday = saying(20, { expected: 10 });
  const { base } = saying(0, { expected: 11 });
  const { accuracy, reasons, cumulative, ...prediction } = steadied(base, monday, unasked);
  expect(prediction.base).toBe(base);
  expect(prediction.mean).toBeCloseTo(21, 9);
  expect(prediction.lower).toBeCloseTo(17 * 1.05, 9);
  expect(prediction.meanWeekUpper).toBeCloseTo(21 * 1.05, 9);
  expect(cumulative[0]!.meanWeekLower).toBeCloseTo(19 * 1.05, 9);
  expect(reasons![0]).toBeCloseTo(2.1, 9);
  expect(accuracy).toBe(20 / 64);
});

test("a season that stands alone is today's", () => {
  const mixedAt = (clearness: number) => {
    const today = saying(11, { expected: 11, clearness });
    return steadied(today.base, saying(20, { expected: 10 }), () => today).mean;
  };
  expect(mixedAt(1)).toBe(11);
  // A quarter of Monday's base, and half of what trees said on it.
  expect(mixedAt(0.5)).toBeCloseTo((11 + 20 * (0.25 + 0.75 * 1.1)) / 2, 9);
});

test("where the base has moved far, trees are asked again, and half of all is what they say", () => {
  for (const expected of [0, 8, 12.5]) {
    const today = saying(10, { expected });
    const prediction = steadied(today.base, saying(20, { expected: 10 }), () => today);
    expect(prediction).toEqual({ ...saying(15, { expected }), reasons: today.reasons });
  }
  const today = saying(10, { expected: 30, clearness: 1 });
  expect(steadied(today.base, saying(20, { expected: 10 }), () => today)).toEqual(today);
  expect(steadied(today.base, saying(0, { expected: 0 }), () => today)).toEqual(today);
});
