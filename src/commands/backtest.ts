import { type ArgsDef, defineCommand } from "citty";
import { CSV_COLUMN_NAMES, SKIP_BAD_ROWS, SOURCE, sourceSettings } from "../job/connection-settings.ts";
import { skippedRowsLine } from "../job/report.ts";
import { Given, type Setting, wholeNumber } from "../job/setting.ts";
import { AS_OF, forecastSettings, LIMIT, MIN_CUSTOMERS, MIN_ORDERS, WEEKS } from "../job/settings.ts";
import { createLog } from "../observe/log.ts";
import { createProgress } from "../observe/progress.ts";
import { DEBUG_FLAG, flagsOf, JSON_FLAG } from "./arguments.ts";
import { print } from "./print.ts";

const ORIGINS = {
  flag: "origins",
  fallback: "3",
  description: "past origins, four weeks apart, the last one a horizon before --as-of",
  ...wholeNumber(1, 100),
} satisfies Setting<number>;

export const command = defineCommand<ArgsDef>({
  meta: { name: "backtest", description: "Say how good the forecasts would have been at past origins" },
  args: {
    ...flagsOf([ORIGINS, AS_OF, SOURCE, WEEKS, LIMIT, MIN_CUSTOMERS, MIN_ORDERS, CSV_COLUMN_NAMES]),
    [SKIP_BAD_ROWS]: { type: "boolean", description: "leave rows of the CSV file out that cannot be read" },
    ...JSON_FLAG,
    ...DEBUG_FLAG,
  },
  async run({ args }): Promise<number> {
    const given = new Given(args, process.env);
    const settings = forecastSettings(given, Temporal.Now.plainDateISO().toString());
    const origins = given.value(ORIGINS)!;
    const sourceChoice = sourceSettings(given);
    const [{ openSource, prepareSource }, { evaluateOrigin, pastOrigins }, { formatDay }, { table }] =
      await Promise.all([
        import("../sources/open.ts"),
        import("../backtest/evaluate.ts"),
        import("../history/calendar.ts"),
        import("../show/table.ts"),
      ]);
    const log = createLog({ debug: given.has("debug") });
    const { handle, skippedRows } = await prepareSource(sourceChoice, {
      start: settings.historyStart,
      origin: settings.origin,
    });
    if (skippedRows > 0) log.warn(skippedRowsLine(skippedRows));
    const source = openSource(handle);
    const results = [];
    try {
      for (const origin of pastOrigins(settings.origin, settings.horizon, origins)) {
        log.info(`origin ${formatDay(origin)}`);
        const progress = createProgress(process.stderr, (line) => log.info(line));
        results.push(await evaluateOrigin(source, origin, settings, progress));
      }
    } finally {
      await source.close();
    }
    if (results.every(({ products }) => products === 0)) {
      log.error("no product was eligible at any of the origins");
      return 1;
    }
    if (args.json) {
      const rows = results.map(({ origin, products, wape }) => ({
        origin: formatDay(origin),
        products,
        wape: Object.fromEntries(wape),
      }));
      await print(`${JSON.stringify({ origins: rows })}\n`);
    } else {
      const rows = results.map(({ origin, products, wape }) => [
        formatDay(origin),
        products.toLocaleString("en-US"),
        ...Array.from(wape.values(), (value) => (value === undefined ? "–" : value.toFixed(3))),
      ]);
      const header = ["WAPE at", "Products", ...results[0]!.wape.keys()];
      await print(table(rows, { header, align: header.map((_, i) => (i === 0 ? "left" : "right")) }));
    }
    return 0;
  },
});
