import { FailureLog } from "../observe/failures.ts";
import type { Log } from "../observe/log.ts";
import type { Progress } from "../observe/progress.ts";
import { lateSourceLine, reportLines, skippedRowsLine, sourceGapLine, summaryLine } from "./report.ts";
import type { RunObserver, RunResult } from "./run.ts";

/** What a run tells as it goes. */
export function narrator(log: Log, progress: Progress): RunObserver {
  return {
    skipped: (rows) => log.warn(skippedRowsLine(rows)),
    started: (products, workers) => {
      const what = `${products.toLocaleString("en-US")} ${products === 1 ? "product" : "products"}`;
      const threads = `${workers} worker ${workers === 1 ? "thread" : "threads"}`;
      log.info(`forecasting ${what} in ${threads}`, { products, workers });
      progress.start(products);
    },
    notLearned: () =>
      log.warn("nothing was learned from these products: they are forecast by what the program was taught elsewhere"),
    sourceGap: (from, until) => log.warn(sourceGapLine(from, until)),
    done: (products) => progress.update(products),
  };
}

export interface Audience {
  /** Whether programs read the log. */
  readonly isProgram: boolean;
  /** Whether somebody named the products that are forecast, and wants to know why one has no forecast. */
  readonly namedProducts: boolean;
}

/** What a run tells at its end. */
export function narrateEnd(result: RunResult, log: Log, { isProgram, namedProducts }: Audience): void {
  const { metadata, unsuccessful, metadataProblem, exitCode } = result;
  const failures = isProgram ? new FailureLog(log, Number.POSITIVE_INFINITY) : new FailureLog(log);
  for (const { productId: product_id, batch, status, reason, stack } of unsuccessful) {
    if (status === "failed") failures.add(`product ${product_id}: ${reason}`, { product_id, batch, stack });
  }
  failures.end("failed products; --json lists them all");
  // Among all products some always have no forecast.
  const tellNone = namedProducts ? log.warn : log.debug;
  for (const { productId: product_id, batch, status, reason } of unsuccessful) {
    if (status === "no_forecast") tellNone(`product ${product_id}: no forecast: ${reason}`, { product_id, batch });
  }
  if (!isProgram) for (const line of reportLines(metadata)) log.info(line);
  if (metadata.total_products === 0) log.warn("no product is eligible");
  const lateSource = lateSourceLine(metadata);
  if (lateSource !== undefined) log.warn(lateSource);
  if (metadataProblem !== undefined) log.error(`the run's metadata was not written: ${metadataProblem}`);
  if (isProgram || !process.stderr.isTTY)
    log.info(summaryLine(metadata, exitCode), { ...metadata, exit_code: exitCode });
}
