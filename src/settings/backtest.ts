import { readFile } from "node:fs/promises";
import type { BacktestSettings } from "../backtest/backtest.ts";
import { METHOD_NAMES, methodNamed, USUAL_METHOD_NAMES } from "../backtest/methods.ts";
import { DAYS_PER_WEEK, type Day, formatDay, parseDay } from "../history/calendar.ts";
import type { Given } from "../values/given.ts";
import { text, wholeNumber } from "../values/kinds.ts";
import { type Setting, UsageError } from "../values/setting.ts";
import { checkDistinct } from "./distinct-files.ts";
import { checkFolder } from "./folder.ts";
import { AS_OF, forecastSettings, LIMIT, MIN_CUSTOMERS, MIN_ORDERS, WEEKS, WORKERS } from "./forecast.ts";
import { OUTPUT_SETTINGS } from "./output.ts";
import { HTML, LOCALE } from "./page.ts";
import { SOURCE, SOURCE_SETTINGS } from "./source.ts";
import { TIME_ZONE } from "./time-zone.ts";

const ORIGINS = {
  flag: "origins",
  fallback: "3",
  placeholder: "N|DATE[,DATE]",
  description: "past origins: how many, counted back from a horizon before --as-of, or which",
  allowed: "a whole number from 1 to 100, or dates as YYYY-MM-DD with commas between",
  parse: parseOrigins,
} satisfies Setting<number | Day[]>;
const EVERY = {
  flag: "every",
  fallback: "4w",
  placeholder: "Nw",
  description: "weeks between origins that are counted",
  allowed: "a number of weeks from 1w to 52w",
  parse: (value: string) => (/^([1-9]|[1-4]\d|5[0-2])w$/.test(value) ? Number.parseInt(value, 10) : undefined),
} satisfies Setting<number>;
const MODELS = {
  flag: "models",
  fallback: USUAL_METHOD_NAMES.join(","),
  placeholder: "NAME[,NAME]",
  description: "what to measure; auto is what run does, and mean takes 1 to 999 weeks",
  allowed: `names with commas between, of ${METHOD_NAMES.join(", ")}, or mean1 to mean999`,
  parse: (names: string) => {
    const chosen = [...new Set(names.split(","))];
    return chosen.every((name) => methodNamed(name)) ? chosen : undefined;
  },
} satisfies Setting<string[]>;
const SAMPLE = {
  flag: "sample",
  description: "only N products at each origin, drawn at random",
  ...wholeNumber(1, 1_000_000_000),
} satisfies Setting<number>;
const SEED = {
  flag: "seed",
  fallback: "1",
  description: "seed of the sample",
  ...wholeNumber(0, 4_294_967_295),
} satisfies Setting<number>;
const PRODUCTS_FILE = {
  flag: "products",
  description: "only products whose ids stand in this file, one a line",
  ...text("FILE"),
} satisfies Setting<string>;
export const CSV = {
  flag: "csv",
  description: "write every forecast to a CSV file: a row a product, origin, week and model",
  ...text("FILE"),
} satisfies Setting<string>;

/** All settings of a backtest, under the headings of its usage text. */
export const BACKTEST_SETTINGS = {
  Evaluation: [
    ORIGINS,
    EVERY,
    MODELS,
    AS_OF,
    TIME_ZONE,
    WEEKS,
    MIN_CUSTOMERS,
    MIN_ORDERS,
    PRODUCTS_FILE,
    LIMIT,
    SAMPLE,
    SEED,
    WORKERS,
  ],
  Source: SOURCE_SETTINGS,
  Output: [CSV, HTML, LOCALE, ...OUTPUT_SETTINGS],
} satisfies Readonly<Record<string, readonly Setting<unknown>[]>>;

/** @throws UsageError also for an origin whose weeks are not over, and for files that cannot be read or written. */
export async function backtestSettings(given: Given): Promise<BacktestSettings> {
  const { origin: asOf, limit, ...forecast } = forecastSettings(given);
  const chosen = given.value(ORIGINS)!;
  const origins =
    typeof chosen === "number" ? pastOrigins(asOf, forecast.horizon, chosen, given.value(EVERY)!) : chosen;
  for (const origin of origins) {
    const end = origin + forecast.horizon * DAYS_PER_WEEK;
    if (end > asOf || origin <= forecast.historyStart) {
      throw new UsageError(
        `--origins: ${formatDay(origin)} is not allowed; it takes dates after ${formatDay(forecast.historyStart)} ` +
          `of which the ${forecast.horizon} weeks that follow are over by ${formatDay(asOf)} (--as-of)`,
      );
    }
  }
  const file = given.value(PRODUCTS_FILE);
  const csvFile = given.value(CSV);
  checkDistinct(given, [
    [SOURCE, given.value(SOURCE)!.argument || undefined],
    [PRODUCTS_FILE, file],
    [CSV, csvFile],
    [HTML, given.value(HTML)],
  ]);
  if (csvFile !== undefined) await checkFolder(CSV.flag, csvFile);
  return {
    ...forecast,
    origins,
    methods: given.value(MODELS)!,
    workers: given.value(WORKERS)!,
    limit,
    products: file === undefined ? undefined : await productIdsIn(file),
    sample: given.value(SAMPLE),
    seed: given.value(SEED)!,
    keepForecasts: csvFile !== undefined,
    keepExamples: given.value(HTML) !== undefined,
  };
}

async function productIdsIn(file: string): Promise<Set<string>> {
  const content = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(`--products: ${file} cannot be read: ${error.message}`);
  });
  return new Set(content.split(/\r?\n/).filter((line) => line !== ""));
}

function parseOrigins(value: string): number | Day[] | undefined {
  if (/^\d{1,3}$/.test(value)) return wholeNumber(1, 100).parse(value);
  try {
    const dates = value.split(",").map((date) => (date.length === 10 ? parseDay(date) : undefined));
    return dates.every((date) => date !== undefined) ? [...new Set(dates)] : undefined;
  } catch {
    return undefined;
  }
}

/** Origins `every` weeks apart, the most recent one a horizon before `asOf`, so that what came is known. */
function pastOrigins(asOf: Day, horizon: number, count: number, every: number): Day[] {
  return Array.from({ length: count }, (_, i) => asOf - (horizon + every * i) * DAYS_PER_WEEK);
}
