import { type ArgsDef, defineCommand } from "citty";
import type { BacktestSettings } from "../backtest/backtest.ts";
import type { Evaluation } from "../backtest/summary.ts";
import { DAYS_PER_WEEK, formatDay } from "../history/calendar.ts";
import { skippedRowsLine } from "../job/report.ts";
import type { Log } from "../observe/log.ts";
import { createProgress } from "../observe/progress.ts";
import { BACKTEST_SETTINGS, backtestSettings, CSV } from "../settings/backtest.ts";
import { givenTo } from "../settings/credentials.ts";
import { JSON_OUTPUT, LOG_FORMAT, logFor } from "../settings/output.ts";
import { type PageSettings, pageSettings } from "../settings/page.ts";
import { sourceSettings } from "../settings/source.ts";
import type { SourceSettings } from "../sources/registry.ts";
import type { Given } from "../values/given.ts";
import { Interruption, onSignals } from "../workers/interruption.ts";
import { flagsOf } from "./arguments.ts";
import { print } from "./print.ts";
import { terminalOptions } from "./terminal.ts";

const MOST_FAILURES_LOGGED = 20;
const MOST_QUIET_WEEKS = 1;

export const command = defineCommand<ArgsDef>({
  meta: { name: "backtest", description: "Say how good the forecasts would have been at past origins" },
  args: flagsOf(BACKTEST_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const settings = await backtestSettings(given);
    const source = sourceSettings(given);
    const page = await pageSettings(given);
    const log = logFor(given);
    const interruption = new Interruption();
    onSignals(interruption, process.exit);
    const interrupted = interruption.asked.then(() => {
      const file = given.value(CSV);
      log.warn(`interrupted: nothing is reported${file === undefined ? "" : `, and ${file} is incomplete`}`);
      return interruption.exitCode!;
    });
    // Nobody reads a half backtest, so nothing needs to be waited for.
    return Promise.race([interrupted, measure(settings, source, given, page, log, interruption)]);
  },
});

async function measure(
  settings: BacktestSettings,
  sourceChoice: SourceSettings,
  given: Given,
  page: PageSettings,
  log: Log,
  interruption: Interruption,
): Promise<number> {
  const [{ prepareSource }, { backtest }, { summarize }, { CsvFile }] = await Promise.all([
    import("../sources/registry.ts"),
    import("../backtest/backtest.ts"),
    import("../backtest/summary.ts"),
    import("../backtest/csv.ts"),
  ]);
  const { handle, skippedRows } = await prepareSource(sourceChoice, {
    start: settings.historyStart,
    origin: Math.max(...settings.origins) + settings.horizon * DAYS_PER_WEEK,
  });
  if (skippedRows > 0) log.warn(skippedRowsLine(skippedRows));

  const progress = createProgress(process.stderr, {
    log,
    bar: given.value(LOG_FORMAT) === "text",
    unit: "forecasts",
  });
  interruption.asked.then(() => progress.stop());
  const csvFile = given.value(CSV);
  const csv = csvFile === undefined ? undefined : new CsvFile(csvFile, settings.methods);
  let failures = 0;
  const evaluation = await backtest(
    settings,
    handle,
    {
      started: (forecasts) => progress.start(forecasts),
      done: (forecasts) => progress.update(forecasts),
      failed: (productId, origin, reason) => {
        if (++failures > MOST_FAILURES_LOGGED) return;
        log.error(`product ${productId} at ${formatDay(origin)}: ${reason}`, { product_id: productId });
      },
      measured: (forecasts) => csv?.add(forecasts),
    },
    interruption,
  ).finally(() => progress.stop());
  await csv?.finish();
  if (failures > MOST_FAILURES_LOGGED) {
    log.error(`and ${failures - MOST_FAILURES_LOGGED} more failed forecasts`);
  }
  if (evaluation.forecasts.length === 0) {
    log.error(`no product could be measured at ${settings.origins.map(formatDay).join(", ")}`);
    return 1;
  }
  warnOfMissingWeeks(evaluation, log);
  const report = summarize(evaluation);
  if (given.value(JSON_OUTPUT)) await print(`${JSON.stringify(report)}\n`);
  else {
    const { showBacktest } = await import("../show/terminal/backtest.ts");
    await print(showBacktest(report, terminalOptions()));
  }
  if (page.file !== undefined) {
    const { writeBacktestPage } = await import("./backtest-page.ts");
    await writeBacktestPage(page.file, page.locale, { evaluation, report, kind: sourceChoice.kind, handle });
  }
  return evaluation.failed > 0 ? 1 : 0;
}

/** A source that ends before the weeks that are measured would make every forecast look too high. */
function warnOfMissingWeeks({ soldUntil, horizon }: Evaluation, log: Log): void {
  for (const [origin, weeks] of soldUntil) {
    if (horizon - weeks <= MOST_QUIET_WEEKS) continue;
    const none = "nothing that was measured sold in the";
    const day = formatDay(origin);
    const last = formatDay(origin + weeks * DAYS_PER_WEEK);
    log.warn(
      weeks === 0
        ? `${none} ${horizon} weeks after ${day}: if the source ends before, an earlier --as-of keeps to what is known`
        : `${none} last ${horizon - weeks} weeks after ${day}: if the source ends there, --as-of ${last} keeps to what is known`,
    );
  }
}
