import type { QueuedBatch } from "./messages.ts";

/** A product that has ended so many workers, while they computed nothing else, is given up. */
export const MOST_WORKERS_LOST = 3;
/** Of a batch whose worker has ended: few rounds until each product stands alone, and few batches more in each. */
const PARTS = 8;

export interface HandedBatch extends QueuedBatch {
  /** Workers that ended while they computed nothing but this. */
  readonly lost: number;
}

/**
 * What takes the place of a batch whose worker has ended, since nobody knows which of its products was to blame, or whether any
 * was.
 *
 * @param wasAlone whether the worker computed nothing else when it ended.
 * @returns nothing where the product is given up.
 */
export function retries({ productIds, lost }: HandedBatch, wasAlone: boolean): HandedBatch[] {
  if (productIds.length > 1) {
    const size = Math.ceil(productIds.length / PARTS);
    return Array.from({ length: Math.ceil(productIds.length / size) }, (_, i) => {
      return { productIds: productIds.slice(i * size, (i + 1) * size), lost: 0 };
    });
  }
  const lostAlone = lost + (wasAlone ? 1 : 0);
  return lostAlone < MOST_WORKERS_LOST ? [{ productIds, isAlone: true, lost: lostAlone }] : [];
}
