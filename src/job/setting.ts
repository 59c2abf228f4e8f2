import { parseDay } from "../history/calendar.ts";

/** Wrong use: one line for the user, exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A value that the user may give by a flag, an environment variable, or both. */
export interface Setting<Value> {
  readonly flag?: string;
  readonly env?: string;
  /** What holds where nothing is given, as the user would write it. */
  readonly fallback?: string;
  /** The fallback in words, where it differs between machines. */
  readonly fallbackInWords?: string;
  /** Never shown, and read from a systemd credential as well. */
  readonly secret?: boolean;
  /** Stands for the value in the usage text. */
  readonly placeholder: string;
  readonly description: string;
  readonly allowed: string;
  /** @returns nothing for a text that is not allowed. */
  readonly parse: (text: string) => Value | undefined;
}

type Kind<Value> = Pick<Setting<Value>, "placeholder" | "allowed" | "parse">;

export function wholeNumber(least: number, most: number): Kind<number> {
  return {
    placeholder: "N",
    allowed: `a whole number from ${least} to ${most}`,
    parse: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text), least, most) : undefined),
  };
}

export function share(least: number, most: number): Kind<number> {
  return {
    placeholder: "SHARE",
    allowed: `a share from ${least} to ${most}, or the same as a percentage such as ${Math.round(most * 100)}%`,
    parse: (text) => {
      const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
      return number === undefined ? undefined : within(percent ? Number(number) / 100 : Number(number), least, most);
    },
  };
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Parsed to seconds. */
export function duration(): Kind<number> {
  return {
    placeholder: "TIME",
    allowed: "a number with a unit, such as 90m, 36h or 8d",
    parse: (text) => {
      const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
      return number === undefined ? undefined : Number(number) * SECONDS[unit as keyof typeof SECONDS];
    },
  };
}

/** Parsed to a day. */
export function date(): Kind<number> {
  return {
    placeholder: "DATE",
    allowed: "a date of the calendar as YYYY-MM-DD",
    parse: (text) => {
      try {
        return text.length === 10 ? parseDay(text) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

export function oneOf<Word extends string>(words: readonly Word[]): Kind<Word> {
  return {
    placeholder: words.join("|"),
    allowed: `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`,
    parse: (text) => words.find((word) => word === text),
  };
}

export function text(placeholder: string): Kind<string> {
  return { placeholder, allowed: "a text that is not empty", parse: (value) => value || undefined };
}

export function yesOrNo(): Kind<boolean> {
  return {
    placeholder: "true|false",
    allowed: "true or false",
    parse: (value) => ({ true: true, "1": true, yes: true, false: false, "0": false, no: false })[value.toLowerCase()],
  };
}

export type Origin = "flag" | "credential" | "environment" | "default";

/** What holds for a setting, as it was written. */
export interface Raw {
  readonly text: string;
  readonly origin: Origin;
  /** Of the flag or the variable that gave it. */
  readonly name: string;
}

/** What the user gave: flags by name, the environment, and credentials by the name of a variable. */
export class Given {
  readonly #flags: Readonly<Record<string, unknown>>;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #credential: (name: string) => string | undefined;

  constructor(
    flags: Readonly<Record<string, unknown>>,
    env: Readonly<Record<string, string | undefined>>,
    credential: (name: string) => string | undefined = () => undefined,
  ) {
    this.#flags = flags;
    this.#env = env;
    this.#credential = credential;
  }

  /**
   * The flag's value, else that of the credential, else that of the environment (an empty variable counts as none), else
   * the fallback.
   *
   * @throws UsageError naming the setting, what was given and what is allowed.
   */
  value<Value>(setting: Setting<Value>): Value | undefined {
    const raw = this.raw(setting);
    return raw && parsed(setting, raw);
  }

  /** @throws UsageError also where nothing was given. */
  required<Value>(setting: Setting<Value>, neededFor: string): Value {
    const value = this.value(setting);
    if (value === undefined)
      throw new UsageError(`${nameOf(setting)} is not set, and ${neededFor} needs it; it takes ${setting.allowed}`);
    return value;
  }

  /** Whether a flag without a value was given. */
  has(flag: string): boolean {
    return this.#flags[flag] === true;
  }

  /** Nothing where nothing was given and there is no fallback. */
  raw({ flag, env, fallback, secret }: Setting<unknown>): Raw | undefined {
    const given = flag === undefined ? undefined : this.#flags[flag];
    if (given !== undefined) return { text: String(given), origin: "flag", name: `--${flag}` };
    if (env !== undefined) {
      const credential = secret ? this.#credential(env) : undefined;
      if (credential !== undefined) return { text: credential, origin: "credential", name: env };
      const variable = this.#env[env];
      if (variable) return { text: variable, origin: "environment", name: env };
    }
    return fallback === undefined ? undefined : { text: fallback, origin: "default", name: env ?? `--${flag}` };
  }
}

export function nameOf({ flag, env }: Setting<unknown>): string {
  return env ?? `--${flag}`;
}

function parsed<Value>({ parse, allowed, secret }: Setting<Value>, { name, text }: Raw): Value {
  const value = parse(text);
  if (value === undefined) {
    throw new UsageError(`${name}: ${secret ? "what was given" : `"${text}"`} is not allowed; it takes ${allowed}`);
  }
  return value;
}

function within(number: number, least: number, most: number): number | undefined {
  return number >= least && number <= most ? number : undefined;
}
