import type { CommandDef } from "citty";

/** Each subcommand is loaded when it is asked for. */
export const SUBCOMMANDS: Readonly<Record<string, () => Promise<CommandDef>>> = {
  run: async () => (await import("./run.ts")).command,
  work: async () => (await import("./work.ts")).command,
  status: async () => (await import("./status.ts")).command,
  list: async () => (await import("./list.ts")).command,
  inspect: async () => (await import("./inspect.ts")).command,
  backtest: async () => (await import("./backtest.ts")).command,
  doctor: async () => (await import("./doctor.ts")).command,
  config: async () => (await import("./config.ts")).command,
  schema: async () => (await import("./schema.ts")).command,
  licenses: async () => (await import("./licenses.ts")).command,
  completion: async () => (await import("./completion.ts")).completionOf(allCommands),
};

export function allCommands(): Promise<CommandDef[]> {
  return Promise.all(Object.values(SUBCOMMANDS).map((load) => load()));
}
