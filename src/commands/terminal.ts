import { wantsColor } from "../observe/log.ts";

export const WIDTH_OF_NO_TERMINAL = 100;

/** What standard output can show. */
export function terminalOptions(): { width: number; color: boolean; ascii: boolean } {
  const { columns, isTTY } = process.stdout;
  return {
    width: isTTY && columns ? columns : WIDTH_OF_NO_TERMINAL,
    color: wantsColor(process.stdout),
    ascii: process.env.TERM === "dumb" || usesAsciiLocale(process.env),
  };
}

function usesAsciiLocale({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG;
  return locale === "C" || locale === "POSIX";
}
