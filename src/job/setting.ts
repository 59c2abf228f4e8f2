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

/** What the user gave: flags by name, and the environment. */
export class Given {
  readonly #flags: Readonly<Record<string, unknown>>;
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(flags: Readonly<Record<string, unknown>>, env: Readonly<Record<string, string | undefined>>) {
    this.#flags = flags;
    this.#env = env;
  }

  /**
   * The flag's value, else that of the environment (an empty variable counts as none), else the fallback.
   *
   * @throws UsageError naming the setting, what was given and what is allowed.
   */
  value<Value>(setting: Setting<Value>): Value | undefined {
    const flag = setting.flag === undefined ? undefined : this.#flags[setting.flag];
    if (flag !== undefined) return parsed(setting, `--${setting.flag}`, String(flag));
    const variable = setting.env === undefined ? undefined : this.#env[setting.env];
    if (variable) return parsed(setting, setting.env!, variable);
    return setting.fallback === undefined ? undefined : parsed(setting, nameOf(setting), setting.fallback);
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
}

export function nameOf({ flag, env }: Setting<unknown>): string {
  return env ?? `--${flag}`;
}

function parsed<Value>({ parse, allowed }: Setting<Value>, name: string, text: string): Value {
  const value = parse(text);
  if (value === undefined) throw new UsageError(`${name}: "${text}" is not allowed; it takes ${allowed}`);
  return value;
}

function within(number: number, least: number, most: number): number | undefined {
  return number >= least && number <= most ? number : undefined;
}
