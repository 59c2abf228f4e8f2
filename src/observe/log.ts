import { stripVTControlCharacters, styleText } from "node:util";
import { type ConsolaInstance, createConsola, LogLevels } from "consola/core";

/** The log for people and for journald: one line an entry on standard error, never on standard output. */
export function createLog(options: { debug: boolean }): ConsolaInstance {
  const color = wantsColor(process.stderr);
  return createConsola({
    level: options.debug ? LogLevels.debug : LogLevels.info,
    reporters: [
      {
        log: ({ level, args }) => {
          const line = stripVTControlCharacters(args.map(String).join(" "));
          process.stderr.write(`${label(level, color)}${line}\n`);
        },
      },
    ],
  });
}

function label(level: number, color: boolean): string {
  if (level > LogLevels.warn) return "";
  const [text, style] = level === LogLevels.warn ? (["warning:", "yellow"] as const) : (["error:", "red"] as const);
  return `${color ? styleText(style, text, { validateStream: false }) : text} `;
}

/** Whether a stream is to get colours: a terminal that knows them, and nobody who declined (https://no-color.org). */
export function wantsColor(stream: { isTTY?: boolean }): boolean {
  return Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}
