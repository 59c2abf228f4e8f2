import type { BacktestReport, GroupReport, ModelReport } from "../../backtest/report.ts";
import type { Format } from "../format.ts";
import { explained } from "../words/methods.ts";
import { type Html, html } from "./html.ts";
import { type Column, table } from "./page.ts";

const CLASS_WORDS: Readonly<Record<string, string>> = {
  smooth: "sells most weeks, in similar amounts",
  intermittent: "sells now and then, in similar amounts",
  erratic: "sells most weeks, in very different amounts",
  lumpy: "sells now and then, in very different amounts",
};

const named = (name: string, words: string | undefined) =>
  html`${name}${words !== undefined && html` <small class="words">${words}</small>`}`;

/** @param reference name of the method that the others are compared with, if one was measured. */
export function methodTable({ models, horizon }: BacktestReport, reference: string | undefined, format: Format): Html {
  const base = models.find(({ model }) => model === reference)?.total_wape;
  const columns: Column<ModelReport>[] = [
    { header: "Method", cell: ({ model }) => named(model, explained(model)) },
    { header: `${horizon}-week error`, cell: ({ total_wape }) => format.share(total_wape), numeric: true },
    { header: "Too high or low", cell: ({ bias }) => format.change(bias), numeric: true },
    ...(base
      ? [
          {
            header: "Gain",
            cell: ({ model, total_wape }: ModelReport) =>
              model === reference || total_wape === null ? "–" : format.change(1 - total_wape / base),
            numeric: true,
          },
        ]
      : []),
    { header: "Weekly error", cell: ({ wape }) => format.share(wape), numeric: true },
  ];
  return table("Methods and their errors, least first", columns, leastErrorFirst(models), {
    stacks: true,
    stands: ({ model }) => model === "auto",
  });
}

/** By what the verdict is of: the error of the total. */
function leastErrorFirst(models: readonly ModelReport[]): ModelReport[] {
  const error = ({ total_wape }: ModelReport) => total_wape ?? Number.POSITIVE_INFINITY;
  return models.toSorted((a, b) => error(a) - error(b));
}

const MEASURES = [
  ["WAPE", "wape"],
  ["Bias", "bias"],
  ["MASE", "mase"],
  ["RMSSE", "rmsse"],
  ["WAPE of totals", "total_wape"],
  ["WQL", "wql"],
  ["Coverage", "coverage"],
  ["of totals", "total_coverage"],
  ["Width", "mean_width"],
  ["Interval score", "interval_score"],
] as const;

export function measureTable({ models }: BacktestReport, format: Format): Html {
  const columns: Column<ModelReport>[] = [
    { header: "Method", cell: ({ model }) => model },
    ...MEASURES.map(([header, measure]) => ({
      header,
      cell: (model: ModelReport) => format.decimals(model[measure]),
      numeric: true,
    })),
  ];
  return table("All measures", columns, leastErrorFirst(models));
}

/** A row a method, a column a week ahead. */
export function weekTable(weeks: readonly GroupReport[], format: Format): Html {
  const names = weeks[0]?.models.map(({ model }) => model) ?? [];
  const columns: Column<string>[] = [
    { header: "Method", cell: (name) => name },
    ...weeks.map(({ group, models }) => ({
      header: group,
      cell: (name: string) => format.share(models.find(({ model }) => model === name)?.wape),
      numeric: true,
    })),
  ];
  return table("Error of a week by weeks ahead", columns, names);
}

/** How the forecasts do by kind of demand. */
export function classTable({ by_class }: BacktestReport, reference: string | undefined, format: Format): Html {
  const columns: Column<GroupReport>[] = [
    { header: "Kind of demand", cell: ({ group }) => named(group, CLASS_WORDS[group]) },
    { header: "Forecasts", cell: ({ forecasts }) => format.count(forecasts), numeric: true },
    ...besideReference("Weekly error", "wape", reference, format),
  ];
  return table("Forecasts by kind of demand", columns, by_class);
}

/** How often what came lay within the range, by kind of demand. */
export function rangeTable({ by_class }: BacktestReport, format: Format): Html {
  const columns: Column<GroupReport>[] = [
    { header: "Kind of demand", cell: ({ group }) => group },
    { header: "Weeks within", cell: (group) => format.share(of(group, "auto")?.coverage), numeric: true },
    { header: "Totals within", cell: (group) => format.share(of(group, "auto")?.total_coverage), numeric: true },
  ];
  return table("Ranges by kind of demand", columns, by_class);
}

/** How the forecasts do at each past date. */
export function originTable(
  { by_origin, horizon }: BacktestReport,
  reference: string | undefined,
  format: Format,
): Html {
  const columns: Column<GroupReport>[] = [
    { header: "Forecast as of", cell: ({ group }) => format.date(group) },
    ...besideReference(`${horizon}-week error`, "total_wape", reference, format),
    ...besideReference("Weekly error", "wape", reference, format),
  ];
  return table("Errors by past date", columns, by_origin);
}

/** A measure of `auto`, and beside it in brackets that of the reference. */
function besideReference(
  header: string,
  measure: "wape" | "total_wape",
  reference: string | undefined,
  format: Format,
): Column<GroupReport>[] {
  const column = (title: string, model: string): Column<GroupReport> => ({
    header: title,
    cell: (group) => format.share(of(group, model)?.[measure]),
    numeric: true,
  });
  return [column(header, "auto"), ...(reference === undefined ? [] : [column(`(${reference})`, reference)])];
}

function of({ models }: GroupReport, name: string | undefined): ModelReport | undefined {
  return models.find(({ model }) => model === name);
}
