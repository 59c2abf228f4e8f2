import { styleText } from "node:util";
import type { BacktestReport, GroupReport, ModelDifference, ModelReport } from "../../backtest/report.ts";
import { leadTimesInWords } from "../words/lead-times.ts";
import { questions } from "../words/questions.ts";
import { type Answer, compared, verdict } from "../words/verdict.ts";
import { format } from "./format.ts";
import { table } from "./table.ts";
import { toAscii, wrap } from "./text.ts";

export interface BacktestOptions {
  /** Columns of the terminal; tables leave out what does not fit, the least telling first. */
  readonly width: number;
  /** Whether to use ANSI styles. */
  readonly color: boolean;
  /** Only ASCII characters. */
  readonly ascii: boolean;
}

interface Column<Row> {
  readonly header: string;
  readonly value: (row: Row) => string;
}

const LEAST_WIDTH = 40;
/** Columns after which prose is hard to read. */
const PROSE_WIDTH = 100;
const INDENT = 2;
const GAP = 2;

/** A backtest for the terminal: the verdict, the methods, their intervals, and where they are good and bad. */
export function showBacktest(report: BacktestReport, { width, color, ascii }: BacktestOptions): string {
  const columns = Math.max(LEAST_WIDTH, width);
  const text = [
    answers(report, columns, color),
    paragraph(scope(report), columns),
    modelTable(report, columns),
    differenceTable(report, columns),
    intervalTable(report, columns),
    ...breakdowns(report, columns),
  ]
    .filter((section) => section !== "")
    .join("\n");
  return ascii ? toAscii(text) : text;
}

/** The verdict, and below it what a planner asks next. */
function answers(report: BacktestReport, width: number, color: boolean): string {
  const strong = (text: string) => (color ? styleText("bold", text, { validateStream: false }) : text);
  const lines = ({ short, sentence }: Answer, before = "") => {
    const text = `${before}${short}. ${sentence}`;
    return wrap(text, Math.min(width, PROSE_WIDTH), before === "" ? 0 : INDENT);
  };
  const said = verdict(report, format);
  return [
    ...lines(said).map((line, i) => (i === 0 ? line.replace(said.short, strong) : line)),
    ...questions(report, format).flatMap((each) => lines(each, `${each.question} `)),
    "",
  ].join("\n");
}

function scope({ origins, products, forecasts, failed, horizon }: BacktestReport): string {
  const where = `${origins.length === 1 ? "the origin" : `${origins.length} origins,`} ${origins.join(", ")}`;
  const failures = failed > 0 ? `; ${format.count(failed)} failed` : "";
  return `${format.count(products)} products at ${where}: ${format.count(forecasts)} forecasts of ${horizon} weeks${failures}.`;
}

const MODEL_COLUMNS: readonly Column<ModelReport>[] = [
  { header: "Total", value: ({ total_wape }) => decimals(total_wape) },
  { header: "WAPE", value: ({ wape }) => decimals(wape) },
  { header: "Bias", value: ({ bias }) => signed(bias) },
  { header: "RMSSE", value: ({ rmsse }) => decimals(rmsse) },
  { header: "WQL", value: ({ wql }) => decimals(wql) },
  { header: "vs mean13", value: ({ gain_over_mean13 }) => gain(gain_over_mean13) },
  { header: "vs naive", value: ({ gain_over_naive }) => gain(gain_over_naive) },
  { header: "MASE", value: ({ mase }) => decimals(mase) },
];

function modelTable({ models, horizon, forecasts }: BacktestReport, width: number): string {
  const silent = models.filter(({ no_forecast }) => no_forecast > 0);
  const legend = [
    `Total: error of the total of ${horizon} weeks, as a share of what was sold. WAPE: the same of single weeks. ` +
      "Bias: forecast less sold, as a share of it. RMSSE, MASE: error over that of repeating each week of the past. " +
      "WQL: error of the lower bound, the median and the upper bound. vs: share of that method's WAPE that is saved. " +
      "0 is perfect; a WAPE of 1 is as good as forecasting nothing.",
    ...silent.map(
      ({ model, no_forecast }) =>
        `${model} had nothing to say in ${format.count(no_forecast)} of ${format.count(forecasts)} forecasts, which ` +
        "are measured as zero.",
    ),
  ];
  return (
    fitted({ header: "Method", value: ({ model }) => model }, MODEL_COLUMNS, models, width) + paragraphs(legend, width)
  );
}

/** How far each method is from `auto`, or from what it was compared with instead. */
function differenceTable({ models, differences }: BacktestReport, width: number): string {
  const against = differences[0]?.against;
  if (against === undefined) return "";
  const column = (header: string, measure: ModelDifference["measure"]): Column<ModelReport> => ({
    header,
    value: ({ model }) => {
      const found = differences.find(
        (each) => each.measure === measure && each.model === model && each.against === against,
      );
      return found ? `${signed(found.difference)} (${signed(found.lower)} to ${signed(found.upper)})` : "";
    },
  });
  const columns = [column("Total", "total_wape"), column("RMSSE", "rmsse"), column("WAPE", "wape")];
  const legend =
    `Error of each method less that of ${against}, with the 95 % interval over products: where that holds zero, the ` +
    "difference may be chance.";
  const others = models.filter(({ model }) => model !== against);
  const differing = fitted({ header: `Less ${against}`, value: ({ model }) => model }, columns, others, width);
  return differing && differing + paragraphs([legend], width);
}

