import type { BacktestReport, ModelReport } from "../../src/backtest/report.ts";

export function modelOf(model: string, changes: Partial<ModelReport> = {}): ModelReport {
  return {
    model,
    wape: 0.5,
    bias: 0,
    mase: 1,
    rmsse: 1,
    wql: null,
    total_wape: 0.25,
    coverage: null,
    mean_width: null,
    total_coverage: null,
    interval_score: null,
    pinball_lower: null,
    pinball_median: null,
    pinball_upper: null,
    no_forecast: 0,
    gain_over_naive: null,
    gain_over_mean13: null,
    ...changes,
  };
}

/** What a backtest found of some models; nothing broken down. */
export function reportOf(models: readonly ModelReport[], changes: Partial<BacktestReport> = {}): BacktestReport {
  return {
    origins: ["2025-08-19"],
    products: 100,
    forecasts: 100,
    failed: 0,
    horizon: 12,
    interval_level: 0.8,
    models,
    by_origin: [],
    by_class: [],
    by_volume_decile: [],
    by_week: [],
    by_history: [],
    differences: [],
    honesty: null,
    ...changes,
  };
}

type Bounds = readonly [lower: number, upper: number];

/** The intervals of the differences of `auto` from another model, of weeks and of totals. */
export function differencesFrom(against: string, weeks: Bounds, totals: Bounds): BacktestReport["differences"] {
  const difference = ([lower, upper]: Bounds) => ({ difference: (lower + upper) / 2, lower, upper });
  return [
    { measure: "wape", model: "auto", against, ...difference(weeks) },
    { measure: "total_wape", model: "auto", against, ...difference(totals) },
  ];
}

/** Measures of a model that are all different, and different from those of a model of another `nth`, up to 40. */
export function distinctModel(model: string, nth: number): ModelReport {
  const own = (tenths: number) => (100 * tenths + nth) / 1000;
  return {
    model,
    wape: own(2),
    bias: -own(1),
    mase: own(11),
    rmsse: own(9),
    wql: own(3),
    total_wape: own(4),
    coverage: own(7),
    mean_width: 10 * own(15),
    total_coverage: own(8),
    interval_score: 10 * own(25),
    pinball_lower: own(12),
    pinball_median: own(13),
    pinball_upper: own(14),
    no_forecast: 0,
    gain_over_naive: own(5),
    gain_over_mean13: own(6),
  };
}

function distinctGroups(names: readonly string[], nth: number): BacktestReport["by_class"] {
  return names.map((group, i) => {
    const models = ["auto", "mean13"].map((model, at) => distinctModel(model, nth + 2 * i + at));
    return { group, forecasts: 1000 + nth + i, models };
  });
}

/** A report in which no two numbers are alike, so that a number in the place of another is seen. */
export const DISTINCT = reportOf([distinctModel("auto", 1), distinctModel("mean13", 2), distinctModel("naive", 3)], {
  origins: ["2025-08-19", "2025-07-22"],
  products: 51,
  forecasts: 97,
  failed: 5,
  horizon: 12,
  interval_level: 0.85,
  by_origin: distinctGroups(["2025-08-19", "2025-07-22"], 4),
  by_class: distinctGroups(["smooth", "lumpy"], 8),
  by_history: distinctGroups(["below 52 weeks", "52 weeks or more"], 12),
  by_volume_decile: distinctGroups(["1", "2"], 16),
  by_week: distinctGroups(["1", "2", "3"], 20),
  differences: [
    { measure: "wape", model: "mean13", against: "auto", difference: 0.031, lower: 0.011, upper: 0.051 },
    { measure: "total_wape", model: "mean13", against: "auto", difference: 0.032, lower: -0.012, upper: 0.052 },
    { measure: "rmsse", model: "mean13", against: "auto", difference: -0.033, lower: -0.053, upper: -0.013 },
  ],
  honesty: {
    forecasts: 93,
    mean_estimate: 0.61,
    mean_accuracy: 0.59,
    rank_correlation: 0.42,
    deciles: [
      { estimate: 0.31, accuracy: 0.36, forecasts: 46 },
      { estimate: 0.83, accuracy: 0.78, forecasts: 47 },
    ],
    promised_coverage: 0.86,
    coverage: 0.88,
    total_coverage: 0.84,
    coverage_by_class: [],
    cumulative_coverage: [0.9, 0.82, 0.8, 0.79],
  },
});
