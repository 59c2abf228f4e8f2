import { stripVTControlCharacters } from "node:util";
import { type ArgsDef, type CommandDef, defineCommand, renderUsage, runCommand } from "citty";
import { strictArguments, unknown } from "./commands/arguments.ts";
import { isClosedPipe, print } from "./commands/print.ts";
import { LockHeldError } from "./job/lock.ts";
import { UsageError } from "./job/setting.ts";
import { createLog, wantsColor } from "./observe/log.ts";
import { COMMIT, VERSION } from "./version.ts";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;
const EXIT_LOCKED = 75;

const SUBCOMMANDS: Readonly<Record<string, () => Promise<CommandDef>>> = {
  run: async () => (await import("./commands/run.ts")).command,
  status: async () => (await import("./commands/status.ts")).command,
  inspect: async () => (await import("./commands/inspect.ts")).command,
  backtest: async () => (await import("./commands/backtest.ts")).command,
};

const main = defineCommand({
  meta: { name: "forecast", description: "Forecasts the demand for every product of an order database" },
  subCommands: SUBCOMMANDS,
});

async function forecast([name, ...args]: string[]): Promise<number> {
  if (name === "--version") {
    await print(`forecast ${VERSION} (${COMMIT})\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    await print(await usage(main, process.stdout));
    return 0;
  }
  if (name === undefined) {
    process.stderr.write(await usage(main, process.stderr));
    return EXIT_USAGE;
  }
  const load = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!load) {
    if (name.startsWith("-")) throw new UsageError(unknown("option", name, ["help", "version"], "--"));
    throw new UsageError(unknown("subcommand", name, Object.keys(SUBCOMMANDS)));
  }
  const command = await load();
  if (args.includes("--help") || args.includes("-h")) {
    await print(await usage(command, process.stdout, main));
    return 0;
  }
  const { result } = await runCommand(command, { rawArgs: strictArguments(args, command.args as ArgsDef) });
  return Number(result);
}

async function usage(command: CommandDef, stream: NodeJS.WriteStream, parent?: CommandDef): Promise<string> {
  const text = `${(await renderUsage(command, parent)).replaceAll(/ +$/gm, "")}\n`;
  return wantsColor(stream) ? text : stripVTControlCharacters(text);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) return EXIT_USAGE;
  if (error instanceof LockHeldError) return EXIT_LOCKED;
  return EXIT_FAILED;
}

function report(error: unknown, args: readonly string[]): void {
  const log = createLog({ debug: args.includes("--debug") });
  log.error(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageError) {
    const command = args[0] !== undefined && Object.hasOwn(SUBCOMMANDS, args[0]) ? ` ${args[0]}` : "";
    log.info(`forecast${command} --help shows how to use it`);
  } else if (error instanceof Error && error.stack) {
    log.debug(error.stack);
  }
}

process.stdout.on("error", (error) => {
  if (!isClosedPipe(error)) throw error;
});

const args = process.argv.slice(2);
const exitCode = await forecast(args).catch((error) => {
  report(error, args);
  return exitCodeOf(error);
});
// Connections that a driver leaves open would keep the process alive.
process.exit(exitCode);
