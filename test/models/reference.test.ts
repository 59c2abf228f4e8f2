import { describe, expect, test } from "vitest";
import { croston, sba } from "../../src/models/croston.ts";
import {
  aicc,
  exponentialSmoothing,
  fitSmoothing,
  smooth,
  type Trend,
} from "../../src/models/exponential-smoothing.ts";
import { meanOfWeeks } from "../../src/models/mean.ts";
import type { Model } from "../../src/models/model.ts";
import { naive } from "../../src/models/naive.ts";
import { fitTheta, runTheta } from "../../src/models/optimised-theta.ts";
import { seasonalNaive } from "../../src/models/seasonal-naive.ts";
import { simpleExponentialSmoothing, smoothedLevel } from "../../src/models/simple-exponential-smoothing.ts";
import { adida, imapa } from "../../src/models/temporal-aggregation.ts";
import { slopeOf, theta, thetaLine } from "../../src/models/theta.ts";
import { tsbWith } from "../../src/models/tsb.ts";
import rForecast from "../reference/r-forecast.json" with { type: "json" };
import series from "../reference/series.json" with { type: "json" };
import statsforecast from "../reference/statsforecast.json" with { type: "json" };
import statsforecastTheta from "../reference/statsforecast-theta.json" with { type: "json" };

/** Of the standard normal distribution, for the bounds of an 80 % interval. */
const QUANTILE_90 = 1.281_551_565_544_600_4;
/** An optimiser's result may be so much worse than the reference's. */
const WORSE = 1.001;

const SERIES = Object.entries(series).map(([name, quantities]) => [name, Float64Array.from(quantities)] as const);

function expectClose(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (const [k, value] of expected.entries()) expect(Math.abs(actual[k]! - value)).toBeLessThan(tolerance);
}

// The series of 5 has no mean of 8 weeks, and intermittent methods were not asked about the one with returns.
describe(`statsforecast ${statsforecast.versions.statsforecast}`, () => {
  type Values = Record<string, Record<string, number[]>>;
  const CLOSED_FORMS: [string, Model][] = [
    ["naive", naive],
    ["window_average_8", meanOfWeeks(8)],
    ["seasonal_naive_52", seasonalNaive],
    ["croston_classic", croston],
    ["croston_sba", sba],
    ["tsb_0.2_0.2", tsbWith(0.2, 0.2)],
  ];
  const OPTIMISED: [string, Model][] = [
    ["ses_optimized", simpleExponentialSmoothing],
    ["adida", adida],
    ["imapa", imapa],
  ];
  const cases = (models: [string, Model][]) =>
    models.flatMap(([key, model]) =>
      SERIES.flatMap(([name, quantities]) => {
        const expected = (statsforecast.series as Values)[name]?.[key];
        return expected ? [[model.name, name, model, quantities, expected] as const] : [];
      }),
    );

  test.each(cases(CLOSED_FORMS))("%s on %s, to 1e-6", (_model, _series, model, quantities, expected) => {
    expectClose(model.fit(quantities).predict(12), expected, 1e-6);
  });

  test.each(cases(OPTIMISED))("%s on %s, to 0.001 %%", (_model, _series, model, quantities, expected) => {
    expectClose(model.fit(quantities).predict(12), expected, 1e-5 * Math.max(1, Math.abs(expected[0]!)));
  });

  test.each(SERIES)("exponential smoothing with a fixed parameter on %s, to 1e-6", (name, quantities) => {
    const expected = (statsforecast.series as Values)[name]!["ses_alpha_0.3"]![0]!;
    expect(Math.abs(smoothedLevel(quantities, 0.3) - expected)).toBeLessThan(1e-6);
  });

  describe.each([
    ["optimized_theta", false],
    ["dynamic_optimized_theta", true],
  ] as const)("%s", (key, dynamic) => {
    interface Found {
      initial_smoothed: number;
      alpha: number;
      theta: number;
      sse: number;
      mean: number[];
    }
    const foundFor = (name: string) =>
      (statsforecastTheta.series as Record<string, Record<typeof key, Found>>)[name]![key];

    test.each(SERIES)("on %s with the parameters found there, to 1e-6", (name, quantities) => {
      const found = foundFor(name);
      const parameters = { alpha: found.alpha, lineWeight: 1 - 1 / found.theta, level: found.initial_smoothed };
      const run = runTheta(quantities, dynamic, parameters);
      expectClose(run.predict(12), found.mean, 1e-6);
      expect(run.squaredErrors).toBeCloseTo(found.sse, 3);
    });

    // On the series of 5 two errors are left for three parameters, so that the reference's forecast grows threefold: that
    // is why the method asks for 8 weeks. Its search is still compared.
    test.each(SERIES)("on %s fits at least as well", (name, quantities) => {
      const found = foundFor(name);
      expect(fitTheta(quantities, dynamic).squaredErrors).toBeLessThanOrEqual(WORSE * found.sse + 1e-9);
    });
  });
});

