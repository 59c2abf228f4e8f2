import type { ForecastExample, ForecastExamples } from "../../backtest/report.ts";
import { decimalsOf } from "../../history/decimals.ts";
import type { Format } from "../format.ts";
import { weeksAfter } from "../weeks.ts";
import { noteInWords } from "../words/notes.ts";
import { type Demand, demandChart } from "./demand-chart.ts";
import { drawing } from "./drawing.ts";
import { type Html, html } from "./html.ts";
import { legend, section } from "./page.ts";

const SIZE = { width: 343, height: 170 };

/** The best and the worst products as small pictures side by side. */
export function exampleSections(examples: ForecastExamples, format: Format): Html {
  const { prose } = format;
  const { origin, candidates, share, best, worst } = examples;
  const note = html`<p>Forecasts made as of ${prose.date(origin)}. Taken from the ${prose.count(candidates)} largest
products, which together make up ${prose.share(share)} of all units sold then: on a product of few units any error is
large. They are ranked by their weekly error.</p>
${legend([
  ["sold", "sold before"],
  ["came", "sold afterwards"],
  ["forecast", "expected"],
  ["band", "range"],
])}`;
  const pictures = (some: readonly ForecastExample[]) =>
    html`<div class="pictures">
${some.map((example) => picture(example, origin, format))}</div>`;
  return html`${section("best", `The best ${prose.count(best.length)}`, note, pictures(best))}
${worst.length > 0 && section("worst", `The worst ${prose.count(worst.length)}`, pictures(worst))}`;
}

function picture(example: ForecastExample, origin: string, { withDecimals }: Format): Html {
  const weeks = [example.history, example.actual];
  const format = withDecimals(weeks.flat().every(Number.isInteger) ? 0 : decimalsOf(weeks));
  const prose = withDecimals(decimalsOf(weeks)).prose;
  const { product_id, product_name, sold, wape, mean, notes } = example;
  const expected = mean.reduce((total, quantity) => total + quantity, 0);
  const name = product_name ?? `Product ${product_id}`;
  const words =
    `expected ${prose.units(expected)}, sold ${prose.units(sold)} in ${mean.length} weeks; ` +
    `weekly error ${prose.share(wape)}`;
  return html`<figure>
<figcaption><b><bdi>${name}</bdi></b>${product_name !== undefined && html` <small><bdi>${product_id}</bdi></small>`}<br>
<small>${words}</small></figcaption>
${drawing(`${name}: ${words}.`, SIZE, demandChart(demandOf(example, origin), format, SIZE))}
${notes.map((note) => html`<p class="note">${noteInWords(note, prose)}</p>`)}
</figure>
`;
}

function demandOf({ history, actual, mean, lower, upper }: ForecastExample, origin: string): Demand {
  const day = (week: number) => weeksAfter(origin, week);
  return {
    origin,
    past: history.map((quantity, i) => ({ date: day(i - history.length), quantity })),
    came: actual.map((quantity, i) => ({ date: day(i), quantity })),
    forecast: mean.map((quantity, i) => ({ date: day(i), quantity, lower: lower[i]!, upper: upper[i]! })),
  };
}
