import { styleText } from "node:util";
import type { CustomerForecast, ForecastDocument } from "../../forecast/document.ts";
import { printable } from "../../values/printable.ts";
import {
  type AnyVersion,
  decimalsOf,
  demandOf,
  shortWeekInWords,
  shownDecimals,
  soldBeforeIn,
  spanInWords,
} from "../any-version.ts";
import type { Format } from "../format.ts";
import { accuracyInWords } from "../words/accuracy.ts";
import { areAllNew } from "../words/customers.ts";
import { explanationInWords } from "../words/explanation.ts";
import { noteInWords } from "../words/notes.ts";
import { pastForecastsInWords } from "../words/past-forecasts.ts";
import { serviceLevelInWords } from "../words/service-level.ts";
import { chart } from "./chart.ts";
import { customerTable } from "./customer-table.ts";
import { format as usual } from "./format.ts";
import { cut, toAscii, wrap } from "./text.ts";
import { weekTable } from "./week-table.ts";

export interface ShowOptions {
  /** Columns of the terminal; less than 40 count as 40. */
  readonly width: number;
  /** Whether to use ANSI colours. */
  readonly color: boolean;
  /** Only ASCII characters, for terminals that show nothing else. */
  readonly ascii: boolean;
}

const LEAST_WIDTH = 40;
/** Columns after which prose is hard to read. */
const PROSE_WIDTH = 100;

/**
 * A product's document as a planner reads it on a terminal: what to expect, a chart, the weeks, the customers.
 *
 * @param document of this version or an older one: what is missing is left out.
 * @returns lines of at most `width` columns, the last one ended too. Nothing in the document can control the terminal.
 */
export function showDocument(document: ForecastDocument, options: ShowOptions): string {
  const { ascii } = options;
  const safe: AnyVersion = withTexts(document, (text) => (ascii ? toAscii(printable(text)) : printable(text)));
  const decimals = decimalsOf(safe);
  const screen: Screen = {
    ...options,
    width: Math.max(LEAST_WIDTH, options.width),
    ellipsis: ascii ? "..." : "…",
    decimals,
    format: usual.withDecimals(decimals),
  };
  const sections = [
    header(safe, screen),
    picture(safe, screen),
    weeks(safe, screen),
    customers("Largest customers by expected quantity", safe, safe.customers, screen),
    customers("Customers at risk of not coming back", safe, safe.at_risk_customers, screen),
  ];
  const text = sections.filter((section) => section !== "").join("\n");
  return ascii ? toAscii(text) : text;
}

interface Screen extends ShowOptions {
  readonly ellipsis: string;
  /** Decimals of the product's quantities. */
  readonly decimals: number;
  readonly format: Format;
}

function header(document: AnyVersion, { width, color, ellipsis, format }: Screen): string {
  const { product_id, product_name } = document;
  const proseWidth = Math.min(width, PROSE_WIDTH);
  const title = cut(`Product ${product_id}${product_name ? ` · ${product_name}` : ""}`, width, ellipsis);
  const facts = factsOf(document, format);
  const labelWidth = Math.max(...facts.map(([label]) => label.length)) + 2;
  return [
    strong(title, color),
    ...wrap(expectation(document, format), proseWidth),
    "",
    ...facts.flatMap(([label, text]) => wrap(label.padEnd(labelWidth) + text, proseWidth, labelWidth)),
    "",
  ].join("\n");
}

function expectation(document: AnyVersion, format: Format): string {
  const { as_of_date, predictions, summary, model_metadata } = document;
  const { total_predicted_quantity: total, total_confidence_lower: lower, total_confidence_upper: upper } = summary;
  const level = model_metadata.interval_level;
  const interval =
    lower === undefined || upper === undefined
      ? ""
      : `, between ${format.units(lower)} and ${format.units(upper)}` +
        `${level === undefined ? "" : ` with ${format.exactShare(level)} probability`}`;
  const end = predictions.at(-1)?.week_end ?? as_of_date;
  return `${format.units(total)} units expected over the ${spanInWords(document)} to ${end}${interval}.`;
}

