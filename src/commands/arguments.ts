import { parseArgs } from "node:util";
import type { ArgDef, ArgsDef } from "citty";
import { closest, distance } from "fastest-levenshtein";
import { quoted } from "../values/printable.ts";
import { isSwitch, type Setting, UsageError } from "../values/setting.ts";

/** What a flag is beside what citty knows of it. */
export type GroupedArg = ArgDef & {
  /** The heading that it stands under in the usage text. */
  readonly group?: string;
  /** Whether it may be given several times. */
  readonly repeats?: boolean;
  /** Beginnings of its value that a shell may complete. */
  readonly words?: readonly string[];
};

/** Flags of a command from the settings that they set, by the headings that they stand under in its usage text. */
export function flagsOf(groups: Readonly<Record<string, readonly Setting<unknown>[]>>): ArgsDef {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([group, settings]) =>
      settings.flatMap((setting) => (setting.flag === undefined ? [] : [[setting.flag, flagOf(setting, group)]])),
    ),
  );
}

function flagOf(setting: Setting<unknown>, group: string): GroupedArg {
  const { env, placeholder, description, fallback, fallbackInWords, repeats, words } = setting;
  const usual = fallback === undefined || isSwitch(setting) ? [] : [`default: ${fallbackInWords ?? fallback}`];
  const notes = [...usual, ...(env === undefined ? [] : [env])].join("; ");
  const text = notes ? `${description} (${notes})` : description;
  if (isSwitch(setting)) return { type: "boolean", description: text, group };
  return {
    type: "string",
    valueHint: placeholder!,
    description: text,
    group,
    ...(repeats && { repeats }),
    ...(words && { words }),
  };
}

/**
 * Lets only arguments pass that the command knows, which citty does not check: unknown flags, missing and surplus
 * values, flags repeated that may not be, and extra words are errors.
 *
 * @returns the same arguments with each flag and its value in one.
 * @throws UsageError
 */
export function strictArguments(args: readonly string[], definition: ArgsDef): string[] {
  const flags = Object.keys(definition).filter((name) => definition[name]!.type !== "positional");
  const takesValue = (name: string) => definition[name]?.type === "string";
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(flags.map((name) => [name, { type: takesValue(name) ? "string" : "boolean" }])),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const words: string[] = [];
  const checked = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === "positional") words.push(token.value);
    if (token.kind !== "option") continue;
    const { name, rawName, value, inlineValue } = token;
    if (!flags.includes(name) || !rawName.startsWith("--"))
      throw new UsageError(unknown("option", rawName, flags, "--"));
    const before = checked.get(name);
    const { repeats } = definition[name] as GroupedArg;
    if (before !== undefined && !repeats) throw new UsageError(`${rawName} is given twice`);
    if (takesValue(name) && (!value || (!inlineValue && value.startsWith("--")))) {
      throw new UsageError(`${rawName} needs a value`);
    }
    if (!takesValue(name) && value !== undefined) throw new UsageError(`${rawName} takes no value`);
    const flag = value === undefined ? rawName : `${rawName}=${value}`;
    checked.set(name, before === undefined ? flag : `${before},${value}`);
  }
  const positionals = Object.keys(definition).filter((name) => definition[name]!.type === "positional");
  if (words.length > positionals.length) {
    const together = positionals.length === 1 ? `; several words go in quotes: ${quoted(words.join(" "))}` : "";
    throw new UsageError(`unexpected word ${quoted(words[positionals.length]!)}${together}`);
  }
  const missing = positionals[words.length];
  if (missing !== undefined) throw new UsageError(`${missing.toUpperCase()} is missing`);
  return [...checked.values(), "--", ...words];
}

/** @returns one line that names what is not known and the nearest that is. */
export function unknown(what: string, given: string, known: readonly string[], prefix = ""): string {
  const word = given.replace(/^-+/, "");
  const nearest = closest(word, [...known]);
  const near = distance(word, nearest) <= Math.max(2, word.length / 2);
  return `unknown ${what} ${quoted(given)}${near ? `; did you mean ${prefix}${nearest}?` : ""}`;
}
