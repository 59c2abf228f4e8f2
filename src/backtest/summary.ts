import { pairedDifferences, rankCorrelation } from "../accuracy/compare.ts";
import { measures } from "../accuracy/measures.ts";
import { COLUMN, SUMS } from "../accuracy/score.ts";
import { DEMAND_CLASSES } from "../demand/demand-class.ts";
import { type Day, formatDay } from "../history/calendar.ts";
import { mean } from "../numeric/sum.ts";
import type { EvaluatedProduct } from "./messages.ts";
import type { BacktestReport, GroupReport, Honesty, ModelDifference, ModelReport } from "./report.ts";

/** One product at one origin. */
export interface EvaluatedForecast extends EvaluatedProduct {
  readonly origin: Day;
  /** Sums in the order of `SUMS`, by method. */
  readonly scores: Float64Array;
}

export interface Evaluation {
  readonly methods: readonly string[];
  readonly origins: readonly Day[];
  readonly horizon: number;
  readonly level: number;
  readonly forecasts: readonly EvaluatedForecast[];
  /** Sums over all forecasts, by method, then week. */
  readonly weekScores: Float64Array;
  /** Forecasts of `auto` whose interval of the demand up to the end of each week held what came. */
  readonly coveredCumulative: Float64Array;
  /** Weeks of the horizon up to the last one in which something was sold or returned, by origin. */
  readonly soldUntil: ReadonlyMap<Day, number>;
  readonly failed: number;
}

const HISTORY_GROUPS: readonly [atLeast: number, name: string][] = [
  [104, "two years and more"],
  [52, "one to two years"],
  [26, "half a year to a year"],
  [13, "a quarter to half a year"],
  [0, "less than a quarter"],
];
const DECILES = 10;
const BOOTSTRAP_SEED = 1;
const DIFFERENCES = [
  { measure: "wape", numerator: COLUMN.absoluteError, denominator: COLUMN.absoluteActual },
  { measure: "total_wape", numerator: COLUMN.totalAbsoluteError, denominator: COLUMN.absoluteActual },
  { measure: "rmsse", numerator: COLUMN.scaledSquared, denominator: COLUMN.scaledSquaredForecasts },
] as const;

export function summarize(evaluation: Evaluation): BacktestReport {
  const { methods, origins, horizon, level, forecasts, failed } = evaluation;
  const models = modelReports(methods, totals(forecasts, methods.length));
  const byOrigin = Map.groupBy(forecasts, ({ origin }) => origin);
  const byHistory = Map.groupBy(forecasts, historyGroup);
  const byClass = Map.groupBy(forecasts, ({ demandClass }) => demandClass);
  const group = (name: string, some: readonly EvaluatedForecast[] | undefined): GroupReport[] =>
    some && some.length > 0
      ? [{ group: name, forecasts: some.length, models: modelReports(methods, totals(some, methods.length)) }]
      : [];
  const classes = DEMAND_CLASSES.flatMap((name) => group(name, byClass.get(name)));
  return {
    origins: origins.map(formatDay),
    products: new Set(forecasts.map(({ productId }) => productId)).size,
    forecasts: forecasts.length,
    failed,
    horizon,
    interval_level: level,
    models,
    by_origin: origins.flatMap((origin) => group(formatDay(origin), byOrigin.get(origin))),
    by_class: classes,
    by_volume_decile: deciles(forecasts, ({ volume }) => volume).flatMap((some, i) => group(`${i + 1}`, some)),
    by_week: Array.from({ length: horizon }, (_, week) => ({
      group: `${week + 1}`,
      forecasts: forecasts.length,
      models: modelReports(methods, weekTotals(evaluation, week)),
    })),
    by_history: HISTORY_GROUPS.flatMap(([, name]) => group(name, byHistory.get(name))),
    differences: differences(methods, forecasts),
    honesty: methods.includes("auto") ? honesty(evaluation, models, classes) : null,
  };
}

/** @param sums by method, in the order of `SUMS`. */
function modelReports(methods: readonly string[], sums: Float64Array): ModelReport[] {
  const all = methods.map((_, m) => measures(sums.subarray(m * SUMS.length, (m + 1) * SUMS.length)));
  const gainOver = (wape: number | null, other: string) => {
    const reference = all[methods.indexOf(other)]?.wape;
    return wape === null || !reference ? null : 1 - wape / reference;
  };
  return methods.map((model, m) => ({
    model,
    ...all[m]!,
    gain_over_naive: gainOver(all[m]!.wape, "naive"),
    gain_over_mean13: gainOver(all[m]!.wape, "mean13"),
  }));
}

