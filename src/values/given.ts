import { quoted } from "./printable.ts";
import { keepSecret } from "./secrets.ts";
import { nameOf, type Setting, UsageError } from "./setting.ts";

/** Where the value of a setting comes from. */
export type GivenBy = "flag" | "credential" | "environment" | "default";

/** What holds for a setting, as it was written. */
export interface Raw {
  readonly text: string;
  readonly by: GivenBy;
  /** Name of the flag or the variable that gave it. */
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

  /** Nothing where nothing was given and there is no fallback. */
  raw(setting: Setting<unknown>): Raw | undefined {
    const raw = this.#raw(setting);
    if (raw && setting.secret) keepSecret(raw.text);
    return raw;
  }

  #raw({ flag, env, fallback, fallbackFrom, secret }: Setting<unknown>): Raw | undefined {
    const given = flag === undefined ? undefined : this.#flags[flag];
    if (given !== undefined) return { text: String(given), by: "flag", name: `--${flag}` };
    if (env !== undefined) {
      const credential = secret ? this.#credential(env) : undefined;
      if (credential !== undefined) return { text: credential, by: "credential", name: env };
      const variable = this.#env[env];
      if (variable) return { text: variable, by: "environment", name: env };
    }
    const usual = fallbackFrom?.((setting) => this.#ownText(setting)) ?? fallback;
    return usual === undefined ? undefined : { text: usual, by: "default", name: env ?? `--${flag}` };
  }

  /** Nothing where its fallback holds. */
  #ownText(setting: Setting<unknown>): string | undefined {
    const raw = this.raw(setting);
    return raw?.by === "default" ? undefined : raw?.text;
  }
}

function parsed<Value>({ parse, allowed, secret }: Setting<Value>, { name, text }: Raw): Value {
  const value = parse(text);
  if (value === undefined) {
    throw new UsageError(`${name}: ${secret ? "what was given" : quoted(text)} is not allowed; it takes ${allowed}`);
  }
  return value;
}
