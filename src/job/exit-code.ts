import { LockHeldError } from "../job/lock.ts";
import { UsageError } from "../values/setting.ts";

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return 2;
  if (error instanceof LockHeldError) return 75;
  return 1;
}
