import { join } from "node:path";
import { type CacheSettings, SETTINGS_OF_CACHES } from "../caches/registry.ts";
import type { IdForm } from "../forecast/document.ts";
import type { Weekday } from "../history/calendar.ts";
import type { SourceSettings } from "../sources/registry.ts";
import type { Given } from "../values/given.ts";
import { noValue, text } from "../values/kinds.ts";
import { listed } from "../values/list.ts";
import { isSwitch, type Setting } from "../values/setting.ts";
import { CACHE, cacheSettings, IDS, TTL } from "./cache.ts";
import { checkDistinct } from "./distinct-files.ts";
import {
  AS_OF,
  type ForecastSettings,
  forecastSettings,
  HISTORY_START_DATE,
  INTERVAL_LEVEL,
  LIMIT,
  MIN_CUSTOMERS,
  MIN_ORDERS,
  WEEK_START,
  WEEKS,
  WORKERS,
} from "./forecast.ts";
import { OUTPUT_SETTINGS } from "./output.ts";
import { runtimeFolder } from "./own-folder.ts";
import { MOST_AGE, MOST_DROP, type PlausibilityLimits, plausibilityLimits } from "./plausibility.ts";
import { QUEUE, QUEUE_PATIENCE } from "./queue.ts";
import { SOURCE, SOURCE_SETTINGS, sourceSettings } from "./source.ts";
import { TIME_ZONE } from "./time-zone.ts";

export const PRODUCTS = {
  flag: "product",
  placeholder: "ID[,ID]",
  description: "only these products; an id with a comma stands in double quotes, and the flag may be repeated",
  allowed: "product ids with commas between, those with a comma in double quotes such as '\"A,1\",B'",
  repeats: true,
  parse: (ids: string) => {
    const all = listed(ids);
    return all && [...new Set(all)];
  },
} satisfies Setting<string[]>;
export const LOCK_FILE = {
  flag: "lock-file",
  fallback: join(runtimeFolder(), "forecast.lock"),
  fallbackInWords: "forecast.lock in $RUNTIME_DIRECTORY, else in a folder of the user's own",
  description: "file that keeps a second run out",
  ...text("FILE"),
} satisfies Setting<string>;

export const METRICS_FILE = {
  flag: "metrics-file",
  env: "FORECAST_METRICS_FILE",
  description: "write Prometheus metrics of the run to this file, whose name is to end in .prom",
  ...text("FILE"),
} satisfies Setting<string>;
export const TENANT = {
  env: "FORECAST_TENANT",
  description: "whose run it is: a label of its metrics, where one machine has those of several",
  placeholder: "NAME",
  allowed: "1 to 100 letters, digits and any of ._-",
  parse: (name: string) => (/^[\w.-]{1,100}$/.test(name) ? name : undefined),
} satisfies Setting<string>;
export const DRY_RUN = {
  flag: "dry-run",
  description: "forecast, but write nothing to the cache and no metrics",
  ...noValue(),
} satisfies Setting<true>;

/** All settings of a run, under the headings of its usage text. */
export const RUN_SETTINGS = {
  Forecast: [
    AS_OF,
    TIME_ZONE,
    WEEKS,
    WEEK_START,
    INTERVAL_LEVEL,
    HISTORY_START_DATE,
    MIN_CUSTOMERS,
    MIN_ORDERS,
    PRODUCTS,
    LIMIT,
  ],
  Source: [...SOURCE_SETTINGS, MOST_DROP, MOST_AGE],
  Cache: [CACHE, TTL, IDS, ...SETTINGS_OF_CACHES, DRY_RUN],
  Run: [WORKERS, QUEUE, QUEUE_PATIENCE, LOCK_FILE, METRICS_FILE, TENANT],
  Output: OUTPUT_SETTINGS,
} satisfies Readonly<Record<string, readonly Setting<unknown>[]>>;

/** What holds for one run only, so that it says nothing of how runs are set up. */
const OF_ONE_RUN: readonly Setting<unknown>[] = [PRODUCTS, LIMIT, DRY_RUN];
/** What examining a run needs no more than these. */
const OF_FORECASTS: readonly Setting<unknown>[] = [
  ...[WEEKS, WEEK_START, INTERVAL_LEVEL, TTL, IDS, WORKERS, QUEUE_PATIENCE],
];

/** All settings that have a value in force, as `forecast config` shows them. */
export const LASTING_SETTINGS = without((setting) => OF_ONE_RUN.includes(setting) || isInputSwitch(setting));

/** All that `forecast doctor` looks at. */
export const EXAMINED_SETTINGS = without((setting) => [...OF_ONE_RUN, ...OF_FORECASTS].includes(setting));

function without(isLeftOut: (setting: Setting<unknown>) => boolean): Record<string, Setting<unknown>[]> {
  const groups = Object.entries<readonly Setting<unknown>[]>(RUN_SETTINGS);
  return Object.fromEntries(
    groups.map(([name, settings]) => [name, settings.filter((setting) => !isLeftOut(setting))]),
  );
}

function isInputSwitch(setting: Setting<unknown>): boolean {
  return isSwitch(setting) && setting.env === undefined && !OUTPUT_SETTINGS.includes(setting);
}

export interface RunSettings extends ForecastSettings, PlausibilityLimits {
  readonly source: SourceSettings;
  /** Nothing in a dry run, which writes nothing. */
  readonly cache: CacheSettings | undefined;
  /** Day on which weeks begin; nothing where they are counted from the origin. */
  readonly weekStart: Weekday | undefined;
  readonly ttlSeconds: number;
  readonly ids: IdForm;
  readonly workers: number;
  readonly products: readonly string[] | undefined;
  readonly lockFile: string;
}

/** Whether a run was told to leave products out. */
export function isPartial({ products, limit }: Pick<RunSettings, "products" | "limit">): boolean {
  return products !== undefined || limit !== undefined;
}

/** @throws UsageError */
export function runSettings(given: Given): RunSettings {
  checkFiles(given);
  return {
    ...forecastSettings(given),
    weekStart: given.value(WEEK_START),
    ...plausibilityLimits(given),
    ttlSeconds: given.value(TTL)!,
    ids: given.value(IDS)!,
    workers: given.value(WORKERS)!,
    products: given.value(PRODUCTS),
    lockFile: given.value(LOCK_FILE)!,
    cache: given.value(DRY_RUN) ? undefined : cacheSettings(given),
    source: sourceSettings(given),
  };
}

/** @throws UsageError where two of the files that a run reads and writes are one. */
export function checkFiles(given: Given): void {
  const source = given.value(SOURCE)!;
  const cache = given.value(CACHE)!;
  checkDistinct(given, [
    [SOURCE, source.argument || undefined],
    [CACHE, cache.argument || undefined],
    [LOCK_FILE, given.value(LOCK_FILE)],
    [METRICS_FILE, given.value(METRICS_FILE)],
  ]);
}
