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

test("half of all that is predicted is Monday's, and none of a season that stands alone", () => {
  const saying = (units: number, clearness: number) => {
    const bounds = { meanWeekLower: units - 1, meanWeekUpper: units + 1 };
    const spread = { lower: units - 3, median: units, upper: units + 3, accuracy: units / 64 };
    return {
      mean: units,
      ...bounds,
      ...spread,
      cumulative: [bounds],
      base: { clearness },
      reasons: undefined,
    } as unknown as ForecastPrediction;
  };
  expect(steadied(saying(10, 0), saying(20, 0))).toEqual(saying(15, 0));
  expect(steadied(saying(10, 0.5), saying(20, 0)).mean).toBe(12.5);
  expect(steadied(saying(10, 0), saying(20, 1))).toEqual(saying(10, 0));
});
