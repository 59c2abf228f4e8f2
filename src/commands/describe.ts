import type { ArgsDef, CommandDef, CommandMeta } from "citty";
import type { GroupedArg } from "./arguments.ts";
import { EXAMPLES, type Example } from "./examples.ts";

/** What a command takes, for its usage text, its man page and its completions. */
export interface Description {
  readonly name: string;
  readonly description: string;
  readonly words: readonly { readonly name: string; readonly description: string }[];
  /** Flags by heading. */
  readonly groups: ReadonlyMap<string, readonly Flag[]>;
  readonly examples: readonly Example[];
}

export interface Flag {
  /** Without dashes. */
  readonly name: string;
  /** Stands for the value; nothing where the flag takes none. */
  readonly placeholder: string | undefined;
  readonly description: string;
  /** Beginnings of its value, where the placeholder is no list of them. */
  readonly words?: readonly string[];
}

const HELP: Flag = { name: "help", placeholder: undefined, description: "show how to use it" };
const WITHOUT_GROUP = "Options";

/** @param command its definition, without functions for its parts. */
export function describe(command: CommandDef): Description {
  const { name = "", description = "" } = command.meta as CommandMeta;
  const args: [string, GroupedArg][] = Object.entries((command.args ?? {}) as ArgsDef);
  const flags = args
    .filter(([, { type }]) => type !== "positional")
    .map(([name, { valueHint: placeholder, description = "", group = WITHOUT_GROUP, words }]) => {
      return { group, flag: { name, placeholder, description, ...(words && { words }) } };
    });
  const groups = Map.groupBy([...flags, { group: flags.at(-1)?.group ?? WITHOUT_GROUP, flag: HELP }], (f) => f.group);
  return {
    name,
    description,
    words: args
      .filter(([, { type }]) => type === "positional")
      .map(([name, { description = "" }]) => ({ name: name.toUpperCase(), description })),
    groups: new Map([...groups].map(([group, flags]) => [group, flags.map(({ flag }) => flag)])),
    examples: EXAMPLES[name] ?? [],
  };
}
