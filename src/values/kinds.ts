import { isIP } from "node:net";
import { parseDay } from "../history/calendar.ts";
import type { Kind } from "./setting.ts";

export function wholeNumber(least: number, most: number): Kind<number> {
  return {
    placeholder: "N",
    allowed: `a whole number from ${least} to ${most}`,
    parse: (text) => (/^\d{1,15}$/.test(text) ? within(Number(text), least, most) : undefined),
  };
}

/** Whether it is a name or an address, with neither a port nor what else stands beside a host in a URL. */
export function isHost(text: string): boolean {
  return isIP(text) > 0 || /^[^\s:;,/\\@[\]]+$/.test(text);
}

/** A port of TCP. */
export function port(): Kind<number> {
  return wholeNumber(1, 65_535);
}

export function share(least: number, most: number): Kind<number> {
  return {
    placeholder: "SHARE",
    allowed: `a share from ${least} to ${most}, or the same as a percentage such as ${Math.floor(most * 100)}%`,
    parse: (text) => {
      const [, number, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(text) ?? [];
      return number === undefined ? undefined : within(percent ? Number(number) / 100 : Number(number), least, most);
    },
  };
}

/** How many of all: a share with a point or a percent sign, else a number of them. */
export function shareOrCount(): Kind<{ readonly share: number } | { readonly count: number }> {
  const [shares, counts] = [share(0, 1), wholeNumber(0, 1_000_000_000)];
  return {
    placeholder: "SHARE|N",
    allowed: "a percentage such as 1%, a share such as 0.01, or a whole number",
    parse: (text) => {
      const count = counts.parse(text);
      if (count !== undefined) return { count };
      const part = shares.parse(text);
      return part === undefined ? undefined : { share: part };
    },
  };
}

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** A time with its unit, which is parsed to seconds. */
export function duration(): Kind<number> {
  return {
    placeholder: "TIME",
    allowed: "a number with a unit, such as 90m, 36h or 8d",
    parse: (text) => {
      const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
      return number === undefined ? undefined : Number(number) * SECONDS[unit as keyof typeof SECONDS];
    },
  };
}

/**
 * A time that may be none at all, which is parsed to seconds.
 *
 * @param most as a user would write it.
 */
export function durationUpTo(most: string): Kind<number> {
  const { placeholder, parse } = duration();
  return {
    placeholder: placeholder!,
    allowed: `0, or a number with a unit such as 90s or 5m, ${most} at most`,
    parse: (text) => {
      const seconds = text === "0" ? 0 : parse(text);
      return seconds === undefined ? undefined : within(seconds, 0, parse(most)!);
    },
  };
}

/** A date, which is parsed to a day. */
export function date(): Kind<number> {
  return {
    placeholder: "DATE",
    allowed: "a date of the calendar as YYYY-MM-DD",
    parse: (text) => {
      try {
        return text.length === 10 ? parseDay(text) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

export function oneOf<Word extends string>(words: readonly Word[]): Kind<Word> {
  return {
    placeholder: words.join("|"),
    allowed: alternatives(words),
    parse: (text) => words.find((word) => word === text),
  };
}

export function text(placeholder: string): Kind<string> {
  return { placeholder, allowed: "a text that is not empty", parse: (value) => value || undefined };
}

export function yesOrNo(): Kind<boolean> {
  return {
    placeholder: "true|false",
    allowed: "true or false",
    parse: (value) => ({ true: true, "1": true, yes: true, false: false, "0": false, no: false })[value.toLowerCase()],
  };
}

/** A switch: true where it is given. */
export function noValue(): Kind<true> {
  return { allowed: "no value", parse: (value) => (value === "true" ? true : undefined) };
}

/** A switch that a variable may set as well. */
export function onOrOff(): Kind<boolean> {
  const { allowed, parse } = yesOrNo();
  return { allowed, parse };
}

/** Words in a sentence, as in "a, b or c". */
export function alternatives(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${words.at(-1)}` : words.join();
}

function within(number: number, least: number, most: number): number | undefined {
  return number >= least && number <= most ? number : undefined;
}
