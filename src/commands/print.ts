import { printable, safeJson } from "../values/printable.ts";

/**
 * Writes to standard output and waits until it is out, so that the process may end after it.
 *
 * @throws Error when it cannot be written, as on a full disk.
 */
export function print(text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (!error || isClosedPipe(error)) resolve();
      else reject(new Error(`standard output cannot be written: ${error.message}`, { cause: error }));
    });
  });
}

/** Prints a value as JSON on one line. */
export function printJson(value: unknown): Promise<void> {
  return print(`${safeJson(JSON.stringify(value))}\n`);
}

/** Prints lines that hold texts from outside. */
export function printLines(lines: readonly string[]): Promise<void> {
  return print(lines.map((line) => `${printable(line)}\n`).join(""));
}

/** The reader of a pipe, such as `head`, may leave before the end: that is no failure of ours. */
function isClosedPipe(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "EPIPE";
}
