import { type ArgsDef, defineCommand } from "citty";
import { formatDay } from "../history/calendar.ts";
import { tellRemarks } from "../job/narration.ts";
import { FailureLog } from "../observe/failures.ts";
import { createProgress } from "../observe/progress.ts";
import { BACKTEST_SETTINGS, backtestSettings, CSV } from "../settings/backtest.ts";
import { givenTo } from "../settings/credentials.ts";
import { JSON_OUTPUT, LOG_FORMAT, logFor } from "../settings/output.ts";
import { pageSettings } from "../settings/page.ts";
import { sourceSettings } from "../settings/source.ts";
import type { Given } from "../values/given.ts";
import { brief } from "../values/printable.ts";
import { Interruption, onSignals } from "../workers/interruption.ts";
import { flagsOf } from "./arguments.ts";
import { print, printJson } from "./print.ts";
import { terminalOptions } from "./terminal.ts";

export const command = defineCommand<ArgsDef>({
  meta: { name: "backtest", description: "Say how good the forecasts would have been at past origins" },
  args: flagsOf(BACKTEST_SETTINGS),
  async run({ args }): Promise<number> {
    const given = givenTo(args);
    const interruption = new Interruption();
    onSignals(interruption);
    // Nobody reads a half backtest, so nothing needs to be waited for.
    return Promise.race([interrupted(given, interruption), measure(given, interruption)]);
  },
});

async function interrupted(given: Given, interruption: Interruption): Promise<number> {
  await interruption.asked;
  const file = given.value(CSV);
  logFor(given).warn(`interrupted: nothing is reported${file === undefined ? "" : `, and ${file} is incomplete`}`);
  return interruption.exitCode!;
}

async function measure(given: Given, interruption: Interruption): Promise<number> {
  const settings = await backtestSettings(given);
  const source = sourceSettings(given);
  const page = await pageSettings(given);
  const log = logFor(given);
  const [{ prepareSource }, { backtest, periodOf }, { missingWeeksLines }, { summarize }, { CsvFile }] =
    await Promise.all([
      import("../sources/registry.ts"),
      import("../backtest/backtest.ts"),
      import("../backtest/missing-weeks.ts"),
      import("../backtest/summary.ts"),
      import("../backtest/csv.ts"),
    ]);
  const { handle, remarks } = await prepareSource(source, periodOf(settings));
  tellRemarks(remarks, log);

  const bar = given.value(LOG_FORMAT) === "text";
  const progress = createProgress(process.stderr, { log, bar, unit: "forecasts" });
  interruption.asked.then(() => progress.stop());
  const csvFile = given.value(CSV);
  const csv = csvFile === undefined ? undefined : new CsvFile(csvFile, settings.methods);
  const failures = new FailureLog(log);
  const evaluation = await backtest(
    settings,
    handle,
    {
      started: (forecasts) => progress.start(forecasts),
      done: (forecasts) => progress.update(forecasts),
      failed: (product_id, origin, reason) =>
        failures.add(`product ${brief(product_id)} at ${formatDay(origin)}: ${reason}`, { product_id }),
      measured: (forecasts) => csv?.add(forecasts),
    },
    interruption,
  ).finally(() => progress.stop());
  await csv?.finish();
  failures.end("failed forecasts");
  if (evaluation.forecasts.length === 0) {
    log.error(`no product could be measured at ${settings.origins.map(formatDay).join(", ")}`);
    return 1;
  }
  for (const line of missingWeeksLines(evaluation)) log.warn(line);
  const report = summarize(evaluation);
  if (given.value(JSON_OUTPUT)) await printJson(report);
  else {
    const { showBacktest } = await import("../show/terminal/backtest.ts");
    await print(showBacktest(report, terminalOptions()));
  }
  if (page.file !== undefined) {
    const { writeBacktestPage } = await import("./backtest-page.ts");
    await writeBacktestPage(page.file, page.locale, { evaluation, report, kind: source.kind, handle });
  }
  return evaluation.failed > 0 ? 1 : 0;
}
