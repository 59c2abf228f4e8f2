import type { Log } from "./log.ts";

/** As many as a person reads. */
const MOST = 20;

/** Logs the first failures one by one, and at the end how many more there were. */
export class FailureLog {
  readonly #log: Log;
  readonly #most: number;
  #count = 0;

  constructor(log: Log, most = MOST) {
    this.#log = log;
    this.#most = most;
  }

  add(...failure: Parameters<Log["error"]>): void {
    if (++this.#count <= this.#most) this.#log.error(...failure);
  }

  /** @param what such as "failed products". */
  end(what: string): void {
    if (this.#count > this.#most) this.#log.error(`and ${this.#count - this.#most} more ${what}`);
  }
}
