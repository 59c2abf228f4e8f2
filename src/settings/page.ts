import { parseLocale } from "../show/format.ts";
import type { Given } from "../values/given.ts";
import { text } from "../values/kinds.ts";
import type { Setting } from "../values/setting.ts";
import { checkFolder } from "./folder.ts";

export const HTML = {
  flag: "html",
  description: "write a page to a file, which a browser shows without a network",
  ...text("FILE"),
} satisfies Setting<string>;
export const LOCALE = {
  flag: "locale",
  fallback: "en-US",
  placeholder: "TAG",
  description: "numbers and dates of the page as in this language",
  allowed: "a language tag such as en-GB, de-DE or pt-BR",
  parse: parseLocale,
} satisfies Setting<string>;

export interface PageSettings {
  /** Nothing where no page is wanted. */
  readonly file: string | undefined;
  readonly locale: string;
}

/** @throws UsageError also for a file that cannot be written, before any work is done for it. */
export async function pageSettings(given: Given): Promise<PageSettings> {
  const file = given.value(HTML);
  if (file !== undefined) await checkFolder(HTML.flag, file);
  return { file, locale: given.value(LOCALE)! };
}