function totals(forecasts: readonly EvaluatedForecast[], methods: number): Float64Array {
  const sums = new Float64Array(methods * SUMS.length);
  for (const { scores } of forecasts) for (let i = 0; i < sums.length; i++) sums[i]! += scores[i]!;
  return sums;
}

function weekTotals({ methods, horizon, weekScores }: Evaluation, week: number): Float64Array {
  const sums = new Float64Array(methods.length * SUMS.length);
  for (const m of methods.keys()) {
    const at = (m * horizon + week) * SUMS.length;
    sums.set(weekScores.subarray(at, at + SUMS.length), m * SUMS.length);
  }
  return sums;
}

function historyGroup({ historyWeeks }: EvaluatedForecast): string {
  return HISTORY_GROUPS.find(([atLeast]) => historyWeeks >= atLeast)![1];
}

/** Ten groups of the same size from the smallest to the largest value; fewer of fewer than ten. */
function deciles<Item>(items: readonly Item[], value: (item: Item) => number): Item[][] {
  const sorted = items.toSorted((a, b) => value(a) - value(b));
  return Array.from({ length: DECILES }, (_, i) =>
    sorted.slice(Math.round((i * sorted.length) / DECILES), Math.round(((i + 1) * sorted.length) / DECILES)),
  );
}

/** Each method against `auto` and against the mean of 13 weeks, or against the first where neither was measured. */
function differences(methods: readonly string[], forecasts: readonly EvaluatedForecast[]): ModelDifference[] {
  const products = [...Map.groupBy(forecasts, ({ productId }) => productId).values()];
  if (products.length < 2) return [];
  const measured = ["auto", "mean13"].filter((name) => methods.includes(name));
  const references = measured.length > 0 ? measured : [methods[0]!];
  // A product's origins are added up: they are not independent of each other.
  const sums = (column: number) =>
    methods.map((_, m) =>
      Float64Array.from(products, (some) =>
        some.reduce((total, { scores }) => total + scores[m * SUMS.length + column]!, 0),
      ),
    );
  return DIFFERENCES.flatMap(({ measure, numerator, denominator }) => {
    const errors = sums(numerator);
    const [divisor] = sums(denominator);
    return references.flatMap((against) =>
      pairedDifferences(errors, errors[methods.indexOf(against)]!, divisor!, BOOTSTRAP_SEED)
        .map((difference, m) => ({ measure, model: methods[m]!, against, ...difference }))
        .filter(({ model }) => model !== against),
    );
  });
}

function honesty(
  { methods, forecasts, level, coveredCumulative }: Evaluation,
  models: readonly ModelReport[],
  classes: readonly GroupReport[],
): Honesty {
  const coverages = (some: readonly ModelReport[]) => {
    const { coverage, total_coverage } = some.find(({ model }) => model === "auto")!;
    return { coverage, total_coverage };
  };
  const pairs = forecasts.flatMap(({ accuracyEstimate: estimate, accuracy }) =>
    estimate === null || accuracy === null ? [] : [{ estimate, accuracy }],
  );
  // A product of which nothing was said has no interval.
  const said = totals(forecasts, methods.length)[methods.indexOf("auto") * SUMS.length + COLUMN.intervalTotals]!;
  const estimates = pairs.map(({ estimate }) => estimate);
  const accuracies = pairs.map(({ accuracy }) => accuracy);
  return {
    forecasts: pairs.length,
    mean_estimate: pairs.length > 0 ? mean(estimates) : null,
    mean_accuracy: pairs.length > 0 ? mean(accuracies) : null,
    rank_correlation: rankCorrelation(estimates, accuracies),
    deciles: deciles(pairs, ({ estimate }) => estimate)
      .filter(({ length }) => length > 0)
      .map((some) => ({
        estimate: mean(some.map(({ estimate }) => estimate)),
        accuracy: mean(some.map(({ accuracy }) => accuracy)),
        forecasts: some.length,
      })),
    promised_coverage: level,
    ...coverages(models),
    coverage_by_class: classes.map(({ group, models: some }) => ({ group, ...coverages(some) })),
    cumulative_coverage: said > 0 ? Array.from(coveredCumulative, (held) => held / said) : [],
  };
}
