import { stripVTControlCharacters } from "node:util";

const BIDIRECTIONAL_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Text that may be shown anywhere: one line, without control characters, escape codes or changes of direction. */
export function printable(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replaceAll(BIDIRECTIONAL_CONTROLS, "")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
}
