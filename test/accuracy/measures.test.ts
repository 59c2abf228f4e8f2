import { describe, expect, test } from "vitest";
import { naiveScale } from "../../src/accuracy/error.ts";
import { type Measures, measures } from "../../src/accuracy/measures.ts";
import { addScore, type ScoredForecast, SUMS } from "../../src/accuracy/score.ts";
import reference from "../reference/metrics.json" with { type: "json" };

const numbers = (...values: number[]) => Float64Array.from(values);

interface Scored {
  readonly history: Float64Array;
  readonly actual: Float64Array;
  readonly forecast: ScoredForecast;
}

function measured(...scored: Scored[]): Measures {
  const sums = new Float64Array(SUMS.length);
  for (const { history, actual, forecast } of scored) addScore(sums, actual, forecast, naiveScale(history), 0.8);
  return measures(sums);
}

describe("agrees with the reference", () => {
  const history = Float64Array.from(reference.insample);
  const actual = Float64Array.from(reference.actual);
  const mean = Float64Array.from(reference.forecast);
  const interval = { lower: Float64Array.from(reference.lower80), upper: Float64Array.from(reference.upper80) };
  const meanActual = reference.actual.reduce((sum, value) => sum + value, 0) / reference.actual.length;
  const found = measured({ history, actual, forecast: { mean, interval } });

  test.each([
    ["WAPE", found.wape, reference.wape],
    ["bias", found.bias, reference.bias],
    ["MASE", found.mase, reference.mase],
    ["RMSSE", found.rmsse, reference.rmsse],
    ["pinball loss of 0.1", found.pinball_lower! * meanActual, reference["pinball_0.1"]],
    ["pinball loss of 0.5", found.pinball_median! * meanActual, reference["pinball_0.5"]],
    ["pinball loss of 0.9", found.pinball_upper! * meanActual, reference["pinball_0.9"]],
    ["coverage", found.coverage, reference.coverage80],
  ])("%s", (_name, value, expected) => expect(value).toBeCloseTo(expected, 10));

  test("WQL is two thirds of the three losses over what was sold", () => {
    const losses = reference["pinball_0.1"] + reference["pinball_0.5"] + reference["pinball_0.9"];
    expect(found.wql).toBeCloseTo(((2 / 3) * losses) / meanActual, 10);
  });
});

describe("two products by hand", () => {
  const often: Scored = {
    history: numbers(4, 6, 4, 6),
    actual: numbers(10, 0),
    forecast: {
      mean: numbers(8, 4),
      interval: { lower: numbers(7, 1), upper: numbers(10, 6), median: numbers(9, 2) },
      total: { lower: 9, upper: 15 },
    },
  };
  const returned: Scored = {
    history: numbers(0, 1),
    actual: numbers(-5, 1),
    forecast: { mean: numbers(0, 0), interval: { lower: numbers(0, 0), upper: numbers(0, 2) } },
  };
  const both = measured(often, returned);

  test("errors are added up and divided by what was sold or returned", () => {
    expect(both.wape).toBeCloseTo((2 + 4 + 5 + 1) / 16, 12);
    expect(both.bias).toBeCloseTo((-2 + 4 + 5 - 1) / 16, 12);
    expect(both.total_wape).toBeCloseTo((2 + 4) / 16, 12);
  });

  test("scaled errors are means over products", () => {
    expect(both.mase).toBeCloseTo((3 / 2 + 3 / 1) / 2, 12);
    expect(both.rmsse).toBeCloseTo((Math.sqrt(10 / 4) + Math.sqrt(13 / 1)) / 2, 12);
  });

  test("a product without a scale is left out of the scaled errors alone", () => {
    const constant = { ...often, history: numbers(5, 5) };
    expect(measured(constant, returned)).toMatchObject({ wape: both.wape, mase: 3, rmsse: Math.sqrt(13) });
  });

  test("intervals: bounds count as inside, and the total has its own", () => {
    expect(both.coverage).toBe(2 / 4);
    expect(both.mean_width).toBe((3 + 5 + 0 + 2) / 4);
    expect(both.total_coverage).toBe(1);
    expect(both.interval_score).toBeCloseTo((3 + (5 + 10) + 50 + 2) / 4, 9);
  });

  test("quantile losses take the median where there is one, and else the mean", () => {
    expect(both.pinball_lower).toBeCloseTo((0.3 + 0.9 + 0.9 * 5 + 0.1) / 16, 12);
    expect(both.pinball_median).toBeCloseTo((0.5 + 1 + 2.5 + 0.5) / 16, 12);
    expect(both.pinball_upper).toBeCloseTo((0 + 0.6 + 0.1 * 5 + 0.1) / 16, 12);
  });

  test("a method without intervals among others takes no part in what intervals are measured by", () => {
    const without = { ...often, forecast: { mean: numbers(8, 4) } };
    const { wape, ...rest } = measured(without, returned);
    const alone = measured(returned);
    expect(wape).toBe(both.wape);
    for (const name of ["coverage", "mean_width", "interval_score", "wql", "pinball_upper"] as const) {
      expect(rest[name]).toBe(alone[name]);
    }
    expect(measured(without)).toMatchObject({ wql: null, coverage: null, mean_width: null, total_coverage: null });
  });

  test("a part of the weeks is measured as a horizon of its own", () => {
    const sums = new Float64Array(SUMS.length);
    addScore(sums, often.actual, often.forecast, naiveScale(often.history), 0.8, 1, 2);
    const { actual, history } = often;
    const second = { mean: numbers(4), interval: { lower: numbers(1), upper: numbers(6), median: numbers(2) } };
    expect(measures(sums)).toEqual(measured({ history, actual: actual.slice(1), forecast: second }));
  });
});

test("nothing sold, nothing to divide by: no measure, and no number that is none", () => {
  const nothing = { history: numbers(0), actual: numbers(0, 0), forecast: { mean: numbers(1, 0) } };
  expect(measured(nothing)).toMatchObject({ wape: null, bias: null, mase: null, rmsse: null, total_wape: null });
});

test("what a method could not say is counted", () => {
  const zero = { history: numbers(1, 2), actual: numbers(3, 4), forecast: { mean: numbers(0, 0) } };
  expect(measured(zero, { ...zero, forecast: { ...zero.forecast, none: true } }).no_forecast).toBe(1);
});
