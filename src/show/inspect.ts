import { styleText } from "node:util";
import type { CustomerForecast, ForecastDocument } from "../forecast/document.ts";
import { type AnyVersion, demandOf } from "./any-version.ts";
import { chart } from "./chart.ts";
import { customerTable } from "./customers.ts";
import { noteInWords } from "./note-words.ts";
import { formatCount, formatQuantity, formatShare } from "./numbers.ts";
import { cut, printable, toAscii, wrap } from "./text.ts";
import { weekTable } from "./weeks.ts";

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
const WEEKS_PER_YEAR = 52;

/**
 * A product's document as a planner reads it on a terminal: what to expect, a chart, the weeks, the customers.
 *
 * @param document of this version or an older one: what is missing is left out.
 * @returns lines of at most `width` columns, the last one ended too. Nothing in the document can control the terminal.
 */
export function showDocument(document: ForecastDocument, options: ShowOptions): string {
  const { ascii } = options;
  const page: Page = { ...options, width: Math.max(LEAST_WIDTH, options.width), ellipsis: ascii ? "..." : "…" };
  const safe: AnyVersion = withTexts(document, (text) => (ascii ? toAscii(printable(text)) : printable(text)));
  const sections = [
    header(safe, page),
    picture(safe, page),
    weeks(safe, page),
    customers("Largest customers by expected quantity", safe.customers, page),
    customers("Customers at risk of not coming back", safe.at_risk_customers, page),
  ];
  const text = sections.filter((section) => section !== "").join("\n");
  return ascii ? toAscii(text) : text;
}

interface Page extends ShowOptions {
  readonly ellipsis: string;
}

function header({ product_id, product_name, ...document }: AnyVersion, { width, color, ellipsis }: Page): string {
  const proseWidth = Math.min(width, PROSE_WIDTH);
  const title = cut(`Product ${product_id}${product_name ? ` · ${product_name}` : ""}`, width, ellipsis);
  const facts = factsOf(document);
  const labelWidth = Math.max(...facts.map(([label]) => label.length)) + 2;
  return [
    strong(title, color),
    ...wrap(expectation(document), proseWidth),
    "",
    ...facts.flatMap(([label, text]) => wrap(label.padEnd(labelWidth) + text, proseWidth, labelWidth)),
    "",
  ].join("\n");
}

type Content = Omit<AnyVersion, "product_id" | "product_name">;

function expectation({ as_of_date, forecast_weeks, predictions, summary, model_metadata }: Content): string {
  const { total_predicted_quantity: total, total_confidence_lower: lower, total_confidence_upper: upper } = summary;
  const level = model_metadata.interval_level;
  const interval =
    lower === undefined || upper === undefined
      ? ""
      : `, between ${formatQuantity(lower)} and ${formatQuantity(upper)}` +
        `${level === undefined ? "" : ` with ${formatShare(level)} probability`}`;
  const end = predictions.at(-1)?.week_end ?? as_of_date;
  return `${formatQuantity(total)} units expected over the ${forecast_weeks} weeks to ${end}${interval}.`;
}

function factsOf(document: Content): [label: string, text: string][] {
  const { as_of_date, forecast_weeks: horizon, summary, model_metadata, history = [], notes = [] } = document;
  const { model, model_type, historical_weeks, generated_at, forecast_accuracy_estimate: accuracy } = model_metadata;
  const sold = (from: number) =>
    formatQuantity(history.slice(from, from + horizon).reduce((sum, quantity) => sum + (quantity ?? 0), 0));
  const aYearBefore = history.length === WEEKS_PER_YEAR ? `, ${sold(0)} in the forecast weeks a year ago` : "";
  const made = generated_at?.replace("T", " ").replace("Z", " UTC");
  return [
    ["As of", `${as_of_date}${historical_weeks === undefined ? "" : `, from ${weeksOf(historical_weeks)} of history`}`],
    ...(history.length < horizon
      ? []
      : [["Sold", `${sold(history.length - horizon)} in the last ${horizon} weeks${aYearBefore}`] as [string, string]]),
    ["Accuracy", accuracyInWords(accuracy, model_type, horizon)],
    ...(summary.active_customers === undefined
      ? []
      : [["Customers", `${formatCount(summary.active_customers)} active`] as [string, string]]),
    ["Model", `${model ?? "not named"}${model_type ? ` (${model_type})` : ""}${made ? `, made ${made}` : ""}`],
    ...notes
      .map((note) => noteInWords(note, { units: formatQuantity, date: (day) => day }))
      .filter((words) => words !== undefined)
      .map((words, i): [string, string] => [i === 0 ? "Note" : "", words]),
  ];
}

function accuracyInWords(accuracy: number | null | undefined, modelType: string | undefined, horizon: number): string {
  if (accuracy === null || accuracy === undefined) {
    return modelType === "baseline"
      ? "not known: the history is too short to try the forecast at a past date"
      : "not known: nothing was sold after the past dates at which the forecast was tried";
  }
  const error = accuracy === 0 ? "100 % or more" : formatShare(1 - accuracy);
  return `${formatShare(accuracy)}: tried at past dates, the total of ${horizon} weeks was off by ${error}`;
}

function picture(document: AnyVersion, { width, color, ascii }: Page): string {
  const { past, forecast } = demandOf(document);
  const paint = (text: string) => (color && text !== "" ? styleText("cyan", text, { validateStream: false }) : text);
  const title = strong("Units a week", color);
  const lines = chart(past, forecast, { width, ascii, level: document.model_metadata.interval_level, paint });
  return [title, ...lines, ""].join("\n");
}

function weeks({ predictions, summary }: AnyVersion, { width, color }: Page): string {
  const total = {
    quantity: summary.total_predicted_quantity,
    lower: summary.total_confidence_lower,
    upper: summary.total_confidence_upper,
  };
  const note = "The total has its own interval; the bounds of the weeks do not add up to it.";
  const lines = total.lower === undefined ? [] : wrap(note, Math.min(width, PROSE_WIDTH)).map((line) => `${line}\n`);
  return `${strong("Forecast by week", color)}\n${weekTable(predictions, total, width)}${lines.join("")}`;
}

function customers(title: string, list: readonly CustomerForecast[] = [], { width, color, ellipsis }: Page): string {
  return list.length === 0 ? "" : `${strong(title, color)}\n${customerTable(list, width, ellipsis)}`;
}

function weeksOf(count: number): string {
  return count === 1 ? "1 week" : `${formatCount(count)} weeks`;
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
