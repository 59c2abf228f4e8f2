import { styleText } from "node:util";
import type { CustomerForecast, ForecastDocument } from "../forecast/document.ts";
import { type ChartWeek, chart } from "./chart.ts";
import { cut, printable, table } from "./table.ts";

export interface ShowOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Only ASCII characters in pictures, for terminals that show nothing else. */
  readonly ascii: boolean;
}

const DAYS_PER_WEEK = 7;
const QUANTITY = new Intl.NumberFormat("en-US", { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A product's document as a planner reads it: what to expect, a picture, the weeks, the customers. */
export function showDocument(document: ForecastDocument, options: ShowOptions): string {
  const sections = [
    header(document, options),
    picture(document, options),
    weeks(document, options),
    customers("Customers with the largest expected quantity", document.customers ?? [], options),
    customers(
      "Customers at risk: overdue by more than twice their usual interval",
      document.at_risk_customers ?? [],
      options,
    ),
  ];
  const text = sections.filter((section) => section !== "").join("\n");
  return options.ascii ? toAscii(text) : text;
}

function header(document: ForecastDocument, { width, color }: ShowOptions): string {
  const { product_id, product_name, as_of_date, forecast_weeks, summary, model_metadata: metadata } = document;
  const title = cut(printable(`Product ${product_id}${product_name ? ` · ${product_name}` : ""}`), width);
  const last = document.predictions.at(-1)?.week_end ?? as_of_date;
  const interval =
    summary.total_confidence_lower === undefined
      ? ""
      : `; between ${QUANTITY.format(summary.total_confidence_lower)} and ` +
        `${QUANTITY.format(summary.total_confidence_upper)} with ${percent(metadata.interval_level)} probability`;
  const accuracy = metadata.forecast_accuracy_estimate;
  return [
    color ? styleText("bold", title, { validateStream: false }) : title,
    ...wrapped(
      `${QUANTITY.format(summary.total_predicted_quantity)} units expected in the ${forecast_weeks} weeks from ` +
        `${as_of_date} to ${last}${interval}.`,
      width,
    ),
    ...wrapped(
      accuracy === null
        ? "Accuracy: not known, the history is too short to try the forecast on past dates."
        : `Accuracy: ${percent(accuracy)} of the total quantity, tried on past dates.`,
      width,
    ),
    ...wrapped(
      `Model: ${printable(metadata.model ?? "not named")} (${metadata.model_type}), ` +
        `from ${metadata.historical_weeks} weeks of history, made ${metadata.generated_at}.`,
      width,
    ),
    "",
  ].join("\n");
}

function picture({ history = [], predictions, as_of_date }: ForecastDocument, options: ShowOptions): string {
  const origin = Temporal.PlainDate.from(as_of_date);
  const past = history.map((quantity, i): ChartWeek => {
    const date = origin.subtract({ days: (history.length - i) * DAYS_PER_WEEK }).toString();
    return { date, quantity };
  });
  const forecast = predictions.map(
    (week): ChartWeek => ({
      date: week.week_start,
      quantity: week.predicted_quantity,
      lower: week.confidence_lower,
      upper: week.confidence_upper,
    }),
  );
  const paint = (text: string) => (options.color ? styleText("cyan", text, { validateStream: false }) : text);
  const returned = history.filter((quantity) => quantity < 0).length;
  const note = returned > 0 ? [`Drawn as zero: ${returned} of these weeks had more returned than sold.`] : [];
  const legend = cut("Units a week: bars were sold, the line is expected, the shade its interval", options.width);
  return [legend, ...chart(past, forecast, { ...options, paint }), ...note, ""].join("\n");
}

function weeks({ predictions, summary }: ForecastDocument, { width }: ShowOptions): string {
  const rows = predictions.map((week) => [
    `${week.week_start} – ${week.week_end}`,
    QUANTITY.format(week.predicted_quantity),
    QUANTITY.format(week.confidence_lower),
    QUANTITY.format(week.confidence_upper),
    `${week.active_customers}`,
  ]);
  const total = [
    "Total",
    QUANTITY.format(summary.total_predicted_quantity),
    summary.total_confidence_lower === undefined ? "" : QUANTITY.format(summary.total_confidence_lower),
    summary.total_confidence_upper === undefined ? "" : QUANTITY.format(summary.total_confidence_upper),
    `${summary.active_customers} alive`,
  ];
  return table([...rows, total], {
    header: ["Week", "Expected", "Lower", "Upper", "Customers"],
    align: ["left", "right", "right", "right", "right"],
    width,
  });
}

function customers(title: string, list: readonly CustomerForecast[], { width }: ShowOptions): string {
  if (list.length === 0) return "";
  const named = list.some(({ name }) => name !== undefined);
  const rows = list.map(({ id, name, status, last_order, expected_next_order, expected_quantity }) => [
    id,
    ...(named ? [name ?? ""] : []),
    status,
    last_order,
    expected_next_order ?? "–",
    QUANTITY.format(expected_quantity),
  ]);
  return `${cut(title, width)}\n${table(rows, {
    header: ["Customer", ...(named ? ["Name"] : []), "Status", "Last order", "Next", "Quantity"],
    align: ["left", ...(named ? (["left"] as const) : []), "left", "left", "left", "right"],
    width,
  })}`;
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function toAscii(text: string): string {
  return text
    .replaceAll("–", "-")
    .replaceAll("·", "-")
    .replaceAll("…", "~")
    .replaceAll(/\P{ASCII}/gu, "?");
}
