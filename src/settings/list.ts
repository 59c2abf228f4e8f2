import { SETTINGS_OF_CACHES } from "../caches/registry.ts";
import type { IdForm } from "../forecast/document.ts";
import { type Selection, SORTS, type Sort } from "../show/product-list.ts";
import { NOTE_KINDS } from "../show/words/notes.ts";
import type { Given } from "../values/given.ts";
import { alternatives, noValue, oneOf, share, text, wholeNumber } from "../values/kinds.ts";
import { type Setting, UsageError } from "../values/setting.ts";
import { CACHE, IDS } from "./cache.ts";
import { checkDistinct } from "./distinct-files.ts";
import { checkFolder } from "./folder.ts";
import { JSON_OUTPUT, LOG_SETTINGS } from "./output.ts";
import { HTML, LOCALE } from "./page.ts";

const NOTE = {
  flag: "note",
  placeholder: "KIND[,KIND]",
  description: "only products with a note of such a kind, as stopped,possible-stock-out",
  allowed: `kinds with commas between, of ${alternatives(NOTE_KINDS)}`,
  parse: (value: string) => {
    const kinds = value.split(",");
    return kinds.every((kind) => NOTE_KINDS.some((known) => known === kind)) ? kinds : undefined;
  },
} satisfies Setting<string[]>;
const SEARCH = {
  flag: "search",
  description: "only products whose id and name hold these words",
  ...text("WORDS"),
} satisfies Setting<string>;
const SORT = {
  flag: "sort",
  fallback: "total",
  description:
    "what stands first: the largest total or change, the least accuracy, or the most units between the bounds of the total",
  ...oneOf(SORTS),
} satisfies Setting<Sort>;
const MOST = {
  flag: "limit",
  description: "only the first N products",
  ...wholeNumber(1, 1_000_000_000),
} satisfies Setting<number>;
const WEEKS = {
  flag: "weeks",
  description: "a row a product and week, instead of one a product",
  ...noValue(),
} satisfies Setting<true>;
const MONTHS = {
  flag: "months",
  description: "a row a product and month, weeks split by days",
  ...noValue(),
} satisfies Setting<true>;
const LEAD_TIME = {
  flag: "lead-time",
  placeholder: "WEEKS",
  description: "also the units that are enough for the demand of so many weeks from the origin on, such as 5w",
  allowed: "1w to 26w",
  parse: (value: string) => {
    const weeks = Number(/^(\d{1,2})w$/.exec(value)?.[1]);
    return weeks >= 1 && weeks <= 26 ? weeks : undefined;
  },
} satisfies Setting<number>;
const SERVICE_LEVEL = {
  flag: "service-level",
  description: "the probability with which they are enough; without it that of the forecasts' upper bounds",
  ...share(0.5, 0.995),
} satisfies Setting<number>;
const STOCK = {
  flag: "stock",
  description: "also what to order: a CSV or Excel file of products, what is on hand and what is on order",
  ...text("FILE"),
} satisfies Setting<string>;
const CSV = {
  flag: "csv",
  description: "write the list to a CSV file, with --locale one for the Excel of that language; - is standard output",
  ...text("FILE"),
} satisfies Setting<string>;
const EXCEL = {
  flag: "xlsx",
  description: "write the list to an Excel file; - is standard output",
  ...text("FILE"),
} satisfies Setting<string>;
const CATALOGUE = { ...HTML, description: "write the list to a page that opens each product; - is standard output" };
const LANGUAGE = {
  ...LOCALE,
  description: "numbers and dates of the page as in this language; with --csv a file for the Excel of that language",
};
const LINES = { ...JSON_OUTPUT, description: "print one JSON object a line" };

