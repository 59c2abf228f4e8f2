import { FailureLog } from "../observe/failures.ts";
import type { Log } from "../observe/log.ts";
import type { Progress } from "../observe/progress.ts";
import type { Remarks } from "../sources/memory/order-book.ts";
import { brief } from "../values/printable.ts";
import { doubledDaysLine, earlyLinesText, leaveOut } from "./doctor-orders.ts";
import { lostDocumentsLine, notLearnedLine, reportLines, sourceGapLine, summaryLine } from "./report.ts";
import type { RunObserver, RunResult } from "./run.ts";

/**
 * What a run tells as it goes.
 *
 * @param report tells a program what the run came to.
 * @param by who makes the forecasts, where it is not threads of this process.
 */
export function narrator(log: Log, progress: Progress, report: RunObserver["report"], by?: string): RunObserver {
  return {
    waits: (reason) => log.warn(`the cache is waited for: ${reason}`),
    sourceWaits: (words) => log.warn(words),
    leaseWaits: (words) => log.warn(words),
    unleased: (reason) =>
      log.warn(`a run on another machine would not be kept out: the cache takes no sign of this one: ${reason}`),
    read: (remarks) => tellRemarks(remarks, log),
    known: ({ state, text }, early) => {
      if (state === "late") log.warn(`${text}; if the source lags behind, the forecasts are too low`);
      if (early) log.info(`order lines ${earlyLinesText(early)}; ${leaveOut(early)}`);
    },
    started: (products, workers) => {
      const what = `${products.toLocaleString("en-US")} ${products === 1 ? "product" : "products"}`;
      const threads = `in ${workers} worker ${workers === 1 ? "thread" : "threads"}`;
      log.info(`forecasting ${what} ${by ?? threads}`, { products, workers });
      progress.start(products);
    },
    learned: () => progress.begin(),
    notLearned: (failure) => log.warn(notLearnedLine(failure)),
    sourceGap: (from, until) => log.warn(sourceGapLine(from, until)),
    doubledDays: (days) => log.warn(doubledDaysLine(days)),
    done: (products) => progress.update(products),
    lost: (documents) => log.warn(lostDocumentsLine(documents)),
    report,
  };
}

/** What is told of how a source was read. */
export function tellRemarks({ said, warnings }: Remarks, log: Log): void {
  for (const line of said) log.info(line);
  for (const line of warnings) log.warn(line);
}

export interface Audience {
  /** Whether programs read the log. */
  readonly isProgram: boolean;
  /** Whether somebody named the products that are forecast, and wants to know why one has no forecast. */
  readonly namedProducts: boolean;
}

/** What a run tells at its end. */
export function narrateEnd(result: RunResult, log: Log, { isProgram, namedProducts }: Audience): void {
  const { metadata, unsuccessful, metadataProblem, recordProblem, exitCode } = result;
  const failures = isProgram ? new FailureLog(log, Number.POSITIVE_INFINITY) : new FailureLog(log);
  for (const { productId: product_id, batch, status, reason, stack } of unsuccessful) {
    if (status === "failed") failures.add(`product ${brief(product_id)}: ${reason}`, { product_id, batch, stack });
  }
  failures.end("failed products; --json lists them all");
  // Among all products some always have no forecast.
  const tellNone = namedProducts ? log.warn : log.debug;
  for (const { productId: product_id, batch, status, reason } of unsuccessful) {
    if (status === "no_forecast")
      tellNone(`product ${brief(product_id)}: no forecast: ${reason}`, { product_id, batch });
  }
  if (!isProgram) for (const line of reportLines(metadata)) log.info(line);
  if (metadataProblem !== undefined) log.error(`the run's metadata was not written: ${metadataProblem}`);
  if (metadata.problem !== null) log.error(metadata.problem);
  if (recordProblem !== undefined) log.error(recordProblem);
  if (isProgram || !process.stderr.isTTY)
    log.info(summaryLine(metadata, exitCode), { ...metadata, exit_code: exitCode });
}