describe(`R forecast ${rForecast.versions.forecast}`, () => {
  interface Fit {
    par: { alpha: number; beta?: number; phi?: number; l: number; b?: number };
    sse: number;
    aicc: number;
    mean: number[];
    lower80: number[];
    upper80: number[];
  }
  const TRENDS: [string, Trend][] = [
    ["ets_ANN", "none"],
    ["ets_AAN", "additive"],
    ["ets_AAN_damped", "damped"],
  ];
  const byName = rForecast.series as Record<string, Record<string, unknown>>;
  const fits = SERIES.flatMap(([name, quantities]) =>
    TRENDS.flatMap(([key, trend]) => {
      const fit = byName[name]?.[key] as Fit | undefined;
      return fit ? [[key, name, trend, quantities, fit] as const] : [];
    }),
  );
  const smoothedAs = (quantities: Float64Array, { alpha, beta = 0, phi = 1, l, b = 0 }: Fit["par"]) =>
    smooth(quantities, { alpha, beta, phi, level: l, trend: b });

  // R fits nothing to the constant series and the one of 5.
  test("has exponential smoothing for eight of the ten series", () => {
    expect(fits).toHaveLength(3 * 8);
  });

  test.each(fits)("%s on %s with R's parameters, to 1e-6", (_key, _series, _trend, quantities, { par, sse, mean }) => {
    const run = smoothedAs(quantities, par);
    expect(Math.abs(run.squaredErrors / sse - 1)).toBeLessThan(1e-6);
    expectClose(run.predict(12), mean, 1e-6);
  });

  test.each(fits)(
    "%s on %s: its intervals, to 1e-6",
    (_key, _series, _trend, quantities, { par, lower80, upper80 }) => {
      const run = smoothedAs(quantities, par);
      const margins = run.variances(12).map((variance) => QUANTILE_90 * Math.sqrt(variance));
      const mean = run.predict(12);
      expectClose(
        mean.map((quantity, k) => quantity - margins[k]!),
        lower80,
        1e-6,
      );
      expectClose(
        mean.map((quantity, k) => quantity + margins[k]!),
        upper80,
        1e-6,
      );
    },
  );

  test.each(fits)("%s on %s fits at least as well", (_key, _series, trend, quantities, { sse }) => {
    expect(fitSmoothing(quantities, trend).squaredErrors).toBeLessThanOrEqual(WORSE * sse);
  });

  test.each(fits)("AICc as %s on %s", (_key, _series, trend, quantities, fit) => {
    // The criterion leaves out what depends on the number of weeks only.
    const others = fits.filter(([, name]) => name === _series);
    const [, , firstTrend, , first] = others[0]!;
    const difference = aicc(fit.sse, quantities.length, trend) - aicc(first.sse, quantities.length, firstTrend);
    expect(difference).toBeCloseTo(fit.aicc - first.aicc, 6);
  });

  // R's search ends early for the damped trend (its sums of squares are up to 4 % above ours), so that with our parameters
  // another trend may have the least criterion. On no series is R's choice better than ours.
  test.each(SERIES)("the trend chosen for %s is as good as R's", (name, quantities) => {
    const chosen = exponentialSmoothing.fit(quantities) as ReturnType<typeof fitSmoothing>;
    const { beta, phi } = chosen.parameters;
    const trend = beta === 0 ? "none" : phi === 1 ? "additive" : "damped";
    const ours = aicc(chosen.squaredErrors, quantities.length, trend);
    for (const [, other, otherTrend, , { sse }] of fits) {
      if (other === name) expect(ours).toBeLessThanOrEqual(aicc(sse, quantities.length, otherTrend) + 0.01);
    }
  });

  const lines = SERIES.filter(([name]) => byName[name]?.thetaf);

  // R searches α anew for thetaf, and does not tell it; that of ets_ANN is nearly the same.
  test.each(lines)("thetaf on %s, to 0.01 %% with α of ets_ANN, and to 0.5 %% with ours", (name, quantities) => {
    const { mean } = byName[name]!.thetaf as Fit;
    const { par } = byName[name]!.ets_ANN as Fit;
    const level = smoothedAs(quantities, par).predict(1)[0]!;
    const scale = Math.max(1, Math.abs(mean[0]!));
    const weeks = quantities.length;
    expectClose(thetaLine(level, par.alpha, slopeOf(quantities) / 2, weeks).predict(12), mean, 1e-4 * scale);
    expectClose(theta.fit(quantities).predict(12), mean, 5e-3 * scale);
  });

  test.each(SERIES.filter(([name]) => byName[name]?.["croston_alpha_0.1"]))(
    "Croston on %s, to 1e-6",
    (name, quantities) => {
      const { mean } = byName[name]!["croston_alpha_0.1"] as Fit;
      expectClose(croston.fit(quantities).predict(12), mean, 1e-6);
    },
  );
});
