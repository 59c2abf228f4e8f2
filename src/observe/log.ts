import { fstatSync } from "node:fs";
import { styleText } from "node:util";
import { type ConsolaInstance, createConsola } from "consola/core";
import { brief, safeJson } from "../values/printable.ts";
import { withoutSecrets } from "../values/secrets.ts";
import { tell } from "./standard-error.ts";

export const LOG_FORMATS = ["text", "json"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/** Characters of one entry: what is longer helps nobody. */
const MOST_CHARACTERS = 4000;

/** Each level's number in consola and in syslog, by which journald sorts. */
const LEVELS = {
  error: { level: 0, priority: 3, label: "error: ", color: "red" },
  warn: { level: 1, priority: 4, label: "warning: ", color: "yellow" },
  info: { level: 3, priority: 6, label: "", color: "reset" },
  debug: { level: 4, priority: 7, label: "", color: "reset" },
} as const;
export type LogLevel = keyof typeof LEVELS;
export const LOG_LEVELS = Object.keys(LEVELS) as LogLevel[];

export interface LogOptions {
  readonly format: LogFormat;
  readonly level: LogLevel;
}

/** Logs `message`; `fields` are told apart in JSON only, but for `stack`, which is told when the level is debug. */
export type LogMethod = (message: string, fields?: Readonly<Record<string, unknown>>) => void;
export type Log = Readonly<Record<LogLevel, LogMethod>>;

/**
 * The log for people, for journald and for programs, on standard error, never on standard output. An entry is one line;
 * only a person's terminal or file gets the stack of an error on lines of its own. What goes to journald begins with
 * `<N>`, its priority (sd-daemon(3)). Nothing in an entry controls a terminal, nor is it longer than a person reads, nor a
 * password that was given.
 */
export function createLog({ format, level }: LogOptions): Log {
  const forJournal = writesToJournal(process.stderr.fd, process.env.JOURNAL_STREAM);
  const color = wantsColor(process.stderr) && !forJournal;
  const tellsStack = level === "debug";
  const write = format === "json" ? jsonLine : forJournal ? journalLine : (entry: Entry) => textLines(entry, color);
  const log: ConsolaInstance = createConsola({
    level: LEVELS[level].level,
    throttle: 0,
    reporters: [
      {
        log: ({ type, args: [message, { stack, ...fields } = {}] }) => {
          const level = type as LogLevel;
          const entry = { level, message: oneLine(message), fields, stack: tellsStack ? stack : undefined };
          const line = withoutSecrets(write(entry));
          tell(`${forJournal ? `<${LEVELS[level].priority}>` : ""}${line}\n`);
        },
      },
    ],
  });
  return log;
}

interface Entry {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly stack: string | undefined;
}

function jsonLine({ level, message, fields, stack }: Entry): string {
  return safeJson(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields, stack }));
}

function journalLine({ level, message, stack }: Entry): string {
  return `${LEVELS[level].label}${message}${stack ? ` | ${oneLine(stack)}` : ""}`;
}

function textLines({ level, message, stack }: Entry, color: boolean): string {
  const { label, color: style } = LEVELS[level];
  const shown = color && label ? `${styleText(style, label.trimEnd(), { validateStream: false })} ` : label;
  return `${shown}${message}${stack ? `\n${stack.split("\n").map(oneLine).join("\n")}` : ""}`;
}

function oneLine(text: string): string {
  return brief(text.replaceAll(/\s*[\r\n]\s*/g, " | "), MOST_CHARACTERS);
}

/** Whether systemd connected the stream to its journal: JOURNAL_STREAM holds the stream's device and inode. */
function writesToJournal(fd: number, journalStream: string | undefined): boolean {
  if (!journalStream) return false;
  const { dev, ino } = fstatSync(fd, { bigint: true });
  return journalStream === `${dev}:${ino}`;
}

/** Whether a stream is to get colours: a terminal that knows them, and nobody who declined (https://no-color.org). */
export function wantsColor(stream: { isTTY?: boolean }): boolean {
  return Boolean(stream.isTTY) && !process.env.NO_COLOR && process.env.TERM !== "dumb";
}
