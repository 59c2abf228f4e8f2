import type { Interruption } from "./interruption.ts";
import type { BatchAnswer, BatchFailure, ProductOutcome } from "./messages.ts";

const LARGEST_BATCH = 50;
const BATCHES_PER_WORKER = 4;

export interface BatchRunner {
  run(productIds: readonly string[]): Promise<BatchAnswer>;
}

/** Batches of the products in their order, small enough that every worker gets several. */
export function batches(productIds: readonly string[], workers: number): string[][] {
  const size = Math.min(LARGEST_BATCH, Math.ceil(productIds.length / (workers * BATCHES_PER_WORKER)));
  return Array.from({ length: Math.ceil(productIds.length / size) || 0 }, (_, i) =>
    productIds.slice(i * size, (i + 1) * size),
  );
}

/**
 * Hands batches to the runner, as many at once as there are workers. A batch that fails is split until the failing
 * product stands alone; when the source or the cache is out of reach, the products that are left fail unasked. After an
 * interruption no more is handed out.
 *
 * @param onOutcomes is called as outcomes come, in no particular order.
 */
export async function dispatch(
  queue: readonly string[][],
  runner: BatchRunner,
  workers: number,
  interruption: Interruption,
  onOutcomes: (outcomes: readonly ProductOutcome[]) => void,
): Promise<void> {
  const left = [...queue];
  let outage: BatchFailure | undefined;

  const work = async () => {
    for (let batch = left.shift(); batch && interruption.exitCode === undefined; batch = left.shift()) {
      const answer = outage ? { ok: false as const, ...outage } : await runner.run(batch);
      if (answer.ok) {
        onOutcomes(answer.outcomes);
      } else if (answer.unavailable || batch.length === 1) {
        if (answer.unavailable) outage ??= { ...answer };
        const { reason, stack } = answer;
        onOutcomes(
          batch.map((productId) => ({
            productId,
            status: "failed",
            reason,
            ...(stack === undefined ? {} : { stack }),
          })),
        );
      } else {
        const half = Math.ceil(batch.length / 2);
        left.unshift(batch.slice(0, half), batch.slice(half));
      }
    }
  };

  await Promise.all(Array.from({ length: workers }, work));
}
