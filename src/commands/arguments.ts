import { parseArgs } from "node:util";
import type { ArgDef, ArgsDef } from "citty";
import { closest, distance } from "fastest-levenshtein";
import { type Setting, UsageError } from "../job/setting.ts";
import { DEBUG, LOG_FORMAT, LOG_LEVEL } from "./given.ts";

/** Flags of a command from the settings that they set, under a heading of its usage text. */
export function flagsOf(group: string, settings: readonly Setting<unknown>[]): ArgsDef {
  const flags = settings.filter(({ flag }) => flag !== undefined);
  return Object.fromEntries(
    flags.map((setting): [string, GroupedArg] => {
      const { flag, placeholder, description } = setting;
      const notes = [defaultOf(setting), setting.env ?? []].flat().join("; ");
      const text = notes ? `${description} (${notes})` : description;
      return [flag!, { type: "string", valueHint: placeholder, description: text, group }];
    }),
  );
}

function defaultOf({ fallback, fallbackInWords }: Setting<unknown>): string[] {
  return fallback === undefined ? [] : [`default: ${fallbackInWords ?? fallback}`];
}

/** A flag without a value. */
export function switchOf(group: string, name: string, description: string): ArgsDef {
  const definition: GroupedArg = { type: "boolean", description, group };
  return { [name]: definition };
}

/** An argument with the heading that it stands under in the usage text. */
export type GroupedArg = ArgDef & { readonly group?: string };

const OUTPUT = "Output";
export const JSON_FLAG = switchOf(OUTPUT, "json", "print one JSON object on standard output");
export const LOG_FLAGS = {
  ...flagsOf(OUTPUT, [LOG_FORMAT, LOG_LEVEL]),
  ...switchOf(OUTPUT, DEBUG, `the same as --${LOG_LEVEL.flag} debug`),
};

/**
 * Lets only arguments pass that the command knows, which citty does not check: unknown flags, missing and surplus
 * values, repeated flags and extra words are errors.
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
    if (checked.has(name)) throw new UsageError(`${rawName} is given twice`);
    if (takesValue(name) && (!value || (!inlineValue && value.startsWith("--")))) {
      throw new UsageError(`${rawName} needs a value`);
    }
    if (!takesValue(name) && value !== undefined) throw new UsageError(`${rawName} takes no value`);
    checked.set(name, value === undefined ? rawName : `${rawName}=${value}`);
  }
  const positionals = Object.keys(definition).filter((name) => definition[name]!.type === "positional");
  if (words.length > positionals.length) throw new UsageError(`unexpected word "${words[positionals.length]}"`);
  const missing = positionals[words.length];
  if (missing !== undefined) throw new UsageError(`${missing.toUpperCase()} is missing`);
  return [...checked.values(), "--", ...words];
}

/** @returns one line that names what is not known and the nearest that is. */
export function unknown(what: string, given: string, known: readonly string[], prefix = ""): string {
  const word = given.replace(/^-+/, "");
  const nearest = closest(word, [...known]);
  const near = distance(word, nearest) <= Math.max(2, word.length / 2);
  return `unknown ${what} "${given}"${near ? `; did you mean ${prefix}${nearest}?` : ""}`;
}
