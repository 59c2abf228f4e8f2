import { setTimeout as sleep } from "node:timers/promises";

const GRACE_MS = 10_000;
const LAST_WORDS_MS = 5000;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** Asks a run to stop. */
export class Interruption {
  readonly #asked = Promise.withResolvers<void>();
  #exitCode: number | undefined;
  #lastWordsOver: Promise<void> | undefined;

  /** The exit code of an interrupted run; nothing as long as nobody asked. */
  get exitCode(): number | undefined {
    return this.#exitCode;
  }

  /** Settles when somebody asks. */
  get asked(): Promise<void> {
    return this.#asked.promise;
  }

  /** Settles ten seconds after somebody asked: what is under way then is given up. */
  async graceOver(): Promise<void> {
    await this.asked;
    await sleep(GRACE_MS);
  }

  /** Settles five seconds after somebody asked, or after the first call where that is later: all last words share them. */
  lastWordsOver(): Promise<void> {
    this.#lastWordsOver ??= this.asked.then(() => sleep(LAST_WORDS_MS));
    return this.#lastWordsOver;
  }

  ask(exitCode: number): void {
    this.#exitCode = exitCode;
    this.#asked.resolve();
  }
}

/**
 * SIGINT and SIGTERM ask for an interruption.
 *
 * @returns the exit code of a second signal, which asks to leave at once.
 */
export function onSignals(interruption: Interruption): Promise<number> {
  const second = Promise.withResolvers<number>();
  for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
    process.on(signal, () => {
      if (interruption.exitCode !== undefined) second.resolve(exitCode);
      else interruption.ask(exitCode);
    });
  }
  return second.promise;
}
