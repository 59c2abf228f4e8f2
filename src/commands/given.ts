import { credentialsIn } from "../job/credentials.ts";
import { Given, oneOf, type Setting } from "../job/setting.ts";
import { createLog, LOG_FORMATS, LOG_LEVELS, type Log, type LogFormat, type LogLevel } from "../observe/log.ts";

export const LOG_FORMAT = {
  flag: "log-format",
  env: "FORECAST_LOG_FORMAT",
  fallback: "text",
  description: "json: one JSON object a line, with fields such as product_id and batch",
  ...oneOf(LOG_FORMATS),
} satisfies Setting<LogFormat>;
export const LOG_LEVEL = {
  flag: "log-level",
  env: "FORECAST_LOG_LEVEL",
  fallback: "info",
  description: "least important entries that are logged; debug tells the stack of each error",
  ...oneOf(LOG_LEVELS),
} satisfies Setting<LogLevel>;
export const DEBUG = "debug";

/** What the user gave to a command. */
export function givenTo(args: Readonly<Record<string, unknown>>): Given {
  return new Given(args, process.env, credentialsIn(process.env.CREDENTIALS_DIRECTORY));
}

/** @throws UsageError */
export function logFor(given: Given): Log {
  return createLog({
    format: given.value(LOG_FORMAT)!,
    level: given.has(DEBUG) ? "debug" : given.value(LOG_LEVEL)!,
  });
}
