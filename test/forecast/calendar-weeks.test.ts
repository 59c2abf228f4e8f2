import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { CalendarWeeks } from "../../src/forecast/calendar-weeks.ts";
import type { ForecastDocument } from "../../src/forecast/document.ts";
import { forecastProduct } from "../../src/forecast/forecast.ts";
import { entryOf } from "../../src/forecast/product-index.ts";
import { daysAhead, soldBefore } from "../../src/forecast/sold-before.ts";
import { formatDay, isoWeekOf, parseDay, WEEKDAYS, type Weekday, weekdayOf } from "../../src/history/calendar.ts";
import { productHistories } from "../../src/history/history.ts";
import type { Lessons } from "../../src/learning/learn.ts";
import { ordersByWeekday, weekdayShares } from "../../src/learning/weekdays.ts";
import { sum } from "../../src/numeric/sum.ts";
import { untaught } from "../parts/lessons.ts";
import { orderBook, steadyOrders } from "../parts/orders.ts";

/** A Thursday. */
const ORIGIN = "2026-11-26";
const EVEN = new Float64Array(7).fill(1 / 7);
/** Nobody orders at the weekend. */
const OFFICE = Float64Array.from([0.2, 0.2, 0.2, 0.2, 0.2, 0, 0]);

let lessons: Lessons;
beforeAll(async () => {
  lessons = await untaught();
});

function documentOf(
  weekStart: Weekday | undefined,
  origin = ORIGIN,
  shares: Float64Array = EVEN,
  scale = 1,
): ForecastDocument {
  const lines = steadyOrders(["1"], origin, 80).map(([o, p, c, d, q]) => [o, p, c, d, q * scale] as const);
  const [history] = productHistories(orderBook(lines).lines, 1, parseDay(origin));
  const options = {
    ...{ origin: parseDay(origin), horizon: 12, level: 0.8, generatedAt: "", runId: "1", weekStart },
    ...{ productNames: new Map(), customerNames: new Map() },
  };
  const result = forecastProduct("1", history!, options, { ...lessons, weekdayShares: shares });
  return (result as { document: ForecastDocument }).document;
}

describe("a document with calendar weeks", () => {
  test("has the rest of the running week first, then whole weeks, with the weeks of ISO 8601 over the end of a year", () => {
    const document = documentOf("monday");
    const { predictions, week_starts_on, forecast_weeks } = document;
    const { aYearAgo } = soldBefore(document.history, daysAhead(document));
    expect(document.explanation.year_ago_quantity).toBeCloseTo(aYearAgo!, 1);
    expect({ week_starts_on, forecast_weeks, weeks: predictions.length }).toEqual({
      ...{ week_starts_on: "monday", forecast_weeks: 12, weeks: 12 },
    });
    const weeks = predictions.map(({ week_start, week_end, iso_week }) => [iso_week, week_start, week_end]);
    expect(weeks.slice(0, 2)).toEqual([
      ["2026-W48", "2026-11-26", "2026-11-29"],
      ["2026-W49", "2026-11-30", "2026-12-06"],
    ]);
    // 2026 has 53 weeks.
    expect(weeks.slice(5, 7)).toEqual([
      ["2026-W53", "2026-12-28", "2027-01-03"],
      ["2027-W01", "2027-01-04", "2027-01-10"],
    ]);
    expect(weeks.at(-1)).toEqual(["2027-W06", "2027-02-08", "2027-02-14"]);
  });

  test("is that of the engine's weeks where the origin is the first day of a week", () => {
    const { week_starts_on: _start, predictions, ...calendar } = documentOf("thursday");
    const { predictions: usual, ...document } = documentOf(undefined);
    expect(predictions.map(({ iso_week: _week, ...rest }) => rest)).toEqual(usual);
    expect(calendar).toEqual(document);
  });

  test("without a first day of the week is as it was, without any of their keys", () => {
    const { predictions, ...document } = documentOf(undefined);
    expect(document).not.toHaveProperty("week_starts_on");
    for (const week of predictions) expect(week).not.toHaveProperty("iso_week");
  });

  test("adds up to its total, with bounds in order, whatever the day", () => {
    for (const start of WEEKDAYS) {
      for (const [day, scale] of [
        [0, 1],
        [1, 0.001],
        [3, 0.01],
        [5, 100],
      ] as const) {
        const { predictions, summary } = documentOf(start, formatDay(parseDay(ORIGIN) + day), OFFICE, scale);
        const { total_predicted_quantity: total, known_customers_quantity: known } = summary;
        expect(sum(predictions.map((week) => week.predicted_quantity))).toBeCloseTo(total, 6);
        expect(known + summary.new_customers_quantity).toBeCloseTo(total, 6);
        expect(summary.total_confidence_lower).toBeLessThanOrEqual(total);
        expect(summary.total_confidence_upper).toBeGreaterThanOrEqual(total);
        for (const week of predictions) {
          expect(week.confidence_lower).toBeGreaterThanOrEqual(0);
          expect(week.confidence_lower).toBeLessThanOrEqual(week.predicted_quantity);
          expect(week.confidence_upper).toBeGreaterThanOrEqual(week.predicted_quantity);
        }
      }
    }
  });

  test("takes the share of the days on which anybody orders", () => {
    const whole = documentOf(undefined).predictions[0]!.predicted_quantity;
    const first = (shares: Float64Array, origin = ORIGIN) =>
      documentOf("monday", origin, shares).predictions[0]!.predicted_quantity;
    expect(first(EVEN) / whole).toBeCloseTo(4 / 7, 1);
    expect(first(OFFICE) / whole).toBeCloseTo(2 / 5, 1);
    const saturday = documentOf("monday", "2026-11-28", OFFICE).predictions[0]!;
    expect(saturday).toMatchObject({ predicted_quantity: 0, confidence_lower: 0, confidence_upper: 0 });
  });

  test("compares with what was sold in as many days", () => {
    const calendar = documentOf("monday");
    const { history } = calendar;
    expect(entryOf(calendar).last_weeks_quantity).toBeCloseTo(sum(history.slice(-11)) + (4 / 7) * history.at(-12)!, 1);
    expect(calendar.summary.avg_weekly_quantity).toBeCloseTo(calendar.summary.total_predicted_quantity / (81 / 7), 1);
  });
});

