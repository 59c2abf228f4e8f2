/** A worker that has not renewed its hold on a batch for so long is taken for gone, which is looked at this often. */
export const LOCK_MS = 10_000;
export const STALLED_MS = 3000;
/** How often a worker looks whether its run is still there, and the run whether workers are. */
export const LOOK_MS = 1000;

/** Whether BullMQ has given a batch up because workers that had it are gone. */
export function isStalled(reason: string | undefined): boolean {
  return /stalled more than allowable limit/.test(reason ?? "");
}
