import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { type ArgsDef, type CommandDef, runCommand } from "citty";
import { allCommands, SUBCOMMANDS } from "./commands/all.ts";
import { flagsOf, strictArguments, unknown } from "./commands/arguments.ts";
import { print } from "./commands/print.ts";
import { WIDTH_OF_NO_TERMINAL } from "./commands/terminal.ts";
import { EXIT_USAGE, exitCodeOf } from "./job/exit-code.ts";
import { wantsColor } from "./observe/log.ts";
import { tell, toldAll } from "./observe/standard-error.ts";
import { givenTo } from "./settings/credentials.ts";
import { logFor, OUTPUT_SETTINGS } from "./settings/output.ts";
import { dangerousVariable } from "./settings/runtime-variables.ts";
import { SourceError } from "./sources/source.ts";
import { Given } from "./values/given.ts";
import { UsageError } from "./values/setting.ts";
import { COMMIT, VERSION } from "./version.ts";

async function forecast([name, ...args]: string[]): Promise<number> {
  const danger = dangerousVariable(process.env, import.meta.url.includes("$bunfs"));
  if (danger !== undefined) throw new UsageError(danger);
  if (name === "--version") {
    await print(`forecast ${VERSION} (${COMMIT})\n`);
    return 0;
  }
  if (name === "--help" || name === "-h" || (name === "help" && args.length === 0)) {
    await print(await usage(process.stdout));
    return 0;
  }
  if (name === "help") return forecast([...args, "--help"]);
  if (name === undefined) {
    tell(await usage(process.stderr));
    return EXIT_USAGE;
  }
  const load = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (!load) {
    if (name.startsWith("-")) throw new UsageError(unknown("option", name, ["help", "version"], "--"));
    throw new UsageError(unknown("subcommand", name, Object.keys(SUBCOMMANDS)));
  }
  const command = await load();
  if (args.includes("--help") || args.includes("-h")) {
    await print(await usage(process.stdout, command));
    return 0;
  }
  const { unknownVariables, VARIABLES } = await import("./settings/variables.ts");
  for (const variable of unknownVariables(process.env)) {
    logAsAsked(args).warn(unknown("variable", variable, VARIABLES));
  }
  const { result } = await runCommand(command, { rawArgs: strictArguments(args, command.args as ArgsDef) });
  return Number(result);
}

/** Lines of a usage text that are longer are hard to read, however wide the terminal is. */
const WIDTH_TO_READ = 120;

async function usage(stream: NodeJS.WriteStream, command?: CommandDef): Promise<string> {
  const { usageOf, usageOfAll } = await import("./commands/usage.ts");
  const width = Math.min(stream.columns || WIDTH_OF_NO_TERMINAL, WIDTH_TO_READ);
  const text = command ? usageOf(command, width) : usageOfAll(await allCommands(), width);
  return wantsColor(stream) ? text : stripVTControlCharacters(text);
}

function report(error: unknown, args: readonly string[]): void {
  const log = logAsAsked(args);
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const isUsage = error instanceof UsageError;
  log.error(message, { exit_code: exitCodeOf(error), stack: isUsage ? undefined : stack });
  if (error instanceof SourceError) for (const line of error.details) log.error(line);
  if (isUsage) {
    const command = args[0] !== undefined && Object.hasOwn(SUBCOMMANDS, args[0]) ? ` ${args[0]}` : "";
    log.info(`forecast${command} --help shows how to use it`);
  }
}

/** The log that the arguments ask for, as far as they can be understood. */
function logAsAsked(args: readonly string[]) {
  const options = Object.fromEntries(
    Object.entries(flagsOf({ Output: OUTPUT_SETTINGS })).map(
      ([name, { type }]) => [name, { type: type === "boolean" ? type : "string" }] as const,
    ),
  );
  try {
    return logFor(givenTo(parseArgs({ args: [...args], options, strict: false, allowPositionals: true }).values));
  } catch {
    return logFor(new Given({}, {}));
  }
}

// With these, libraries print what they are given, passwords as well.
delete process.env.DEBUG;
delete process.env.NODE_DEBUG;

/** As long as the reader of a log may be busy; one that does not read at all keeps nothing from its end. */
const LOG_LIMIT_MS = 5000;

// Whoever prints is told of it, too.
process.stdout.on("error", () => {});
// Nobody could be told.
process.stderr.on("error", () => {});

const args = process.argv.slice(2);
const exitCode = await forecast(args).catch((error) => {
  report(error, args);
  return exitCodeOf(error);
});
// What a pipe has not taken by then would be lost.
await Promise.race([toldAll(), sleep(LOG_LIMIT_MS)]);
// Connections that a driver leaves open would keep the process alive.
process.exit(exitCode);
