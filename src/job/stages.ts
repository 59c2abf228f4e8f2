export const MAIN_STAGES = ["prepare", "eligibility", "learning"] as const;
export const THREAD_STAGES = ["read", "parse", "forecast", "serialise", "write", "idle"] as const;

/** What time goes into, in the order of a run: first of the main thread, then of the worker threads. */
export const STAGES = [...MAIN_STAGES, ...THREAD_STAGES] as const;

export type Stage = (typeof STAGES)[number];

/** Seconds by stage. */
export type StageSeconds = Partial<Record<Stage, number>>;

/** Where a thread that computes is also waiting for something, its time counts as computing. */
const PRECEDENCE: readonly Stage[] = [...MAIN_STAGES, "parse", "forecast", "serialise", "read", "write"];

/** Measures what the time of one thread goes into; each moment counts for one stage, also when batches overlap. */
export class StageClock {
  readonly #now: () => number;
  readonly #underWay = new Map<Stage, number>(PRECEDENCE.map((stage) => [stage, 0]));
  #seconds: StageSeconds = {};
  #last: number;

  /** @param now milliseconds from any start. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#last = now();
  }

  /** Does the work, which may be a promise, and counts its time for the stage. */
  during<Result>(stage: Stage, work: () => Result): Result {
    this.#count(stage, 1);
    let isPromised = false;
    try {
      const result = work();
      isPromised = result instanceof Promise;
      return isPromised ? ((result as Promise<unknown>).finally(() => this.#count(stage, -1)) as Result) : result;
    } finally {
      if (!isPromised) this.#count(stage, -1);
    }
  }

  /** @returns the seconds since this was asked last; time in no stage is in none of them. */
  take(): StageSeconds {
    this.#account();
    const seconds = this.#seconds;
    this.#seconds = {};
    return seconds;
  }

  #count(stage: Stage, change: 1 | -1): void {
    this.#account();
    this.#underWay.set(stage, this.#underWay.get(stage)! + change);
  }

  #account(): void {
    const now = this.#now();
    const stage = PRECEDENCE.find((candidate) => this.#underWay.get(candidate)! > 0);
    if (stage) this.#seconds[stage] = (this.#seconds[stage] ?? 0) + (now - this.#last) / 1000;
    this.#last = now;
  }
}
