import { SETTINGS_OF_SOURCES, SOURCES, type SourceSettings } from "../sources/registry.ts";
import { oneOfAdapters, readSettings, usagesOf } from "../values/adapter.ts";
import type { Given } from "../values/given.ts";
import type { Setting } from "../values/setting.ts";

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
  return readSettings(SOURCES, given.value(SOURCE)!, given);
}
