import { styleText } from "node:util";
import type { CommandDef } from "citty";
import { pad, wrap } from "../show/terminal/text.ts";
import { describe } from "./describe.ts";

const WIDTH = 100;
const INDENT = "  ";

/** What `forecast --help` says. */
export function usageOfAll(commands: readonly CommandDef[]): string {
  const described = commands.map(describe);
  return [
    "Forecasts the demand for every product of an order database",
    "",
    `${heading("usage")} forecast ${described.map(({ name }) => name).join("|")} [OPTIONS]`,
    "",
    heading("commands"),
    ...columns(described.map(({ name, description }) => [name, description])),
    "",
    "forecast COMMAND --help tells more about a command, forecast --version the version.",
    "",
  ].join("\n");
}

/** What `forecast COMMAND --help` says: its flags by group, with their defaults and environment variables. */
export function usageOf(command: CommandDef): string {
  const { name, description, words, groups } = describe(command);
  return [
    description,
    "",
    `${heading("usage")} forecast ${[name, "[OPTIONS]", ...words.map((word) => word.name)].join(" ")}`,
    ...(words.length > 0 ? ["", heading("arguments")] : []),
    ...columns(words.map((word) => [word.name, word.description])),
    ...[...groups].flatMap(([group, flags]) => [
      "",
      heading(group),
      ...columns(
        flags.map(({ name, placeholder, description }) => [
          placeholder === undefined ? `--${name}` : `--${name}=${placeholder}`,
          description,
        ]),
      ),
    ]),
    "",
  ].join("\n");
}

function heading(text: string): string {
  return styleText("bold", text.toUpperCase(), { validateStream: false });
}

function columns(rows: readonly (readonly [left: string, right: string])[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  const indent = INDENT + " ".repeat(width);
  return rows.flatMap(([left, right]) => {
    const [first = "", ...more] = wrap(right, WIDTH - indent.length);
    const start = INDENT + styleText("cyan", pad(left, width, "left"), { validateStream: false });
    return [`${start}${first}`, ...more.map((line) => indent + line)];
  });
}
