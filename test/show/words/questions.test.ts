import { describe, expect, test } from "vitest";
import type { Honesty } from "../../../src/backtest/report.ts";
import { formatIn } from "../../../src/show/format.ts";
import { questions } from "../../../src/show/words/questions.ts";
import { modelOf, reportOf } from "../reports.ts";

const HONEST: Honesty = {
  forecasts: 100,
  mean_estimate: 0.7,
  mean_accuracy: 0.7,
  rank_correlation: 0.5,
  deciles: [],
  promised_coverage: 0.8,
  coverage: 0.8,
  total_coverage: 0.8,
  coverage_by_class: [],
  cumulative_coverage: [],
};

const answers = (bias: number | null, changes: Partial<Honesty> = {}) =>
  questions(reportOf([modelOf("auto", { bias })], { honesty: { ...HONEST, ...changes } }), formatIn("en-US"));

describe("too high or too low", () => {
  test.each([
    [0.05, "good", "Neither", "All forecasts together are 5 % above what was sold."],
    [-0.2, "fair", "Too low", "All forecasts together are 20 % below what was sold."],
    [0.06, "fair", "Too high", "All forecasts together are 6 % above what was sold."],
  ])("a bias of %d", (bias, grade, short, sentence) => {
    expect(answers(bias)[0]).toMatchObject({ grade, short, sentence });
  });
});

describe("what the ranges hold", () => {
  test.each([
    [0.8, 0.8, "good", "Yes"],
    [0.96, 0.82, "good", "Yes"],
    [0.8, 0.74, "poor", "Too narrow"],
    [0.5, 0.8, "poor", "Too narrow"],
    [0.9, 0.92, "fair", "Wider than needed"],
  ])("%d of the weeks and %d of the totals, where 0.8 is promised", (coverage, total_coverage, grade, short) => {
    expect(answers(0, { coverage, total_coverage })[1]).toMatchObject({ grade, short });
  });
});

describe("whether the stated accuracy is honest", () => {
  test.each([
    [0.6, 0.4, 0, "poor", "It promises too much", "hardly"],
    [0.4, 0.6, 0.5, "fair", "It is too modest", "indeed"],
    [0.7, 0.68, 0.4, "good", "Yes", "indeed"],
    [0.7, 0.68, null, "fair", "On average only", "hardly"],
  ])("stated %d, come true %d, rank correlation %d", (stated, came, rank_correlation, grade, short, word) => {
    const [, , answer] = answers(0, { mean_estimate: stated, mean_accuracy: came, rank_correlation });
    expect(answer).toMatchObject({ grade, short, sentence: expect.stringContaining(`are ${word} the better ones`) });
  });
});

test("what was not measured is not asked", () => {
  expect(questions(reportOf([modelOf("mean13")]), formatIn("en-US"))).toEqual([]);
  expect(answers(null, { coverage: null, mean_estimate: null })).toEqual([]);
});
