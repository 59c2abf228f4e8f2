import { describe, expect, test } from "vitest";
import { naiveScale } from "../../src/accuracy/error.ts";
import { addScore, type ScoredForecast, SUMS } from "../../src/accuracy/score.ts";
import { type EvaluatedForecast, type Evaluation, summarize } from "../../src/backtest/summary.ts";
import { parseDay } from "../../src/history/calendar.ts";

const HORIZON = 2;
const LEVEL = 0.8;
const ORIGINS = [parseDay("2025-06-02"), parseDay("2025-05-05")];
const HISTORY = Float64Array.from([1, 2, 1, 2]);

interface Measured extends Partial<EvaluatedForecast> {
  readonly actual: readonly number[];
  /** The constant that each method forecasts. */
  readonly means: readonly number[];
}

/** The first method has an interval of one unit around its forecast, for the weeks and for the total. */
function evaluationOf(methods: readonly string[], measured: readonly Measured[]): Evaluation {
  const weekScores = new Float64Array(methods.length * HORIZON * SUMS.length);
  const forecasts = measured.map(({ actual: weeks, means, ...given }, i): EvaluatedForecast => {
    const actual = Float64Array.from(weeks);
    const scores = new Float64Array(methods.length * SUMS.length);
    const made = means.map((value, m): ScoredForecast => {
      const constant = (quantity: number) => new Float64Array(HORIZON).fill(quantity);
      if (m > 0) return { mean: constant(value) };
      const total = { lower: HORIZON * value - 1, upper: HORIZON * value + 1 };
      return { mean: constant(value), interval: { lower: constant(value - 1), upper: constant(value + 1) }, total };
    });
    for (const [m, forecast] of made.entries()) {
      addScore(scores.subarray(m * SUMS.length, (m + 1) * SUMS.length), actual, forecast, naiveScale(HISTORY), LEVEL);
      for (let k = 0; k < HORIZON; k++) {
        const at = (m * HORIZON + k) * SUMS.length;
        const sums = weekScores.subarray(at, at + SUMS.length);
        addScore(sums, actual, forecast, naiveScale(HISTORY), LEVEL, k, k + 1);
      }
    }
    return {
      ...{ productId: `${i}`, origin: ORIGINS[0]!, demandClass: "smooth", historyWeeks: 60, volume: i },
      ...{ accuracyEstimate: null, accuracy: null, scores },
      forecasts: { history: HISTORY, actual, methods: made },
      ...given,
    };
  });
  return {
    methods,
    origins: ORIGINS,
    horizon: HORIZON,
    level: LEVEL,
    forecasts,
    weekScores,
    coveredCumulative: Float64Array.from({ length: HORIZON }, (_, week) => (measured.length * (week + 1)) / 4),
    soldUntil: new Map(),
    failed: 0,
  };
}

const summaryOf = (methods: readonly string[], measured: readonly Measured[]) =>
  summarize(evaluationOf(methods, measured));

describe("models", () => {
  const report = summaryOf(
    ["auto", "naive", "mean13"],
    [
      { productId: "a", actual: [4, 6], means: [5, 9, 4] },
      { productId: "a", origin: ORIGINS[1]!, actual: [0, 10], means: [5, 0, 4] },
      { productId: "b", actual: [1, 1], means: [1, 2, 0] },
    ],
  );

  test("are measured over all forecasts", () => {
    expect(report).toMatchObject({ origins: ["2025-06-02", "2025-05-05"], products: 2, forecasts: 3, failed: 0 });
    expect(report).toMatchObject({ horizon: 2, interval_level: 0.8 });
    const [auto, naive, mean13] = report.models;
    expect(auto).toMatchObject({ model: "auto", wape: 12 / 22, bias: 0, total_wape: 0, total_coverage: 1 });
    expect(naive!.wape).toBeCloseTo((5 + 3 + 10 + 2) / 22, 12);
    expect(mean13).toMatchObject({ wape: 14 / 22, coverage: null, wql: null });
  });

  test("add value over naive and over the mean of 13 weeks", () => {
    const [auto, naive, mean13] = report.models;
    expect(auto!.gain_over_naive).toBeCloseTo(1 - 12 / 20, 12);
    expect(auto!.gain_over_mean13).toBeCloseTo(1 - 12 / 14, 12);
    expect(naive!.gain_over_naive).toBe(0);
    expect(mean13!.gain_over_naive).toBeCloseTo(1 - 14 / 20, 12);
  });

  test("by origin, and by week ahead as a horizon of its own", () => {
    expect(report.by_origin.map(({ group, forecasts }) => [group, forecasts])).toEqual([
      ["2025-06-02", 2],
      ["2025-05-05", 1],
    ]);
    expect(report.by_origin[1]!.models[0]!.wape).toBe(1);
    expect(report.by_week.map(({ group }) => group)).toEqual(["1", "2"]);
    expect(report.by_week[0]!.models[0]!.wape).toBeCloseTo((1 + 5 + 0) / 5, 12);
    expect(report.by_week[1]!.models[0]!.wape).toBeCloseTo((1 + 5 + 0) / 17, 12);
    expect(report.by_week[1]!.models[0]!.mase).toBeCloseTo((1 + 5 + 0) / 3, 12);
    expect(report.by_week[1]!.models[0]!.total_coverage).toBeNull();
  });

  test("gain nothing over what was not measured", () => {
    const [ses] = summaryOf(["ses"], [{ actual: [1, 2], means: [1] }]).models;
    expect(ses).toMatchObject({ gain_over_naive: null, gain_over_mean13: null });
  });
});

