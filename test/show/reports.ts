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
