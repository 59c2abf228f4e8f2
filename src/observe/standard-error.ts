let last: Promise<unknown> = Promise.resolve();

/** Writes to standard error, which takes it when its reader does. */
export function tell(text: string): void {
  last = new Promise((resolve) => process.stderr.write(text, resolve));
}

/** Settles when all that was told is out; never where nobody reads. */
export function toldAll(): Promise<unknown> {
  return last;
}