describe("groups", () => {
  test("are the kinds of demand and the lengths of history that occur", () => {
    const measured = [["lumpy", 3] as const, ["smooth", 103] as const, ["lumpy", 104] as const].map(
      ([demandClass, historyWeeks], i): Measured => ({ demandClass, historyWeeks, actual: [i, 1], means: [1] }),
    );
    const report = summaryOf(["naive"], measured);
    expect(report.by_class.map(({ group, forecasts }) => [group, forecasts])).toEqual([
      ["smooth", 1],
      ["lumpy", 2],
    ]);
    expect(report.by_class[1]!.models[0]!.wape).toBeCloseTo((1 + 0 + 1 + 0) / (1 + 3), 12);
    expect(report.by_history.map(({ group }) => group)).toEqual([
      "two years and more",
      "one to two years",
      "less than a quarter",
    ]);
  });

  test("by volume are tenths, from the products that sell least to those that sell most", () => {
    const measured = Array.from({ length: 25 }, (_, i): Measured => ({ volume: 25 - i, actual: [i, i], means: [0] }));
    const groups = summaryOf(["naive"], measured).by_volume_decile;
    expect(groups.map(({ group }) => group)).toEqual(Array.from({ length: 10 }, (_, i) => `${i + 1}`));
    const sizes = groups.map(({ forecasts }) => forecasts);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(25);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1);
    expect(groups[9]!.models[0]!.wape).toBe(1);
    expect(summaryOf(["naive"], measured.slice(0, 3)).by_volume_decile).toHaveLength(3);
  });
});

describe("differences", () => {
  const measured = Array.from({ length: 40 }, (_, i): Measured => {
    const actual = [10 + (i % 3), 10];
    return { productId: `${i >> 1}`, actual, means: [10, 12, 20] };
  });

  test("are those of each method from auto and from the mean of 13 weeks", () => {
    const { differences, models } = summaryOf(["auto", "naive", "mean13"], measured);
    const wape = differences.filter(({ measure }) => measure === "wape");
    expect(wape.map(({ model, against }) => `${model} ${against}`)).toEqual([
      ...["naive auto", "mean13 auto"],
      ...["auto mean13", "naive mean13"],
    ]);
    for (const { model, against, difference, lower, upper } of wape) {
      const wapeOf = (name: string) => models.find((report) => report.model === name)!.wape!;
      expect(difference).toBeCloseTo(wapeOf(model) - wapeOf(against), 12);
      expect(lower).toBeLessThanOrEqual(difference);
      expect(upper).toBeGreaterThanOrEqual(difference);
    }
    const rmsse = differences.find(({ measure, model }) => measure === "rmsse" && model === "auto")!;
    expect(rmsse.difference).toBeCloseTo(models[0]!.rmsse! - models[2]!.rmsse!, 12);
    expect(rmsse.upper).toBeLessThan(0);
  });

  test("are those from the first method where neither was measured", () => {
    const { differences } = summaryOf(["ses", "naive", "tsb"], measured);
    expect(new Set(differences.map(({ model, against }) => `${model} ${against}`))).toEqual(
      new Set(["naive ses", "tsb ses"]),
    );
  });

  test("are none of a single product", () => {
    expect(summaryOf(["auto", "naive"], [{ actual: [1, 1], means: [1, 2] }]).differences).toEqual([]);
  });
});

describe("honesty", () => {
  test("sets what was promised beside what came true", () => {
    const measured = Array.from({ length: 20 }, (_, i): Measured => {
      const demandClass = i < 5 ? "lumpy" : "smooth";
      const said = i < 18 ? i / 20 : null;
      return { demandClass, accuracyEstimate: said, accuracy: i / 40, actual: [i < 5 ? 9 : 2, 2], means: [2] };
    });
    const { honesty } = summaryOf(["auto"], measured);
    expect(honesty).toMatchObject({
      forecasts: 18,
      promised_coverage: 0.8,
      coverage: 35 / 40,
      total_coverage: 15 / 20,
    });
    expect(honesty!.mean_estimate).toBeCloseTo(8.5 / 20, 12);
    expect(honesty!.mean_accuracy).toBeCloseTo(8.5 / 40, 12);
    expect(honesty!.rank_correlation).toBeCloseTo(1, 12);
    expect(honesty!.deciles).toHaveLength(10);
    for (const { estimate, accuracy } of honesty!.deciles) expect(accuracy).toBeCloseTo(estimate / 2, 12);
    expect(honesty!.coverage_by_class).toEqual([
      { group: "smooth", coverage: 1, total_coverage: 1 },
      { group: "lumpy", coverage: 0.5, total_coverage: 0 },
    ]);
    expect(honesty!.cumulative_coverage).toEqual([0.25, 0.5]);
  });

  test("is not known where nothing was estimated, or auto was not measured", () => {
    const measured: Measured[] = [{ actual: [1, 1], means: [1] }];
    expect(summaryOf(["auto"], measured).honesty).toMatchObject({
      ...{ forecasts: 0, mean_estimate: null, mean_accuracy: null, rank_correlation: null, deciles: [] },
    });
    expect(summaryOf(["naive"], measured).honesty).toBeNull();
  });
});
