import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { CacheSettings } from "../caches/open.ts";
import { type Day, formatDay, parseDay } from "../history/calendar.ts";
import type { SourceSettings } from "../sources/open.ts";
import { isCsvSource } from "./connection-settings.ts";
import { date, type Given, nameOf, type Setting, share, text, UsageError, wholeNumber } from "./setting.ts";

const HISTORY_START = "2019-01-01";

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
export const PRODUCTS = {
  flag: "product",
  placeholder: "ID[,ID]",
  description: "only these products",
  allowed: "product ids with commas between",
  parse: (ids: string) => (ids.split(",").every((id) => id !== "") ? [...new Set(ids.split(","))] : undefined),
} satisfies Setting<string[]>;
export const WORKERS = {
  flag: "workers",
  env: "FORECAST_WORKERS",
  fallback: String(Math.min(10, 2 * availableParallelism())),
  fallbackInWords: "10, or twice the cores where that is fewer",
  description: "worker threads",
  ...wholeNumber(1, 256),
} satisfies Setting<number>;
export const TTL = {
  flag: "ttl",
  env: "FORECAST_CACHE_TTL",
  fallback: "604800",
  description: "seconds until a forecast expires",
  ...wholeNumber(1, 315_360_000),
} satisfies Setting<number>;
export const INTERVAL_LEVEL = {
  env: "FORECAST_INTERVAL_LEVEL",
  fallback: "0.8",
  description: "share of outcomes that the intervals shall hold",
  ...share(0.5, 0.99),
} satisfies Setting<number>;
export const HISTORY_START_DATE = {
  env: "FORECAST_HISTORY_START",
  description: `first day of order lines that count (default: ${HISTORY_START}; of a CSV file: its first)`,
  ...date(),
} satisfies Setting<Day>;
export const LOCK_FILE = {
  flag: "lock-file",
  fallback: join(process.env.RUNTIME_DIRECTORY || tmpdir(), "forecast.lock"),
  fallbackInWords: "forecast.lock in $RUNTIME_DIRECTORY, else in the folder for temporary files",
  description: "file that keeps a second run out",
  ...text("FILE"),
} satisfies Setting<string>;

export interface ForecastSettings {
  readonly origin: Day;
  readonly historyStart: Day;
  readonly horizon: number;
  readonly level: number;
  readonly minCustomers: number;
  readonly minOrders: number;
  readonly limit: number | undefined;
}

export interface RunSettings extends ForecastSettings {
  readonly source: SourceSettings;
  /** Nothing in a dry run, which writes nothing. */
  readonly cache: CacheSettings | undefined;
  readonly ttlSeconds: number;
  readonly workers: number;
  readonly products: readonly string[] | undefined;
  readonly lockFile: string;
}

/** @param today as YYYY-MM-DD. */
export function forecastSettings(given: Given, today: string): ForecastSettings {
  const tomorrow = parseDay(today) + 1;
  const origin = given.value(AS_OF) ?? parseDay(today);
  const name = given.raw(AS_OF)?.name ?? nameOf(AS_OF);
  if (origin > tomorrow) {
    throw new UsageError(
      `${name}: ${formatDay(origin)} is in the future, where no order line is known yet; ` +
        `it takes a date up to ${formatDay(tomorrow)}`,
    );
  }
  const everything = parseDay("0001-01-01");
  const historyStart = given.value(HISTORY_START_DATE) ?? (isCsvSource(given) ? everything : parseDay(HISTORY_START));
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
