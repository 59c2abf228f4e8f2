import { stripVTControlCharacters } from "node:util";

/** Characters of a quoted text that a person reads before losing the sentence around it. */
const MOST_QUOTED = 100;
const BIDIRECTIONAL_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** What JSON may hold as it is and a terminal or a log must not: controls, changes of direction, separators of lines. */
const UNSAFE_IN_JSON = /(?![\n\t])[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const PLAIN = /^[\x20-\x7e]*$/;

/** Text that may be shown anywhere: one line, without control characters, escape codes or changes of direction. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return stripVTControlCharacters(text.toWellFormed())
    .replaceAll(BIDIRECTIONAL_CONTROLS, "")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}

/** A text from outside within a sentence: printable, and cut where it is long; the cut says how long it was. */
export function brief(text: string, most = MOST_QUOTED): string {
  // A text of many megabytes need not be cleaned to its end; an escape code takes room, too.
  const shown = printable(text.slice(0, 10 * most));
  const start = shown.slice(0, most).toWellFormed();
  return start.length < shown.length || text.length > 10 * most ? `${start}… (${text.length} characters)` : shown;
}

/** The same between quotation marks. */
export function quoted(text: string): string {
  return `"${brief(text)}"`;
}

/** JSON of the same value that controls no terminal and breaks no line: what could is written as \uXXXX. */
export function safeJson(json: string): string {
  return json.replaceAll(UNSAFE_IN_JSON, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