function factsOf(document: AnyVersion, format: Format): [label: string, text: string][] {
  const { as_of_date, summary, model_metadata, notes = [] } = document;
  const { model, model_type, historical_weeks, generated_at } = model_metadata;
  const { lastWeeks, aYearAgo } = soldBeforeIn(document);
  const made = generated_at?.replace("T", " ").replace("Z", " UTC");
  const words = notes
    .map((note) => noteInWords(note, { units: format.units, date: (day) => day }, summary.unconstrained_quantity))
    .filter((sentence) => sentence !== undefined);

  const facts: [label: string, text: string][] = [
    [
      "As of",
      `${as_of_date}${historical_weeks === undefined ? "" : `, from ${weeksOf(historical_weeks, format)} of history`}`,
    ],
  ];
  if (typeof document.unit === "string") facts.push(["Unit", document.unit]);
  if (lastWeeks !== undefined) {
    const yearBefore = aYearAgo === undefined ? "" : `, ${format.units(aYearAgo)} in the forecast weeks a year ago`;
    facts.push(["Sold", `${format.units(lastWeeks)} in the last ${spanInWords(document)}${yearBefore}`]);
  }
  const service = serviceLevelInWords(document, format);
  if (service !== undefined) facts.push(["Stock", service]);
  const why = explanationInWords(document, format);
  if (why !== undefined) facts.push(["Why", why]);
  facts.push(["Accuracy", accuracyInWords(document, format)]);
  const past = pastForecastsInWords(document, format, (day) => day);
  if (past !== undefined) facts.push(["Own past", past]);
  if (summary.active_customers !== undefined) {
    const again = `${format.count(summary.active_customers)} expected to order again within a year`;
    facts.push(["Customers", areAllNew(document) ? "do not come back here: those who order are new ones" : again]);
  }
  facts.push([
    "Model",
    `${model ?? "not named"}${model_type ? ` (${model_type})` : ""}${made ? `, made ${made}` : ""}`,
  ]);
  words.forEach((sentence, i) => {
    facts.push([i === 0 ? "Note" : "", sentence]);
  });
  return facts;
}

function picture(document: AnyVersion, { width, color, ascii, decimals }: Screen): string {
  const { past, forecast } = demandOf(document);
  const paint = (text: string) => (color && text !== "" ? styleText("cyan", text, { validateStream: false }) : text);
  const title = strong("Units a week", color);
  const lines = chart(past, forecast, { width, ascii, decimals, level: document.model_metadata.interval_level, paint });
  return [title, ...lines, ""].join("\n");
}

function weeks(document: AnyVersion, { width, color, format: { withDecimals } }: Screen): string {
  const { predictions, summary } = document;
  const expected = [summary.total_predicted_quantity, ...predictions.map((week) => week.predicted_quantity)];
  const format = withDecimals(shownDecimals(document, expected));
  const total = {
    quantity: summary.total_predicted_quantity,
    lower: summary.total_confidence_lower,
    upper: summary.total_confidence_upper,
  };
  const ofTotal = "The total has its own interval; the bounds of the weeks do not add up to it.";
  const note = [total.lower !== undefined && ofTotal, shortWeekInWords(document)].filter(Boolean).join(" ");
  const lines = note === "" ? [] : wrap(note, Math.min(width, PROSE_WIDTH)).map((line) => `${line}\n`);
  return `${strong("Forecast by week", color)}\n${weekTable(predictions, total, width, format)}${lines.join("")}`;
}

function customers(
  title: string,
  document: AnyVersion,
  list: readonly CustomerForecast[] = [],
  { width, color, ellipsis, format: { withDecimals } }: Screen,
): string {
  const quantities = list.map(({ quantity_at_stake, expected_quantity }) => quantity_at_stake ?? expected_quantity);
  const format = withDecimals(shownDecimals(document, quantities));
  return list.length === 0 ? "" : `${strong(title, color)}\n${customerTable(list, width, ellipsis, format)}`;
}

function weeksOf(count: number, format: Format): string {
  return count === 1 ? "1 week" : `${format.count(count)} weeks`;
}

function strong(text: string, color: boolean): string {
  return color ? styleText("bold", text, { validateStream: false }) : text;
}

/** The same value with every text in it changed. */
function withTexts<T>(value: T, change: (text: string) => string): T {
  const changed = (inner: unknown): unknown => {
    if (typeof inner === "string") return change(inner);
    if (Array.isArray(inner)) return inner.map(changed);
    if (typeof inner !== "object" || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, entry]) => [key, changed(entry)]));
  };
  return changed(value) as T;
}
