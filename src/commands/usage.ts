import { styleText } from "node:util";
import type { CommandDef } from "citty";
import { pad, wrap } from "../show/terminal/text.ts";
import { describe } from "./describe.ts";
import { EXAMPLES, type Example } from "./examples.ts";

const INDENT = "  ";
/** Of columns beside each other the right one is not narrower. */
const LEAST_WIDTH = 30;

/** What `forecast --help` says. @param width in characters. */
export function usageOfAll(commands: readonly CommandDef[], width: number): string {
  const described = commands.map(describe);
  return [
    ...wrap("Forecasts the demand for every product of an order database", width),
    "",
    `${heading("usage")} forecast ${described.map(({ name }) => name).join("|")} [OPTIONS]`,
    "",
    heading("commands"),
    ...columns(
      described.map(({ name, description }) => [name, description]),
      width,
    ),
    "",
    ...examples(EXAMPLES.all!, width),
    "",
    ...wrap("forecast COMMAND --help tells more about a command, forecast --version the version.", width),
    "",
  ].join("\n");
}

/** What `forecast COMMAND --help` says: its flags by group, with their defaults and environment variables. @param width in characters. */
export function usageOf(command: CommandDef, width: number): string {
  const { name, description, words, groups, examples: lines } = describe(command);
  return [
    ...wrap(description, width),
    "",
    `${heading("usage")} forecast ${[name, "[OPTIONS]", ...words.map((word) => word.name)].join(" ")}`,
    ...(words.length > 0 ? ["", heading("arguments")] : []),
    ...columns(
      words.map((word) => [word.name, word.description]),
      width,
    ),
    ...[...groups].flatMap(([group, flags]) => [
      "",
      heading(group),
      ...columns(
        flags.map(({ name, placeholder, description }) => [
          placeholder === undefined ? `--${name}` : `--${name}=${placeholder}`,
          description,
        ]),
        width,
      ),
    ]),
    "",
    ...examples(lines, width),
    "",
  ].join("\n");
}

function heading(text: string): string {
  return styleText("bold", text.toUpperCase(), { validateStream: false });
}

function examples(lines: readonly Example[], width: number): string[] {
  return [heading("examples"), ...columns(lines, width)];
}

function columns(rows: readonly (readonly [left: string, right: string])[], lineWidth: number): string[] {
  const longest = Math.max(0, ...rows.map(([left]) => left.length)) + 2;
  const isStacked = lineWidth - INDENT.length - longest < LEAST_WIDTH;
  const indent = INDENT + " ".repeat(isStacked ? 2 * INDENT.length : longest);
  return rows.flatMap(([left, right]) => {
    const lines = wrap(right, Math.max(LEAST_WIDTH, lineWidth - indent.length));
    const shown = styleText("cyan", isStacked ? left : pad(left, longest, "left"), { validateStream: false });
    const [first = "", ...more] = isStacked ? ["", ...lines] : lines;
    return [`${INDENT}${shown}${first}`, ...more.map((line) => indent + line)];
  });
}
