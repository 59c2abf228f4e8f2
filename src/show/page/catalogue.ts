import { gzipSync } from "node:zlib";
import type { ForecastDocument } from "../../forecast/document.ts";
import { entryOf, type ProductIndex } from "../../forecast/product-index.ts";
import { decimalsOf } from "../any-version.ts";
import { type Format, formatIn } from "../format.ts";
import { listed } from "../product-list.ts";
import { NOTE_NAMES, noteNames, ownNotes, sharedNotes } from "../words/notes.ts";
import catalogueScript from "./browser/catalogue.browser.js" with { type: "text" };
import chartScript from "./browser/chart.browser.js" with { type: "text" };
import listScript from "./browser/list.browser.js" with { type: "text" };
import { CATALOGUE_STYLE } from "./catalogue-style.ts";
import { type Html, html } from "./html.ts";
import { productSections } from "./inspect.ts";
import { pageEnds } from "./page.ts";

/** Products whose pages are packed together: opening one unpacks so many. */
const PRODUCTS_A_PART = 50;
const SCRIPT = [chartScript, listScript, catalogueScript].join("\n");

/** What the browser draws the list and the pictures from. */
interface Row {
  readonly id: string;
  readonly name?: string;
  readonly total: number;
  readonly low: number;
  readonly high: number;
  readonly accuracy: number | null;
  readonly last: number | null;
  readonly yearAgo: number | null;
  readonly change: number | null;
  readonly decimals: number;
  readonly notes: readonly string[];
  /** First day of the forecast, which may be of another run than the list's. */
  readonly origin: string;
  /** Units of each week, oldest first. */
  readonly past: readonly number[];
  readonly mean: readonly number[];
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * All products as one page: a list that is searched, sorted and chosen from, and each product's own page, which opens.
 *
 * @param index of the run that the list is of.
 * @param documents of the products, in the order of the list.
 * @param locale of numbers and dates, as `parseLocale` returns it.
 * @returns the page in pieces.
 */
export async function cataloguePage(
  index: ProductIndex,
  documents: AsyncIterable<ForecastDocument>,
  locale: string,
): Promise<string[]> {
  const format = formatIn(locale);
  const rows: Row[] = [];
  const parts: Html[] = [];
  let pages: string[] = [];
  const pack = () => {
    if (pages.length > 0) parts.push(packed(`part-${parts.length}`, pages));
    pages = [];
  };
  for await (const document of documents) {
    rows.push(rowOf(document));
    pages.push(productSections(document, format.withDecimals(decimalsOf(document)), placeOfDrawing).markup);
    if (pages.length === PRODUCTS_A_PART) pack();
  }
  pack();
  const data = { locale, productsAPart: PRODUCTS_A_PART, noteNames: NOTE_NAMES, products: rows };
  const { begin, end } = pageEnds(`Forecast of ${rows.length} products as of ${index.as_of_date}`, {
    style: CATALOGUE_STYLE,
    script: SCRIPT,
  });
  // The list can be used while the pages of products are still being read.
  return [begin, frame(index, rows, format).markup, packed("data", data).markup, script(), ...parts.map(markup), end];
}

function rowOf(document: ForecastDocument): Row {
  const { product_id: id, product_name: name, ...entry } = listed(entryOf(document));
  const { as_of_date: origin, history, predictions } = document;
  return {
    id,
    ...(name === undefined ? {} : { name }),
    total: entry.total_predicted_quantity,
    low: entry.total_confidence_lower,
    high: entry.total_confidence_upper,
    accuracy: entry.forecast_accuracy_estimate,
    last: entry.last_weeks_quantity,
    yearAgo: entry.year_ago_quantity,
    change: entry.change,
    decimals: decimalsOf(document),
    notes: ownNotes(entry.notes),
    origin,
    past: history,
    mean: predictions.map((week) => week.predicted_quantity),
    lower: predictions.map((week) => week.confidence_lower),
    upper: predictions.map((week) => week.confidence_upper),
  };
}

/** The browser draws it in both sizes, as many pictures would make the page too large. */
function placeOfDrawing(label: string): Html {
  return html`<div class="wide" data-label="${label}"></div><div class="narrow" data-label="${label}"></div>`;
}

function packed(id: string, value: unknown): Html {
  const base64 = gzipSync(JSON.stringify(value)).toString("base64");
  return html`<script type="text/plain" id="${id}">${base64}</script>
`;
}

function script(): string {
  return `<script>${SCRIPT}</script>\n`;
}

function markup({ markup }: Html): string {
  return markup;
}

const SORT_WORDS = [
  ["total down", "most units"],
  ["total up", "fewest units"],
  ["change down", "largest rise"],
  ["change up", "largest fall"],
  ["accuracy up", "least accurate"],
  ["accuracy down", "most accurate"],
  ["atStake down", "most at stake"],
  ["last down", "most sold before"],
  ["yearAgo down", "most sold a year ago"],
  ["name up", "name"],
  ["name down", "name, backwards"],
] as const;

function frame(index: ProductIndex, rows: readonly Row[], format: Format): Html {
  const { as_of_date, forecast_weeks: horizon, interval_level: level, products } = index;
  const { prose } = format;
  const shared = sharedNotes(products);
  return html`<main id="list">
<header>
<h1>What is expected to sell</h1>
<p class="under">Units expected in the ${horizon} weeks from ${prose.date(as_of_date)}. In small figures the range that holds the
total with ${prose.share(level)} probability; the change is against the last ${horizon} weeks.${
    shared.length > 0 && ` Noted of all products: ${noteNames(shared)}.`
  }</p>
</header>
<noscript><p class="verdict poor">This page is drawn by the browser. Save it and open it in one that runs scripts: a preview in
a mail does not.</p></noscript>
${controls(rows, format)}
<p id="count" role="status">Unpacking …</p>
${table(horizon)}
<p id="none" hidden>No product is like that. <button type="reset" form="controls">Show all</button></p>
<p id="cut" hidden>These are the first 500.</p>
</main>
<main id="product" hidden>
<nav aria-label="Products"><a href="#">← All products</a> <a id="previous" href="#" rel="prev">Previous</a> <a id="next" href="#" rel="next">Next</a></nav>
<div id="opened"></div>
</main>
`;
}

function controls(rows: readonly Row[], { count: inDigits }: Format): Html {
  const counts = Map.groupBy(
    rows.flatMap(({ notes }) => notes),
    (kind) => kind,
  );
  const kinds = [...counts].map(([kind, { length }]) => ({ kind, count: length })).sort((a, b) => b.count - a.count);
  return html`<form id="controls" role="search">
<label class="search">Search <input type="search" name="search" autocomplete="off" placeholder="name or number"></label>
<label>Sort by <select name="sort">${SORT_WORDS.map(([value, words]) => html`<option value="${value}">${words}</option>`)}</select></label>
<label>Size <select name="size"><option value="">all</option><option value="A">A: first 80 % of units</option><option
 value="B">B: next 15 %</option><option value="C">C: last 5 %</option></select></label>
<label>Accuracy <select name="accuracy"><option value="">all</option><option value="0 0.5">below 50 %</option><option
 value="0.5 0.7">50 to 70 %</option><option value="0.7 0.85">70 to 85 %</option><option value="0.85 2">85 % or more</option><option
 value="unknown">not known</option></select></label>
${
  kinds.length > 0 &&
  html`<fieldset><legend>Notes</legend>${kinds.map(
    ({ kind, count }) =>
      html`<label class="chip"><input type="checkbox" name="note" value="${kind}">${noteNames([kind])} <small>${inDigits(count)}</small></label> `,
  )}</fieldset>`
}
</form>
`;
}

function table(horizon: number): Html {
  const header = (className: string, words: string, sort?: string) =>
    html`<th role="columnheader" scope="col" class="${className}">${
      sort === undefined ? words : html`<button type="button" data-sort="${sort}">${words}</button>`
    }</th>`;
  return html`<table role="table" aria-label="Products" id="list-table">
<thead role="rowgroup"><tr role="row" aria-rowindex="1">
${header("what", "Product", "name")}${header("picture", "A year sold, and expected")}${header("number total", "Expected", "total")}
${header("number accuracy", "Accuracy", "accuracy")}${header("number last", `Last ${horizon} weeks`, "last")}
${header("number year", "A year ago", "yearAgo")}${header("number change", "Change", "change")}${header("tags", "Notes")}
</tr></thead>
<tbody role="rowgroup" id="rows"></tbody>
</table>
`;
}
