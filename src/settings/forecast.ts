import { availableParallelism } from "node:os";
import { type Day, formatDay, parseDay, WEEKDAYS, type Weekday } from "../history/calendar.ts";
import { SOURCES } from "../sources/registry.ts";
import type { Given } from "../values/given.ts";
import { date, oneOf, share, wholeNumber } from "../values/kinds.ts";
import { nameOf, type Setting, UsageError } from "../values/setting.ts";
import { SOURCE } from "./source.ts";
import { timeZone, todayIn } from "./time-zone.ts";

const HISTORY_START = "2019-01-01";
const WITHOUT_START = Object.values(SOURCES).filter(({ countsFromFirstLine }) => countsFromFirstLine);

/** Each thread costs a compilation of all that it does, of 1 to 2 seconds of a core. */
const MOST_WORKERS = 10;

export const AS_OF = {
  flag: "as-of",
  env: "AS_OF_DATE",
  description: "origin of the forecasts: the first day that is forecast, today where none is given",
  ...date(),
} satisfies Setting<Day>;
export const WEEKS = {
  flag: "weeks",
  env: "FORECAST_WEEKS",
  fallback: "12",
  description: "weeks to forecast",
  ...wholeNumber(4, 26),
} satisfies Setting<number>;
export const MIN_CUSTOMERS = {
  flag: "min-customers",
  env: "FORECAST_MIN_CUSTOMERS",
  fallback: "2",
  description: "customers that a product needs to be forecast",
  ...wholeNumber(0, 1_000_000),
} satisfies Setting<number>;
export const MIN_ORDERS = {
  flag: "min-orders",
  env: "FORECAST_MIN_ORDERS",
  fallback: "3",
  description: "orders that a product needs to be forecast",
  ...wholeNumber(0, 1_000_000),
} satisfies Setting<number>;
export const LIMIT = {
  flag: "limit",
  description: "only the N products with the most orders",
  ...wholeNumber(1, 1_000_000_000),
} satisfies Setting<number>;
export const WORKERS = {
  flag: "workers",
  env: "FORECAST_WORKERS",
  fallback: String(Math.min(MOST_WORKERS, 2 * availableParallelism())),
  fallbackFrom: workersAtOnce,
  fallbackInWords: "as many as cores, twice as many where a server is read, at most 10",
  description: "worker threads",
  ...wholeNumber(1, 256),
} satisfies Setting<number>;
export const WEEK_START = {
  flag: "week-start",
  env: "FORECAST_WEEK_START",
  description:
    "forecast calendar weeks that begin on this day, the first one from the origin on (default: weeks from the origin)",
  ...oneOf(WEEKDAYS),
} satisfies Setting<Weekday>;
export const INTERVAL_LEVEL = {
  env: "FORECAST_INTERVAL_LEVEL",
  fallback: "0.8",
  description: "share of outcomes that the intervals shall hold",
  ...share(0.5, 0.99),
} satisfies Setting<number>;
export const HISTORY_START_DATE = {
  env: "FORECAST_HISTORY_START",
  description: `first day of order lines that count (default: ${HISTORY_START}; ${WITHOUT_START.map(({ words }) => `of ${words}: its first`).join("; ")})`,
  ...date(),
} satisfies Setting<Day>;

/** Threads wait for a server, so that more of them than cores are of use; where all lines are in memory, none waits. */
function workersAtOnce(given: (setting: Setting<unknown>) => string | undefined): string | undefined {
  const choice = SOURCE.parse(given(SOURCE) ?? "");
  return choice && "load" in SOURCES[choice.kind] ? String(Math.min(MOST_WORKERS, availableParallelism())) : undefined;
}

export interface ForecastSettings {
  readonly origin: Day;
  readonly historyStart: Day;
  readonly horizon: number;
  readonly level: number;
  readonly minCustomers: number;
  readonly minOrders: number;
  readonly limit: number | undefined;
}

/**
 * @param today as YYYY-MM-DD.
 * @throws UsageError
 */
export function forecastSettings(given: Given, today = todayIn(timeZone(given))): ForecastSettings {
  const tomorrow = parseDay(today) + 1;
  const origin = given.value(AS_OF) ?? parseDay(today);
  const name = given.raw(AS_OF)?.name ?? nameOf(AS_OF);
  if (origin > tomorrow) {
    throw new UsageError(
      `${name}: ${formatDay(origin)} is in the future, where no order line is known yet; ` +
        `it takes a date up to ${formatDay(tomorrow)}`,
    );
  }
  const { countsFromFirstLine } = SOURCES[given.value(SOURCE)!.kind];
  const usualStart = parseDay(countsFromFirstLine ? "0001-01-01" : HISTORY_START);
  const historyStart = given.value(HISTORY_START_DATE) ?? usualStart;
  if (origin <= historyStart) {
    throw new UsageError(
      `${name}: ${formatDay(origin)} is not after the start of the history, ${formatDay(historyStart)} ` +
        `(${HISTORY_START_DATE.env})`,
    );
  }
  return {
    origin,
    historyStart,
    horizon: given.value(WEEKS)!,
    level: given.value(INTERVAL_LEVEL)!,
    minCustomers: given.value(MIN_CUSTOMERS)!,
    minOrders: given.value(MIN_ORDERS)!,
    limit: given.value(LIMIT),
  };
}
