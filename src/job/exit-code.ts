import { UsageError } from "../values/setting.ts";
import { LockHeldError } from "./lock.ts";

export const EXIT_USAGE = 2;
const EXIT_LOCK_HELD = 75;
const EXIT_FAILURE = 1;

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT_USAGE;
  if (error instanceof LockHeldError) return EXIT_LOCK_HELD;
  return EXIT_FAILURE;
}
