import { setTimeout as sleep } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";
import { numberOf, passing } from "./errors.ts";

const DELAYS_MS = [500, 2000, 5000];

/** Is told of the time for which a server is away. */
interface AwayObserver {
  began(error: unknown, mostSeconds: number): void;
  ended(seconds: number): void;
}

/** Repeats what fails for a passing reason: a few times, and as long as its patience lasts while a server is away that was there. */
export class Retry {
  readonly #patienceMs: number;
  readonly #observer: AwayObserver;
  /** Threads begin once the main thread has read from the server. */
  #wasThere = !isMainThread;
  #awaySince: number | undefined;

  /** @param patienceSeconds that a server may be away at a time. */
  constructor(patienceSeconds: number, observer: AwayObserver) {
    this.#patienceMs = 1000 * patienceSeconds;
    this.#observer = observer;
  }

  /** Seconds for which a server that is away was waited for; 0 without patience. */
  get waitedSeconds(): number {
    return this.#patienceMs === 0 ? 0 : this.#awayMs / 1000;
  }

  /**
   * @param work is done from its beginning each time.
   * @param clear is done before each repetition.
   * @throws what the work throws last.
   */
  async run<Result>(work: () => Promise<Result>, clear: () => Promise<void>): Promise<Result> {
    const delays = { again: [...DELAYS_MS], away: [...DELAYS_MS] };
    for (;;) {
      try {
        const result = await work();
        this.#wasThere = true;
        if (this.#awaySince !== undefined) this.#observer.ended(this.#awayMs / 1000);
        this.#awaySince = undefined;
        return result;
      } catch (error) {
        const kind = passing(error);
        if (!kind) throw error;
        if (kind === "away" && this.#awaySince === undefined) {
          this.#awaySince = performance.now();
          this.#observer.began(error, this.#mostMs(error) / 1000);
        }
        const delay =
          delays[kind].shift() ?? (kind === "away" && this.#isPatient(error) ? DELAYS_MS.at(-1)! : undefined);
        if (delay === undefined) throw error;
        await clear();
        await sleep(delay);
      }
    }
  }

  /** A server that was never there may be a wrong name; one that says that it restarts is there. */
  #isPatient(error: unknown): boolean {
    const isKnown = this.#wasThere || numberOf(error) !== undefined;
    return isKnown && this.#awayMs < this.#patienceMs;
  }

  #mostMs(error: unknown): number {
    const ofTries = DELAYS_MS.reduce((sum, delay) => sum + delay);
    return this.#isPatient(error) ? Math.max(ofTries, this.#patienceMs) : ofTries;
  }

  get #awayMs(): number {
    return this.#awaySince === undefined ? 0 : performance.now() - this.#awaySince;
  }
}
