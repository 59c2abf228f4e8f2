import type { BacktestReport, ForecastExamples } from "../../backtest/report.ts";
import { type Format, formatIn } from "../format.ts";
import { leadTimesInWords } from "../words/lead-times.ts";
import { inProse } from "../words/methods.ts";
import { questions } from "../words/questions.ts";
import { type Answer, compared, verdict } from "../words/verdict.ts";
import { calibration, coverage, errorByWeek, valueAdded } from "./backtest-charts.ts";
import { classTable, measureTable, methodTable, originTable, rangeTable, weekTable } from "./backtest-tables.ts";
import { drawings } from "./drawing.ts";
import { exampleSections } from "./examples.ts";
import { type Html, html } from "./html.ts";
import { details, facts, legend, page, section } from "./page.ts";

/** What a page tells of its own making. */
export interface Making {
  /** Where the order lines came from, in words. */
  readonly source: string;
  readonly version: string;
  readonly commandLine: string;
  /** UTC, as `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly generatedAt: string;
}

const CHART = { wide: { width: 760, height: 260 }, narrow: { width: 343, height: 240 } };
const CLASS_CHART = { wide: { width: 760, height: 220 }, narrow: { width: 343, height: 220 } };
const SQUARE = { wide: { width: 420, height: 400 }, narrow: { width: 343, height: 330 } };

/**
 * A backtest as a page: whether the forecasts are worth using, and what that rests on.
 *
 * @param examples best and worst products, if there are any.
 * @param locale of numbers and dates, as `parseLocale` returns it.
 */
export function backtestPage(
  report: BacktestReport,
  examples: ForecastExamples | undefined,
  making: Making,
  locale: string,
): string {
  const format = formatIn(locale);
  return page(
    "Backtest: how good the forecasts would have been",
    html`<main>
${headline(report, format)}
${section("methods", "Every method that was tried", methods(report, format))}
${section("ahead", "Does it get worse with the weeks ahead?", weeksAhead(report, format))}
${report.by_origin.length > 1 && section("dates", "Was it so each time?", originTable(report, compared(report).reference?.model, format))}
${section("classes", "Which products does it help?", classes(report, format))}
${section("ranges", "Do the ranges hold what they promise?", ranges(report, format))}
${section("stated", "Is the stated accuracy honest?", honesty(report, format))}
${examples && exampleSections(examples, format)}
${section("how", "How this was measured", settings(report, making, format))}
</main>`,
  );
}

function headline(report: BacktestReport, { prose: format }: Format): Html {
  const { origins, products, horizon } = report;
  const dates = origins.length === 1 ? "one past date" : `${format.count(origins.length)} past dates`;
  return html`<header>
<h1>Are the forecasts worth using?</h1>
${answer("verdict", verdict(report, format))}
<p class="under">${format.count(products)} products were forecast as of ${dates}, ${horizon} weeks ahead, from what was
known then; what was sold afterwards is known by now.</p>
<dl class="answers">
${questions(report, format).map(
  (each) => html`<div class="${each.grade}"><dt>${each.question}</dt><dd>${answer("answer", each)}</dd></div>\n`,
)}</dl>
</header>`;
}

function answer(className: string, { grade, short, sentence }: Answer): Html {
  return html`<p class="${className} ${grade}"><strong>${short}.</strong> ${sentence}</p>`;
}

function methods(report: BacktestReport, format: Format): Html {
  const { prose } = format;
  const reference = compared(report).reference?.model;
  return html`<p>The least ${report.horizon}-week error first. The error is what was missed, as a share of what was sold, over all products:
${prose.share(0)} is perfect, and ${prose.share(1)} is what forecasting nothing at all would miss.${
    reference !== undefined &&
    ` The gain is how much smaller the ${report.horizon}-week error is than that of ${reference}.`
  }</p>
${methodTable(report, reference, format)}
${details("All measures, for those who know them by name", measureTable(report, format))}`;
}

function weeksAhead({ by_week, models, horizon }: BacktestReport, format: Format): Html {
  const colors = [
    { model: "auto", color: "var(--forecast)", swatch: "forecast" },
    { model: "mean13", color: "var(--other)", swatch: "other" },
    { model: "naive", color: "var(--came)", swatch: "naive" },
  ].filter(({ model }) => models.some((measured) => measured.model === model));
  const label =
    `Error of a week by how many weeks it lies ahead, 1 to ${horizon}, a line for each method. ` +
    "The numbers are in the table below.";
  const others = models.length > colors.length;
  return html`<figure>
${drawings(label, CHART, () => errorByWeek(by_week, colors, format))}
${legend([
  ...colors.map(({ model, swatch }) => [swatch, model === "auto" ? "the forecasts (auto)" : inProse(model)] as const),
  ...(others ? [["faint", "other methods"] as const] : []),
])}
<figcaption>Across, weeks ahead; upwards, the weekly error.</figcaption>
</figure>
${details("The same as a table", weekTable(by_week, format))}`;
}

function classes(report: BacktestReport, format: Format): Html {
  const { auto, reference } = compared(report);
  const gains = report.by_class.flatMap(({ group, models }) => {
    const wape = (name: string | undefined) => models.find(({ model }) => model === name)?.wape;
    const [own, other] = [wape(auto?.model), wape(reference?.model)];
    return own !== null && own !== undefined && other ? [{ group, gain: 1 - own / other }] : [];
  });
  const other = reference && inProse(reference.model);
  const label =
    `Share of the error of ${other} that the forecasts save, by kind of demand: ` +
    `${gains.map(({ group, gain }) => `${group} ${format.prose.change(gain)}`).join(", ")}.`;
  return html`${
    gains.length > 0 &&
    html`<figure>
${drawings(label, CLASS_CHART, () => valueAdded(gains, format))}
<figcaption>How much smaller the weekly error is than with ${other}. To the left of zero it is larger.</figcaption>
</figure>`
  }
${classTable(report, reference?.model, format)}`;
}

function ranges(report: BacktestReport, format: Format): Html {
  const { by_class, honesty: found } = report;
  if (!found) return html`<p>Not measured: auto was not among the methods.</p>`;
  const { prose } = format;
  const promised = prose.share(found.promised_coverage);
  const held = by_class.map(({ group, models }) => {
    const auto = models.find(({ model }) => model === "auto");
    return `${group} ${prose.share(auto?.coverage)} of weeks and ${prose.share(auto?.total_coverage)} of totals`;
  });
  const label = `How often what was sold lay within the range, against the promised ${promised}: ${held.join("; ")}.`;
  return html`<p>Each forecast comes with a range that shall hold ${promised} of what comes. Points left of the line held
less than promised, points right of it more, which costs stock. A week's range holds more by nature where most weeks sell
nothing.</p>
<figure>
${drawings(label, CLASS_CHART, () => coverage(by_class, found.promised_coverage, format))}
${legend([
  ["weeks", "weeks within their range"],
  ["total", "totals within theirs"],
  ["promised", `promised ${promised}`],
])}
</figure>
${rangeTable(report, format)}
<p class="note">${leadTimesInWords(found, prose)}</p>`;
}

function honesty({ honesty: found }: BacktestReport, format: Format): Html {
  if (!found || found.deciles.length === 0) return html`<p>No forecast stated an accuracy that could be checked.</p>`;
  const { prose } = format;
  const pairs = found.deciles.map(
    ({ estimate, accuracy }) => `stated ${prose.share(estimate)}, came true ${prose.share(accuracy)}`,
  );
  const label = `Stated accuracy against what came true, in tenths of the forecasts from the lowest: ${pairs.join("; ")}.`;
  return html`<p>Each point is a tenth of the ${prose.count(found.forecasts)} forecasts that state an accuracy. On the
dashed line they are honest; below it they promise too much.</p>
<figure class="square">
${drawings(label, SQUARE, () => calibration(found, format))}
</figure>`;
}

function settings(report: BacktestReport, making: Making, { prose: format }: Format): Html {
  const { origins, products, forecasts, failed, horizon, interval_level: level } = report;
  return facts([
    ["Past dates", origins.map(format.date).join(", ")],
    ["Products", `${format.count(products)} (${format.count(forecasts)} forecasts of ${horizon} weeks)`],
    ...(failed > 0 ? [["Failed", `${format.count(failed)} forecasts, which are left out`] as const] : []),
    ["Range", `made to hold ${format.share(level)}`],
    ["Order lines", making.source],
    ["Made", `${format.time(making.generatedAt)} UTC by forecast ${making.version}`],
    ["Command", html`<code>${making.commandLine}</code>`],
  ]);
}