const anyWeeks = fc.array(fc.tuple(fc.float({ min: 0, max: 1, noNaN: true }), fc.nat(1000)), {
  minLength: 4,
  maxLength: 26,
});

test("calendar weeks hold all demand of the days that they cover, and bounds stay in order", () => {
  fc.assert(
    fc.property(anyWeeks, fc.nat(6), fc.nat(6), (weeks, day, start) => {
      const calendar = new CalendarWeeks(parseDay(ORIGIN) + day, WEEKDAYS[start]!, EVEN);
      const mean = Float64Array.from(weeks, ([, quantity]) => quantity);
      const intervals = {
        weeks: weeks.map(([part, q]) => ({ lower: part * q, median: q, upper: q * (1 + part) })),
        total: { lower: 0.5 * sum(mean), upper: 2 * sum(mean) },
        cumulative: Array.from(mean, (_, k) => ({ lower: 0, upper: 2 * sum(mean.subarray(0, k + 1)) })),
      };
      const split = calendar.split(calendar.covered(mean));
      expect(sum(split)).toBeCloseTo(sum(calendar.covered(mean)), 6);
      const { weeks: bounds, total, cumulative } = calendar.intervals(mean, intervals);
      for (const [k, { lower, median, upper }] of bounds.entries()) {
        expect(lower).toBeGreaterThanOrEqual(0);
        expect(lower).toBeLessThanOrEqual(median + 1e-9);
        expect(median).toBeLessThanOrEqual(upper + 1e-9);
        expect(split[k]!).toBeLessThanOrEqual(upper + 1e-9);
      }
      expect(total.lower).toBeCloseTo(0.5 * sum(split), 6);
      for (const [k, { upper }] of cumulative.slice(0, -1).entries()) {
        expect(upper).toBeCloseTo(2 * sum(split.subarray(0, k + 1)), 6);
      }
      const { first } = calendar.daysOf(1);
      expect(weekdayOf(first)).toBe(start);
      expect(calendar.daysOf(0).last).toBe(first - 1);
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("a part of a week is less sure than the week, and within it", () => {
  const calendar = new CalendarWeeks(parseDay(ORIGIN), "monday", EVEN);
  const week = { lower: 60, median: 95, upper: 160 };
  const { weeks } = calendar.intervals(Float64Array.of(100, 100, 100, 100), {
    ...{ weeks: [week, week, week, week], total: { lower: 300, upper: 500 }, cumulative: [] },
  });
  const [{ lower, upper }, second] = weeks as [typeof week, typeof week];
  expect(second).toEqual(week);
  const mean = 400 / 7;
  expect((upper - lower) / mean).toBeGreaterThan(1);
  expect(upper).toBeCloseTo(mean + Math.sqrt(4 / 7) * 60, 9);
  expect(upper).toBeLessThan(week.upper);
});

test("weekdays and weeks of ISO 8601 are those of the calendar", () => {
  expect(
    ["1970-01-01", "2026-11-28", "1969-12-31", "2025-11-10"].map((day) => WEEKDAYS[weekdayOf(parseDay(day))]),
  ).toEqual([...["thursday", "saturday", "wednesday", "monday"]]);
  const weeks = ["2026-11-23", "2027-01-03", "2027-01-04", "2024-12-30", "2021-01-03"].map((day) =>
    isoWeekOf(parseDay(day)),
  );
  expect(weeks).toEqual(["2026-W48", "2026-W53", "2027-W01", "2025-W01", "2020-W53"]);
});

test("shares of weekdays are those of the last year's order days, and even where nothing is known", () => {
  const origin = parseDay(ORIGIN);
  const lines = steadyOrders(["1"], ORIGIN, 80);
  const histories = productHistories(orderBook(lines).lines, 1, origin);
  const counts = ordersByWeekday(histories, origin);
  expect([...counts]).toEqual([0, 0, 0, 52, 0, 0, 0]);
  expect([...weekdayShares([counts, Int32Array.of(0, 0, 0, 0, 52, 0, 0)])]).toEqual([0, 0, 0, 0.5, 0.5, 0, 0]);
  expect([...weekdayShares([])]).toEqual(Array(7).fill(1 / 7));
});

test("what was sold before counts the part of a week that is cut", () => {
  expect(soldBefore([1, 2, 3, 4], 21)).toEqual({ lastWeeks: 9, aYearAgo: undefined });
  expect(soldBefore([7, 14, 3, 4], 17).lastWeeks).toBeCloseTo(7 + (3 / 7) * 14, 9);
  expect(soldBefore([1, 2], 15).lastWeeks).toBeUndefined();
});
