import { type ArgsDef, type CommandDef, defineCommand } from "citty";
import { alternatives } from "../values/kinds.ts";
import { quoted } from "../values/printable.ts";
import { UsageError } from "../values/setting.ts";
import { describe } from "./describe.ts";
import { print } from "./print.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** The command that prints the completions of all commands, itself included. */
export function completionOf(allCommands: () => Promise<CommandDef[]>): CommandDef {
  return defineCommand<ArgsDef>({
    meta: { name: "completion", description: "Print the completions for a shell: bash, zsh or fish" },
    args: { shell: { type: "positional", description: SHELLS.join(", ") } },
    async run({ args }): Promise<number> {
      const shell = SHELLS.find((name) => name === args.shell);
      if (!shell)
        throw new UsageError(`SHELL: ${quoted(String(args.shell))} is not allowed; it takes ${alternatives(SHELLS)}`);
      const { completionScript } = await import("./completion-scripts.ts");
      await print(completionScript(shell, (await allCommands()).map(describe)));
      return 0;
    },
  });
}
