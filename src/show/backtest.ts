import type { BacktestReport, GroupReport, ModelReport } from "../backtest/report.ts";
import { table } from "./table.ts";

/** A backtest as a table of models and a few sentences, for the terminal. */
export function showBacktest(report: BacktestReport): string {
  const { origins, products, forecasts, horizon, models } = report;
  const scope = `${count(products)} products at ${origins.length === 1 ? "the origin" : `${origins.length} origins`} `;
  return [
    `${scope}${origins.join(", ")}: ${count(forecasts)} forecasts of ${horizon} weeks.\n`,
    modelTable(models),
    byClass(report.by_class),
    ...honestyLines(report),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

const COLUMNS: readonly [header: string, value: (model: ModelReport) => string][] = [
  ["WAPE", ({ wape }) => number(wape)],
  ["Bias", ({ bias }) => signed(bias)],
  ["MASE", ({ mase }) => number(mase)],
  ["RMSSE", ({ rmsse }) => number(rmsse)],
  ["Total", ({ total_wape }) => number(total_wape)],
  ["WQL", ({ wql }) => number(wql)],
  ["Cover", ({ coverage }) => number(coverage)],
  ["Width", ({ mean_width }) => number(mean_width)],
  ["CoverTotal", ({ total_coverage }) => number(total_coverage)],
  ["OverNaive", ({ gain_over_naive }) => percent(gain_over_naive)],
  ["OverMean13", ({ gain_over_mean13 }) => percent(gain_over_mean13)],
];

function modelTable(models: readonly ModelReport[]): string {
  return table(
    models.map((model) => [model.model, ...COLUMNS.map(([, value]) => value(model))]),
    {
      header: ["Model", ...COLUMNS.map(([header]) => header)],
      align: ["left", ...COLUMNS.map(() => "right" as const)],
    },
  );
}

function byClass(groups: readonly GroupReport[]): string {
  const names = groups[0]?.models.map(({ model }) => model) ?? [];
  return table(
    groups.map(({ group, forecasts, models }) => [group, count(forecasts), ...models.map(({ wape }) => number(wape))]),
    {
      header: ["WAPE by demand", "Forecasts", ...names],
      align: ["left", "right", ...names.map(() => "right" as const)],
    },
  );
}

function honestyLines({ honesty, differences }: BacktestReport): string[] {
  const lines = differences
    .filter(({ measure, model, against }) => measure === "wape" && model === "auto" && against === "mean13")
    .map(
      ({ difference, lower, upper }) =>
        `WAPE of auto less that of mean13: ${signed(difference)} (95 % between ${signed(lower)} and ${signed(upper)}).`,
    );
  if (honesty) {
    lines.push(
      `Accuracy stated ${number(honesty.mean_estimate)}, come true ${number(honesty.mean_accuracy)}, ` +
        `rank correlation ${number(honesty.rank_correlation)} over ${count(honesty.forecasts)} forecasts.`,
      `Intervals promise ${number(honesty.promised_coverage)}, hold ${number(honesty.coverage)} of the weeks and ` +
        `${number(honesty.total_coverage)} of the totals.`,
    );
  }
  return [`${lines.join("\n")}\n`];
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}

function number(value: number | null): string {
  return value === null ? "–" : value.toFixed(3);
}

function signed(value: number | null): string {
  return value === null ? "–" : `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
}

function percent(value: number | null): string {
  return value === null ? "–" : `${(100 * value).toFixed(1)}%`;
}
