import { UsageError } from "../values/setting.ts";
import { LockHeldError } from "./lock.ts";
import type { RunMetadata } from "./metadata.ts";

export const EXIT_USAGE = 2;
export const EXIT_SOME_FAILED = 3;
const EXIT_LOCK_HELD = 75;
const EXIT_FAILURE = 1;
/** From this share of failed products on a run did not do its work. */
const TOO_MANY_FAILED = 0.05;

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT_USAGE;
  if (error instanceof LockHeldError) return EXIT_LOCK_HELD;
  return EXIT_FAILURE;
}

/** The exit code of a run that came to its end; what became of a product it does not know is no success. */
export function exitCodeFor(run: Pick<RunMetadata, "successful" | "no_forecast" | "total_products">): number {
  const undone = run.total_products - run.successful - run.no_forecast;
  if (undone === 0) return 0;
  return undone / run.total_products < TOO_MANY_FAILED ? EXIT_SOME_FAILED : EXIT_FAILURE;
}
