import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type Cache, CacheError, LEASE_KEY } from "../caches/cache.ts";
import type { Interruption } from "../workers/interruption.ts";
import { textOf } from "../workers/small-file.ts";
import { LockHeldError } from "./lock.ts";

/** A holder that is gone without a word is out of the way after this time. */
const LEASE_SECONDS = 60;
const RENEWAL_MS = 15_000;
const LOOK_AGAIN_MS = 500;

/** Who writes to the cache, as it stands there. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly started_at: string;
  /** The machine, since it was switched on, and the lock file on it. */
  readonly lock: string;
}

export interface Lease {
  /** Rejects with LockHeldError once another instance is found in our place; never settles otherwise. */
  readonly lost: Promise<never>;
  /** @throws LockHeldError where another instance writes to the cache as well. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Writes into the cache that this run writes to it, and renews that until it is released: so two runs stay apart that do
 * not share a lock file, on two machines or after the file was removed. Whoever is found there is waited for as long as
 * a holder that is gone takes to expire; one that has held our own lock file is known to be gone.
 *
 * @param lockIdentity of the lock file that this process holds.
 * @param waits is told once who is waited for.
 * @returns nothing where the cache takes no lease, which `refused` is told: the lock file is all there is then.
 * @throws LockHeldError naming the holder.
 */
export async function takeLease(
  cache: Cache,
  { lockIdentity, startedAt }: { readonly lockIdentity: string; readonly startedAt: string },
  interruption: Interruption,
  refused: (reason: string) => void,
  waits: (reason: string) => void,
): Promise<Lease | undefined> {
  const lock = `${bootOf()}:${lockIdentity}`;
  const holder: Holder = { pid: process.pid, host: hostname(), started_at: startedAt, lock };
  const value = JSON.stringify(holder);
  try {
    await claim(cache, value, lock, interruption, waits);
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    // It may have been taken without a word of it.
    await cache.release(LEASE_KEY, value).catch(() => {});
    // What may not be done for good is told by doctor, and not every night.
    if (!error.denied) refused(error.message);
    return undefined;
  }
  const { promise: lost, reject: lose } = Promise.withResolvers<never>();
  // Whoever does not wait for it must not be ended by it.
  lost.catch(() => {});
  const confirm = async () => {
    const other = await cache.claim(LEASE_KEY, value, LEASE_SECONDS);
    if (other !== undefined) throw held(other);
  };
  const renewal = setInterval(() => {
    // An outage may pass before the lease expires; a run that cannot reach the cache fails by what it writes.
    confirm().catch((error) => error instanceof LockHeldError && lose(error));
  }, RENEWAL_MS);
  return {
    lost,
    confirm,
    release: async () => {
      clearInterval(renewal);
      await cache.release(LEASE_KEY, value).catch(() => {});
    },
  };
}

async function claim(
  cache: Cache,
  value: string,
  lock: string,
  interruption: Interruption,
  waits: (reason: string) => void,
): Promise<void> {
  const began = performance.now();
  let hasWaited = false;
  for (;;) {
    const other = await cache.claim(LEASE_KEY, value, LEASE_SECONDS);
    if (other === undefined) return;
    if (holderIn(other)?.lock === lock) await cache.release(LEASE_KEY, other);
    else if (interruption.exitCode !== undefined || performance.now() - began > 1000 * LEASE_SECONDS) throw held(other);
    else {
      if (!hasWaited) waits(`${held(other).message}, or has died: waited for, ${LEASE_SECONDS} s at most`);
      hasWaited = true;
      await sleep(LOOK_AGAIN_MS);
    }
  }
}

function held(other: string): LockHeldError {
  const holder = holderIn(other);
  const who = holder ? `, pid ${holder.pid} on ${holder.host}, started ${holder.started_at},` : "";
  return new LockHeldError(`another instance${who} writes to the same cache`);
}

function holderIn(value: string): Holder | undefined {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Files have the same number on two machines, and on one before and after it was switched off. */
function bootOf(): string {
  return textOf("/proc/sys/kernel/random/boot_id")?.trim() ?? hostname();
}
