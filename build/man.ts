// Man pages of all commands, from the definitions that their --help shows.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { allCommands } from "../src/commands/all.ts";
import { type Description, describe } from "../src/commands/describe.ts";
import { EXAMPLES, type Example } from "../src/commands/examples.ts";
import { RUN_SETTINGS } from "../src/settings/run.ts";
import type { Setting } from "../src/values/setting.ts";
import { VERSION } from "../src/version.ts";

const EXIT_CODES = [
  ["0", "all products done; a product that cannot honestly be forecast is no failure"],
  [
    "1",
    "the command could not do its work, or 5 % of the products or more failed; status: not healthy; inspect, list: nothing there",
  ],
  ["2", "wrong use or settings"],
  ["3", "finished, and some products failed, fewer than 5 %"],
  ["75", "another instance holds the lock"],
  ["129, 130, 131, 143", "interrupted by SIGHUP, SIGINT, SIGQUIT or SIGTERM"],
] as const;

/** Writes forecast.1 and a page for each subcommand into the folder. */
export async function writeManPages(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const commands = (await allCommands()).map(describe);
  writeFileSync(join(folder, "forecast.1"), pageOfAll(commands));
  for (const command of commands) writeFileSync(join(folder, `forecast-${command.name}.1`), pageOf(command));
}

function pageOfAll(commands: readonly Description[]): string {
  return page("forecast", "forecasts the demand for every product of an order database", [
    ["SYNOPSIS", [".B forecast", ".I command", "[", ".I options", "]"]],
    ["COMMANDS", commands.flatMap(({ name, description }) => item(`.BR forecast-${name} (1)`, description))],
    ["ENVIRONMENT", Object.values(RUN_SETTINGS).flat().flatMap(variable)],
    ["FILES", item(".I $CREDENTIALS_DIRECTORY/DB_PASSWORD, REDIS_PASSWORD", CREDENTIALS)],
    ["EXAMPLES", EXAMPLES.all!.flatMap(exampleOf)],
    ["EXIT STATUS", EXIT_CODES.flatMap(([code, meaning]) => item(`.B ${code}`, meaning))],
    ["SEE ALSO", [".BR forecast-worker (8)"]],
  ]);
}

const CREDENTIALS =
  "passwords as systemd hands them over (LoadCredential=); they go before the variables of the same name";

function pageOf({ name, description, words, groups, examples }: Description): string {
  return page(`forecast-${name}`, description.charAt(0).toLowerCase() + description.slice(1), [
    ["SYNOPSIS", [`.B forecast ${name}`, "[", ".I options", "]", ...words.map((word) => `.I ${word.name}`)]],
    ["ARGUMENTS", words.flatMap((word) => item(`.I ${word.name}`, word.description))],
    [
      "OPTIONS",
      [...groups].flatMap(([group, flags]) => [
        `.SS ${group}`,
        ...flags.flatMap(({ name, placeholder, description }) =>
          item(placeholder === undefined ? `.B --${name}` : `.BI --${name}= "${placeholder}"`, description),
        ),
      ]),
    ],
    ["EXAMPLES", examples.flatMap(exampleOf)],
    ["SEE ALSO", [".BR forecast (1)"]],
  ]);
}

function page(name: string, summary: string, sections: readonly (readonly [string, readonly string[]])[]): string {
  return [
    `.TH ${name.toUpperCase()} 1 "" "forecast ${VERSION}"`,
    ".ad l",
    ".SH NAME",
    `${name} \\- ${escaped(summary)}`,
    ...sections.filter(([, lines]) => lines.length > 0).flatMap(([title, lines]) => [`.SH ${title}`, ...lines]),
    "",
  ]
    .join("\n")
    .replaceAll("--", "\\-\\-");
}

function item(term: string, text: string): string[] {
  return [".TP", term, escaped(text)];
}

function exampleOf([command, meaning]: Example): string[] {
  return item(`.B "${escaped(command)}"`, meaning);
}

function variable(setting: Setting<unknown>): string[] {
  const { env, description, fallback, fallbackInWords } = setting;
  if (env === undefined) return [];
  return item(
    `.B ${env}`,
    fallback === undefined ? description : `${description} (default: ${fallbackInWords ?? fallback})`,
  );
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll(/^([.'])/gm, "\\&$1");
}
