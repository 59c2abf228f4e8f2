/** UTC, to the second. */
export function now(): string {
  return Temporal.Now.instant().toString({ smallestUnit: "second" });
}
