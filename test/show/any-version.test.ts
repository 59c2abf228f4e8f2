import { expect, test } from "vitest";
import { demandOf, shownDecimals, soldBeforeIn } from "../../src/show/any-version.ts";
import { DISTINCT, documentOf, GRAMS } from "./documents.ts";

test("each week has its own date and numbers, the past up to the day before the origin", () => {
  const { past, forecast } = demandOf(DISTINCT);
  expect(past).toHaveLength(52);
  expect(past[0]).toEqual({ date: "2024-11-12", quantity: 100 });
  expect(past[51]).toEqual({ date: "2025-11-04", quantity: 2701 });
  expect(forecast).toHaveLength(12);
  expect(forecast[0]).toEqual({ date: "2025-11-11", quantity: 200.1, lower: 150.2, upper: 260.3 });
  expect(forecast[11]).toEqual({ date: "2026-01-27", quantity: 233.1, lower: 172.2, upper: 315.3 });
});

test("what was sold before is that of as many weeks as are forecast", () => {
  const last = (weeks: number) => DISTINCT.history.slice(-weeks).reduce((sum, quantity) => sum + quantity);
  expect(soldBeforeIn(DISTINCT)).toEqual({ lastWeeks: 26_186, aYearAgo: 1706 });
  expect(last(12)).toBe(26_186);
  expect(soldBeforeIn({ ...DISTINCT, forecast_weeks: 4 })).toEqual({ lastWeeks: last(4), aYearAgo: 414 });
});

test("what the history does not reach is not known", () => {
  expect(soldBeforeIn(documentOf(Array(51).fill(1), [1, 0, 2]))).toEqual({ lastWeeks: 12, aYearAgo: undefined });
  expect(soldBeforeIn(documentOf(Array(12).fill(1), [1, 0, 2])).lastWeeks).toBe(12);
  expect(soldBeforeIn(documentOf(Array(11).fill(1), [1, 0, 2])).lastWeeks).toBeUndefined();
});

test("what is sold whole is shown whole, unless it is so little that a tenth of a unit matters", () => {
  const whole = documentOf([12, 0, 30], [20, 15, 31]);
  expect(shownDecimals(whole, [11_812.1, 20, 0])).toBe(0);
  expect(shownDecimals(whole, [11_812.1, 1.4])).toBe(1);
  expect(shownDecimals(documentOf([12, 0.5, 30], [20, 15, 31]), [11_812.1])).toBe(1);
  expect(shownDecimals(documentOf([12, 0, 30], [20, 14.5, 31]), [11_812.1])).toBe(1);
  expect(shownDecimals(GRAMS, [0.03])).toBe(4);
  expect(shownDecimals({ ...whole, history: [] }, [undefined, 20.5])).toBe(0);
});
