import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { textOf } from "./small-file.ts";

const GRACE_MS = 10_000;
const LAST_WORDS_MS = 5000;
const SIGNALS = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"] as const;

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
 * SIGHUP, SIGINT, SIGQUIT and SIGTERM ask for an interruption, but for those that we were started to ignore, as nohup does.
 *
 * @returns the exit code of a second signal, which asks to leave at once.
 */
export function onSignals(interruption: Interruption): Promise<number> {
  const second = Promise.withResolvers<number>();
  for (const signal of SIGNALS.filter((signal) => !isIgnored(signal))) {
    const exitCode = 128 + constants.signals[signal];
    process.on(signal, () => {
      if (interruption.exitCode !== undefined) second.resolve(exitCode);
      else interruption.ask(exitCode);
    });
  }
  return second.promise;
}

/** Whether signal number n is bit n − 1 of the mask of ignored signals (proc(5)); where there is no such file none is. */
function isIgnored(signal: (typeof SIGNALS)[number]): boolean {
  const mask = /^SigIgn:\s*([0-9a-f]+)$/m.exec(textOf("/proc/self/status") ?? "")?.[1] ?? "0";
  return ((BigInt(`0x${mask}`) >> BigInt(constants.signals[signal] - 1)) & 1n) === 1n;
}
