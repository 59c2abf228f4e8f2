import type { Given } from "./given.ts";
import { alternatives } from "./kinds.ts";
import type { Kind, Setting } from "./setting.ts";

/**
 * What an adapter of a port, such as a kind of source, says of itself to whoever chooses one. It is cheap to load: what
 * the adapter works with is loaded when it is opened.
 */
export interface AdapterDescription<Settings> {
  /** What it is called in a sentence, such as "a SQLite file". */
  readonly words: string;
  /** Stands for what follows its name and a colon, such as FILE in `sqlite:FILE`; nothing where nothing follows. */
  readonly argument?: string;
  /** What a user may set of it beside the argument. */
  readonly settings: readonly Setting<unknown>[];
  /** What to check where it cannot be used, beside the choice itself. */
  readonly adviceOnFailure?: string;
  /**
   * @param argument what follows its name and a colon; empty where nothing does.
   * @throws UsageError
   */
  read(given: Given, argument: string): Settings;
}

/** Descriptions by the name that each adapter is chosen by. */
type Adapters = Readonly<Record<string, AdapterDescription<object>>>;

/** The settings of one of the adapters, with its name. */
export type SettingsOf<All extends Adapters> = {
  [Name in keyof All]: { readonly kind: Name } & ReturnType<All[Name]["read"]>;
}[keyof All];

export interface Choice<Name> {
  readonly kind: Name;
  readonly argument: string;
}

/** The name of an adapter, with its argument where it takes one. */
export function oneOfAdapters<All extends Adapters>(
  adapters: All,
): Pick<Kind<Choice<keyof All>>, "allowed" | "words" | "parse"> {
  return {
    allowed: usagesOf(adapters),
    words: Object.entries(adapters).map(([name, { argument }]) => (argument ? `${name}:` : name)),
    parse: (text) => {
      const [, kind = "", argument = ""] = /^(\w+)(?::(.+))?$/s.exec(text) ?? [];
      if (!Object.hasOwn(adapters, kind)) return undefined;
      const takesArgument = adapters[kind]!.argument !== undefined;
      return takesArgument === (argument !== "") ? { kind, argument } : undefined;
    },
  };
}

/** How to choose an adapter, as in "redis or sqlite:FILE". */
export function usagesOf(adapters: Adapters): string {
  const usages = Object.entries(adapters).map(([name, { argument }]) => (argument ? `${name}:${argument}` : name));
  return alternatives(usages);
}

/** The settings of all adapters, those with a flag before those without. */
export function settingsOf(adapters: Adapters): Setting<unknown>[] {
  const { flags = [], variables = [] } = Object.groupBy(
    Object.values(adapters).flatMap(({ settings }) => settings),
    ({ flag }) => (flag === undefined ? "variables" : "flags"),
  );
  return [...flags, ...variables];
}

/** @throws UsageError for what is missing or not allowed. */
export function readSettings<All extends Adapters>(
  adapters: All,
  { kind, argument }: Choice<keyof All>,
  given: Given,
): SettingsOf<All> {
  return { kind, ...adapters[kind]!.read(given, argument) } as SettingsOf<All>;
}
