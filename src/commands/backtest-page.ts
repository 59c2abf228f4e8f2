import { forecastExamples } from "../backtest/examples.ts";
import type { BacktestReport } from "../backtest/report.ts";
import type { Evaluation } from "../backtest/summary.ts";
import { backtestPage } from "../show/page/backtest.ts";
import { SOURCES, type SourceHandle, type SourceSettings } from "../sources/registry.ts";
import { shellWord } from "../values/shell.ts";
import { COMMIT, VERSION } from "../version.ts";
import { writeLines } from "./output-file.ts";

interface Measured {
  readonly evaluation: Evaluation;
  readonly report: BacktestReport;
  readonly kind: SourceSettings["kind"];
  readonly handle: SourceHandle;
}

/** @throws Error naming the file when it cannot be written; SourceError when products' names cannot be read. */
export async function writeBacktestPage(
  file: string,
  locale: string,
  { evaluation, report, kind, handle }: Measured,
): Promise<void> {
  const making = {
    source: SOURCES[kind].words,
    version: `${VERSION} (${COMMIT})`,
    // No secret is ever in a flag.
    commandLine: ["forecast", ...process.argv.slice(2)].map(shellWord).join(" "),
    generatedAt: new Date().toISOString(),
  };
  await writeLines(file, [backtestPage(report, await forecastExamples(evaluation, handle), making, locale)]);
}
