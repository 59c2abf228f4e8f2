import { readFile } from "node:fs/promises";
import { type ArgsDef, defineCommand } from "citty";
import { METHOD_NAMES, methodNamed } from "../backtest/methods.ts";
import { DAYS_PER_WEEK, type Day, formatDay, parseDay } from "../history/calendar.ts";
import { CSV_COLUMN_NAMES, SKIP_BAD_ROWS, SOURCE, sourceSettings } from "../job/connection-settings.ts";
import { skippedRowsLine } from "../job/report.ts";
import { Given, type Setting, text, UsageError, wholeNumber } from "../job/setting.ts";
import { AS_OF, forecastSettings, LIMIT, MIN_CUSTOMERS, MIN_ORDERS, WEEKS, WORKERS } from "../job/settings.ts";
import { createLog } from "../observe/log.ts";
import { createProgress } from "../observe/progress.ts";
import { DEBUG_FLAG, flagsOf, JSON_FLAG } from "./arguments.ts";
import { print } from "./print.ts";

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
  fallback: METHOD_NAMES.join(","),
  placeholder: "NAME[,NAME]",
  description: "what to measure; auto is what run does, and mean takes any number of weeks",
  allowed: `names with commas between, of ${METHOD_NAMES.join(", ")}`,
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
const CSV = {
  flag: "csv",
  description: "write every forecast to a CSV file: a row a product, origin, week and model",
  ...text("FILE"),
} satisfies Setting<string>;

export const command = defineCommand<ArgsDef>({
  meta: { name: "backtest", description: "Say how good the forecasts would have been at past origins" },
  args: {
    ...flagsOf([ORIGINS, EVERY, MODELS, AS_OF, SOURCE, WEEKS, MIN_CUSTOMERS, MIN_ORDERS]),
    ...flagsOf([PRODUCTS_FILE, LIMIT, SAMPLE, SEED, WORKERS, CSV, CSV_COLUMN_NAMES]),
    [SKIP_BAD_ROWS]: { type: "boolean", description: "leave rows of the CSV file out that cannot be read" },
    ...JSON_FLAG,
    ...DEBUG_FLAG,
  },
  async run({ args }): Promise<number> {
    const given = new Given(args, process.env);
    const settings = await backtestSettings(given);
    const csvFile = given.value(CSV);
    const sourceChoice = sourceSettings(given);
    const [{ prepareSource }, { backtest }, { summarize }, { csvRows }, { showBacktest }] = await Promise.all([
      import("../sources/open.ts"),
      import("../backtest/backtest.ts"),
      import("../backtest/summary.ts"),
      import("../backtest/csv.ts"),
      import("../show/backtest.ts"),
    ]);
    const log = createLog({ debug: given.has("debug") });
    const { handle, skippedRows } = await prepareSource(sourceChoice, {
      start: settings.historyStart,
      origin: Math.max(...settings.origins) + settings.horizon * DAYS_PER_WEEK,
    });
    if (skippedRows > 0) log.warn(skippedRowsLine(skippedRows));

    const progress = createProgress(process.stderr, (line) => log.info(line));
    const evaluation = await backtest({ ...settings, keepForecasts: csvFile !== undefined }, handle, {
      started: (forecasts) => progress.start(forecasts),
      done: (forecasts) => progress.update(forecasts),
      failed: (productId, reason) => log.error(`product ${productId}: ${reason}`),
    }).finally(() => progress.stop());
    if (evaluation.forecasts.length === 0) {
      log.error(`no product could be measured at ${settings.origins.map(formatDay).join(", ")}`);
      return 1;
    }
    if (csvFile !== undefined) {
      const { writeLines } = await import("./write-lines.ts");
      await writeLines(csvFile, csvRows(evaluation));
    }
    const report = summarize(evaluation);
    await print(args.json ? `${JSON.stringify(report)}\n` : showBacktest(report));
    return evaluation.failed > 0 ? 1 : 0;
  },
});

async function backtestSettings(given: Given) {
  const { origin: asOf, limit, ...forecast } = forecastSettings(given, Temporal.Now.plainDateISO().toString());
  const { pastOrigins } = await import("../backtest/backtest.ts");
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
  return {
    ...forecast,
    origins,
    methods: given.value(MODELS)!,
    workers: given.value(WORKERS)!,
    limit,
    products: file === undefined ? undefined : await productIdsIn(file),
    sample: given.value(SAMPLE),
    seed: given.value(SEED)!,
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
