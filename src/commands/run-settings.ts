import {
  CACHE,
  CSV_COLUMN_NAMES,
  DB_ENCRYPT,
  DB_HOST,
  DB_NAME,
  DB_PASSWORD,
  DB_PORT,
  DB_QUERY_TIMEOUT,
  DB_TRUST_SERVER_CERTIFICATE,
  DB_USER,
  REDIS_DB,
  REDIS_HOST,
  REDIS_PASSWORD,
  REDIS_PORT,
  REDIS_TLS,
  REDIS_USERNAME,
  SOURCE,
} from "../job/connection-settings.ts";
import { type Setting, text } from "../job/setting.ts";
import {
  AS_OF,
  HISTORY_START_DATE,
  INTERVAL_LEVEL,
  LIMIT,
  LOCK_FILE,
  MIN_CUSTOMERS,
  MIN_ORDERS,
  PRODUCTS,
  TTL,
  WEEKS,
  WORKERS,
} from "../job/settings.ts";
import { LOG_FORMAT, LOG_LEVEL } from "./given.ts";

export const METRICS_FILE = {
  flag: "metrics-file",
  env: "FORECAST_METRICS_FILE",
  description: "write Prometheus metrics of the run to this file, whose name is to end in .prom",
  ...text("FILE"),
} satisfies Setting<string>;

/** All settings of a run, under the headings of its usage text. */
export const RUN_SETTINGS = {
  Forecast: [AS_OF, WEEKS, INTERVAL_LEVEL, HISTORY_START_DATE, MIN_CUSTOMERS, MIN_ORDERS, PRODUCTS, LIMIT],
  Source: [
    ...[SOURCE, CSV_COLUMN_NAMES, DB_HOST, DB_PORT, DB_NAME, DB_USER, DB_PASSWORD],
    ...[DB_QUERY_TIMEOUT, DB_ENCRYPT, DB_TRUST_SERVER_CERTIFICATE],
  ],
  Cache: [CACHE, TTL, REDIS_HOST, REDIS_PORT, REDIS_DB, REDIS_USERNAME, REDIS_PASSWORD, REDIS_TLS],
  Run: [WORKERS, LOCK_FILE, METRICS_FILE],
  Output: [LOG_FORMAT, LOG_LEVEL],
} satisfies Readonly<Record<string, readonly Setting<unknown>[]>>;