/** All settings of a list, under the headings of its usage text. */
export const LIST_SETTINGS = {
  Products: [NOTE, SEARCH, SORT, MOST, WEEKS, MONTHS],
  "Lead time": [LEAD_TIME, SERVICE_LEVEL, STOCK],
  Cache: [CACHE, ...SETTINGS_OF_CACHES],
  Output: [CSV, EXCEL, CATALOGUE, LANGUAGE, LINES, IDS, ...LOG_SETTINGS],
} satisfies Readonly<Record<string, readonly Setting<unknown>[]>>;

export interface ListSettings extends Selection {
  /** Products at most; nothing where all are listed. */
  readonly limit: number | undefined;
  readonly byWeek: boolean;
  readonly byMonth: boolean;
  /** Nothing where quantities for a lead time are not asked for. */
  readonly leadTime: LeadTime | undefined;
  readonly json: boolean;
  /** How ids stand in JSON. */
  readonly ids: IdForm;
  /** Files to write; nothing where there is none to. */
  readonly csv: string | undefined;
  readonly xlsx: string | undefined;
  readonly html: string | undefined;
  readonly locale: string;
  /** Whether the reader's language was said. */
  readonly hasLocale: boolean;
}

export interface LeadTime {
  readonly weeks: number;
  /** Nothing for that of the forecasts' upper bounds. */
  readonly serviceLevel: number | undefined;
  /** A file of what is on hand and on order, if there is one. */
  readonly stock: string | undefined;
}

function leadTimeIn(given: Given): LeadTime | undefined {
  const weeks = given.value(LEAD_TIME);
  if (weeks !== undefined) return { weeks, serviceLevel: given.value(SERVICE_LEVEL), stock: given.value(STOCK) };
  for (const [{ flag }, value] of [
    [SERVICE_LEVEL, given.value(SERVICE_LEVEL)],
    [STOCK, given.value(STOCK)],
  ] as const) {
    if (value !== undefined) throw new UsageError(`--${flag} is of --lead-time, which is not given`);
  }
  return undefined;
}

/** @throws UsageError also for files that cannot be written. */
export async function listSettings(given: Given): Promise<ListSettings> {
  const files = [CSV, EXCEL, CATALOGUE].map((setting) => [setting, given.value(setting)] as const);
  const named = files.filter(([, file]) => file !== STANDARD_OUTPUT);
  checkDistinct(given, [[CACHE, given.value(CACHE)!.argument || undefined], ...named]);
  for (const [{ flag }, file] of named) if (file !== undefined) await checkFolder(flag, file);
  const json = given.value(LINES) ?? false;
  const printed = files.filter(([, file]) => file === STANDARD_OUTPUT).map(([{ flag }]) => `--${flag} -`);
  const onOutput = [...printed, ...(json ? ["--json"] : [])];
  if (onOutput.length > 1) throw new UsageError(`${onOutput.join(" and ")}: standard output takes only one of them`);
  const [csv, xlsx, html] = files.map(([, file]) => file);
  const byWeek = given.value(WEEKS) ?? false;
  const byMonth = given.value(MONTHS) ?? false;
  if (byWeek && byMonth) throw new UsageError("--weeks and --months: rows are of one of them");
  if ((byWeek || byMonth) && csv === undefined && xlsx === undefined && !json) {
    throw new UsageError(`--${byWeek ? "weeks" : "months"} is of --csv, --xlsx and --json, of which none is given`);
  }
  const leadTime = leadTimeIn(given);
  if (leadTime && (byWeek || html !== undefined)) {
    throw new UsageError(`--lead-time is of lists of products, not of ${byWeek ? "--weeks" : "--html"}`);
  }
  return {
    leadTime,
    ...{ notes: given.value(NOTE), search: given.value(SEARCH), sort: given.value(SORT)!, limit: given.value(MOST) },
    ...{ byWeek, byMonth, json, ids: given.value(IDS)!, csv, xlsx, html, locale: given.value(LANGUAGE)! },
    hasLocale: given.raw(LANGUAGE)?.by !== "default",
  };
}

/** Stands for standard output where a file is asked for. */
export const STANDARD_OUTPUT = "-";
