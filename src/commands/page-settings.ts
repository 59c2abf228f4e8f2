import { type Setting, text } from "../job/setting.ts";
import { parseLocale } from "../show/page/format.ts";

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
