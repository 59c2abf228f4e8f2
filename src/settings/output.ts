import { createLog, LOG_FORMATS, LOG_LEVELS, type Log, type LogFormat, type LogLevel } from "../observe/log.ts";
import type { Given } from "../values/given.ts";
import { noValue, oneOf } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";

export const JSON_OUTPUT = {
  flag: "json",
  description: "print one JSON object on standard output",
  ...noValue(),
} satisfies Setting<true>;
export const LOG_FORMAT = {
  flag: "log-format",
  env: "FORECAST_LOG_FORMAT",
  fallback: "text",
  description: "json: one JSON object a line, with fields such as product_id and batch",
  ...oneOf(LOG_FORMATS),
} satisfies Setting<LogFormat>;
const LOG_LEVEL = {
  flag: "log-level",
  env: "FORECAST_LOG_LEVEL",
  fallback: "info",
  description: "least important entries that are logged; debug tells the stack of each error",
  ...oneOf(LOG_LEVELS),
} satisfies Setting<LogLevel>;
const DEBUG = {
  flag: "debug",
  description: `the same as --${LOG_LEVEL.flag} debug`,
  ...noValue(),
} satisfies Setting<true>;

export const LOG_SETTINGS: readonly Setting<unknown>[] = [LOG_FORMAT, LOG_LEVEL, DEBUG];
/** What every command takes. */
export const OUTPUT_SETTINGS: readonly Setting<unknown>[] = [JSON_OUTPUT, ...LOG_SETTINGS];

/** @throws UsageError */
export function logFor(given: Given): Log {
  return createLog({
    format: given.value(LOG_FORMAT)!,
    level: given.value(DEBUG) ? "debug" : given.value(LOG_LEVEL)!,
  });
}
