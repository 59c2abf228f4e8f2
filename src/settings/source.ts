import { SETTINGS_OF_SOURCES, SOURCES, type SourceSettings } from "../sources/registry.ts";
import { oneOfAdapters, readSettings, usagesOf } from "../values/adapter.ts";
import type { Given } from "../values/given.ts";
import { type Setting, UsageError } from "../values/setting.ts";

export const SOURCE = {
  flag: "source",
  env: "FORECAST_SOURCE",
  fallback: "mssql",
  placeholder: "SOURCE",
  description: `where order lines come from: ${usagesOf(SOURCES)}`,
  ...oneOfAdapters(SOURCES),
};

export const SOURCE_SETTINGS: readonly Setting<unknown>[] = [SOURCE, ...SETTINGS_OF_SOURCES];

/** @throws UsageError */
export function sourceSettings(given: Given): SourceSettings {
  const isGiven = (setting: Setting<unknown>) => (given.raw(setting)?.by ?? "default") !== "default";
  if (![SOURCE, ...SOURCES.mssql.settings].some(isGiven)) {
    throw new UsageError(
      "nothing says where order lines come from: --source csv:FILE reads a CSV or Excel file, --source demo shows it all " +
        "with simulated orders, and SQL Server takes DB_HOST, DB_NAME, DB_USER and DB_PASSWORD",
    );
  }
  return readSettings(SOURCES, given.value(SOURCE)!, given);
}