const INTERVAL_COLUMNS: readonly Column<ModelReport>[] = [
  { header: "Total within", value: ({ total_coverage }) => decimals(total_coverage) },
  { header: "Within", value: ({ coverage }) => decimals(coverage) },
  { header: "Width", value: ({ mean_width }) => format.average(mean_width) },
  { header: "Score", value: ({ interval_score }) => format.average(interval_score) },
  { header: "Lower", value: ({ pinball_lower }) => decimals(pinball_lower) },
  { header: "Median", value: ({ pinball_median }) => decimals(pinball_median) },
  { header: "Upper", value: ({ pinball_upper }) => decimals(pinball_upper) },
];

function intervalTable({ models, interval_level: level, honesty }: BacktestReport, width: number): string {
  const withIntervals = models.filter(({ coverage }) => coverage !== null);
  if (withIntervals.length === 0) return "";
  const legend =
    `Within: share of the weeks, and of the totals, within their interval; ${level.toFixed(2)} is promised. Width, ` +
    "score: units a week; the score adds a penalty for what lies outside. Lower, median, upper: pinball loss of each.";
  return (
    fitted({ header: "Intervals", value: ({ model }) => model }, INTERVAL_COLUMNS, withIntervals, width) +
    paragraphs([legend, honesty ? leadTimesInWords(honesty, format) : ""], width)
  );
}

function breakdowns(report: BacktestReport, width: number): string[] {
  const { models } = report;
  const { auto, reference } = compared(report);
  const main = (auto ?? models[0]!).model;
  const other = reference?.model === main ? undefined : reference?.model;
  const of = (name: string | undefined, value: (model: ModelReport) => string) => (group: GroupReport) => {
    const found = group.models.find(({ model }) => model === name);
    return found ? value(found) : "";
  };
  const both = (header: string, value: (model: ModelReport) => string): Column<GroupReport>[] => [
    { header, value: of(main, value) },
    ...(other ? [{ header: `(${other})`, value: of(other, value) }] : []),
  ];
  const total = both("Total", ({ total_wape }) => decimals(total_wape));
  const rest = [
    ...both("WAPE", ({ wape }) => decimals(wape)),
    { header: "Bias", value: of(main, ({ bias }) => signed(bias)) },
    { header: "Within", value: of(main, ({ coverage }) => decimals(coverage)) },
  ];
  const forecasts = { header: "Forecasts", value: (group: GroupReport) => format.count(group.forecasts) };
  const groups = (header: string, some: readonly GroupReport[], columns: readonly Column<GroupReport>[]) =>
    some.length > 1 ? fitted({ header, value: ({ group }) => group }, columns, some, width) : "";
  return [
    paragraph(`Where ${main} is good and where it is not${other ? `, with ${other} in brackets` : ""}:`, width),
    groups("Origin", report.by_origin, [forecasts, ...total, ...rest]),
    groups("Demand", report.by_class, [forecasts, ...total, ...rest]),
    groups("History", report.by_history, [forecasts, ...total, ...rest]),
    groups("Tenth by sales", report.by_volume_decile, [forecasts, ...total, ...rest]),
    groups("Week ahead", report.by_week, rest),
  ];
}

/** A table with as many of the columns as fit; nothing where none does beside the first. */
function fitted<Row>(first: Column<Row>, others: readonly Column<Row>[], rows: readonly Row[], width: number): string {
  const columns = [first, ...others.filter((column) => rows.some((row) => !["", "–"].includes(column.value(row))))];
  const cells = rows.map((row) => columns.map(({ value }) => value(row)));
  const shown: Column<Row>[] = [];
  let used = -GAP;
  for (const [i, column] of columns.entries()) {
    used += GAP + Math.max(column.header.length, ...cells.map((row) => row[i]!.length));
    if (used <= width) shown.push(column);
    else break;
  }
  if (shown.length < 2) return "";
  return table(cells, {
    header: shown.map(({ header }) => header),
    align: shown.map((_, i) => (i === 0 ? "left" : "right")),
    gap: GAP,
  });
}

function paragraphs(texts: readonly string[], width: number): string {
  return texts.map((text) => paragraph(text, width)).join("");
}

function paragraph(text: string, width: number): string {
  return text === "" ? "" : `${wrap(text, Math.min(width, PROSE_WIDTH)).join("\n")}\n`;
}

function decimals(value: number | null): string {
  return value === null ? "–" : value.toFixed(3);
}

function signed(value: number | null): string {
  return value === null ? "–" : `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
}

function gain(value: number | null): string {
  return value === null ? "–" : `${value < 0 ? "" : "+"}${(100 * value).toFixed(1)} %`;
}
