/**
 * Collects garbage at once on Bun, whose collector takes shared memory for a thread's own and so lets as much garbage
 * gather in each thread; on other runtimes nothing happens.
 */
export function collectGarbage(): void {
  (globalThis as { Bun?: { gc(force: boolean): void } }).Bun?.gc(true);
}
