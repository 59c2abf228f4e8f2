import type { ForecastDocument } from "../../forecast/document.ts";
import { type AnyVersion, decimalsOf, demandOf, shownDecimals, spanInWords } from "../any-version.ts";
import { type Format, formatIn } from "../format.ts";
import { expectedError } from "../words/accuracy.ts";
import { comparison } from "../words/comparison.ts";
import { explained, methodsIn } from "../words/methods.ts";
import { noteInWords } from "../words/notes.ts";
import { pastForecastsInWords } from "../words/past-forecasts.ts";
import { serviceLevelInWords } from "../words/service-level.ts";
import { demandChart } from "./demand-chart.ts";
import { drawings } from "./drawing.ts";
import { explanationSection } from "./explanation.ts";
import { type Html, html } from "./html.ts";
import { customerSection, weekSection } from "./inspect-tables.ts";
import { details, facts, legend, page, section } from "./page.ts";

const SIZES = { wide: { width: 760, height: 300 }, narrow: { width: 343, height: 250 } };

/**
 * A product's document as a page: what to expect, a drawing, the weeks, the customers, how sure it is.
 *
 * @param document of this version or an older one: what is missing is left out.
 * @param locale of numbers and dates, as `parseLocale` returns it.
 */
export function inspectPage(document: ForecastDocument, locale: string): string {
  const format = formatIn(locale).withDecimals(decimalsOf(document));
  const demand = { origin: document.as_of_date, ...demandOf(document) };
  const chartFormat = format.withDecimals(shownDecimals(document, document.history ?? []));
  const draw = (label: string) => drawings(label, SIZES, (size) => demandChart(demand, chartFormat, size));
  return page(
    `${nameOf(document)}: forecast`,
    html`<main>
${productSections(document, format, draw)}
</main>`,
  );
}

/**
 * What the page says of a product.
 *
 * @param draw makes the drawing of its weeks; given what a screen reader says in its place.
 */
export function productSections(document: AnyVersion, format: Format, draw: (label: string) => Html): Html {
  const { prose } = format;
  return html`${headline(document, prose)}
${notes(document, prose)}
${section("picture", "Sold and expected, units a week", picture(document, prose, draw))}
${explanationSection(document, format)}
${weekSection(document, format)}
${customerSection(document, format)}
${section("sure", "How sure is this?", certainty(document, prose))}`;
}

function nameOf({ product_id, product_name }: AnyVersion): string {
  return product_name ?? `Product ${product_id}`;
}

function headline(document: AnyVersion, format: Format): Html {
  const { product_id, as_of_date, predictions, summary, unit } = document;
  const { total_predicted_quantity: total, total_confidence_lower: lower, total_confidence_upper: upper } = summary;
  const level = document.model_metadata.interval_level;
  const end = predictions.at(-1)?.week_end ?? as_of_date;
  const range =
    lower !== undefined &&
    upper !== undefined &&
    html`The total will lie between <b>${format.units(lower)}</b> and <b>${format.units(upper)}</b>${
      level !== undefined && ` with ${format.share(level)} probability`
    }.`;
  return html`<header>
<h1><bdi>${nameOf(document)}</bdi></h1>
<p class="under">Product <bdi>${product_id}</bdi>${
    typeof unit === "string" && html` · in <bdi>${unit}</bdi>`
  } · from orders before ${format.date(as_of_date)}</p>
<p class="headline"><strong>${format.units(total)} units</strong> expected in the ${spanInWords(document)} from
${format.date(as_of_date)} to ${format.date(end)}.</p>
<p>${range} ${comparison(document, format)} ${expectedError(document, format)}</p>
</header>`;
}

function notes({ notes = [], summary }: AnyVersion, format: Format): Html | false {
  const words = notes
    .map((note) => noteInWords(note, format, summary.unconstrained_quantity))
    .filter((text) => text !== undefined);
  return (
    words.length > 0 &&
    section("notes", "To know of the data", html`<ul class="notes">${words.map((text) => html`<li>${text}</li>`)}</ul>`)
  );
}

function picture(document: AnyVersion, format: Format, draw: (label: string) => Html): Html {
  const { past, forecast } = demandOf(document);
  const level = document.model_metadata.interval_level;
  const interval = level === undefined ? "interval" : `${format.share(level)} interval`;
  const label =
    `Units of ${nameOf(document)} sold in each of the last ${past.length} weeks, and expected in each of the next ` +
    `${forecast.length} with the ${interval}. The table below has the numbers of the forecast.`;
  return html`<figure>
${draw(label)}
${legend([
  ["sold", "sold"],
  ["forecast", "expected"],
  ["band", interval],
  ["origin", `forecast from ${format.date(document.as_of_date)}`],
])}
</figure>`;
}

function certainty(document: AnyVersion, format: Format): Html {
  const { forecast_weeks: horizon, model_metadata } = document;
  const { model, model_type, historical_weeks, generated_at, interval_level: level } = model_metadata;
  const accuracy = model_metadata.forecast_accuracy_estimate;
  const entries: [string, Html | string][] = [
    ["Accuracy", `${accuracy === null ? "" : `${format.share(accuracy)}. `}${expectedError(document, format)}`],
  ];
  const past = pastForecastsInWords(document, format, format.date);
  if (past !== undefined) entries.push(["Own past", past]);
  if (level !== undefined) {
    entries.push([
      "Interval",
      `Made to hold ${format.share(level)} of what comes: of these ${horizon} weeks about ` +
        `${format.count((1 - level) * horizon)} will lie outside, and that is as intended.`,
    ]);
  }
  const service = serviceLevelInWords(document, format);
  if (service !== undefined) entries.push(["Stock", service]);
  entries.push(["Method", method(model, model_type)]);
  if (historical_weeks !== undefined) entries.push(["History", `${format.count(historical_weeks)} weeks of orders.`]);
  if (generated_at !== undefined) entries.push(["Made", `${format.time(generated_at)} UTC`]);
  return facts(entries);
}

function method(model: string | undefined, type: string | undefined): Html {
  if (model === undefined) return html`Not named${type && ` (${type})`}.`;
  const methods = html`<code>${model}</code>${type && ` (${type})`}${methodsIn(model).map(
    (name) => html`<br><small>${name}: ${explained(name)}</small>`,
  )}`;
  return details("The methods and their weights", methods);
}
