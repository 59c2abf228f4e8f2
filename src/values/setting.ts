/** Wrong use: one line for the user, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A value that the user may give by a flag, an environment variable, or both. */
export interface Setting<Value> extends Kind<Value> {
  readonly flag?: string;
  readonly env?: string;
  /** What holds where nothing is given, as the user would write it. */
  readonly fallback?: string;
  /**
   * The fallback where it depends on what else was given.
   *
   * @param given the text of another setting, unless it was left to its own fallback.
   * @returns nothing where `fallback` holds.
   */
  readonly fallbackFrom?: (given: (setting: Setting<unknown>) => string | undefined) => string | undefined;
  /** The fallback in words, where it differs between machines. */
  readonly fallbackInWords?: string;
  /** A flag that may be given several times: the values are put together as one list, with commas between. */
  readonly repeats?: boolean;
  /** Never shown, and read from a systemd credential as well. */
  readonly secret?: boolean;
  readonly description: string;
}

/** What values a setting takes. */
export interface Kind<Value> {
  /** Stands for the value in the usage text; nothing for a switch, a flag without a value. */
  readonly placeholder?: string;
  readonly allowed: string;
  /** Beginnings that a shell may complete, where the placeholder is no list of them; after a colon a file follows. */
  readonly words?: readonly string[];
  /** @returns nothing for a text that is not allowed. */
  readonly parse: (text: string) => Value | undefined;
}

export function nameOf({ flag, env }: Setting<unknown>): string {
  return env ?? `--${flag}`;
}

export function isSwitch({ placeholder }: Setting<unknown>): boolean {
  return placeholder === undefined;
}
