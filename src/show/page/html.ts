import { printable } from "../../values/printable.ts";

/** A piece of a page: text that is markup already. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

const SPECIAL = /[&<>"']/;
const EACH_SPECIAL = new RegExp(SPECIAL, "g");

type Part = Html | string | number | false | undefined | readonly Part[];

/** Markup from a template literal: texts in it are escaped, pieces stay, `false` and nothing leave nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let markup = literals[0]!;
  for (let i = 0; i < parts.length; i++) markup += markupOf(parts[i]) + literals[i + 1]!;
  return new Html(markup);
}

function markupOf(part: Part): string {
  if (part === undefined || part === false) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map(markupOf).join("");
  const text = printable(String(part));
  return SPECIAL.test(text) ? text.replaceAll(EACH_SPECIAL, (character) => `&#${character.charCodeAt(0)};`) : text;
}
