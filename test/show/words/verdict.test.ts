import { expect, test } from "vitest";
import { formatIn } from "../../../src/show/format.ts";
import { compared, verdict } from "../../../src/show/words/verdict.ts";
import { differencesFrom, modelOf, reportOf } from "../reports.ts";

const format = formatIn("en-US");
const BETTER = [-0.05, -0.01] as const;
const WORSE = [0.01, 0.05] as const;
const CHANCE = [-0.02, 0.02] as const;
const MODELS = [modelOf("auto", { total_wape: 0.2 }), modelOf("mean13", { total_wape: 0.26 })];
const NUMBERS = "over 12 weeks they missed 20 % of what was sold, it missed 26 %.";
const MEAN = "the plain mean of the last 13 weeks";

test.each([
  [BETTER, BETTER, "good", "Worth using", `They come closer than ${MEAN}: ${NUMBERS}`],
  [BETTER, CHANCE, "good", "Worth using", `They come closer than ${MEAN}: ${NUMBERS}`],
  [CHANCE, BETTER, "good", "Worth using", `They come closer than ${MEAN}: ${NUMBERS}`],
  [
    WORSE,
    CHANCE,
    "poor",
    "Not worth using",
    "The plain mean of the last 13 weeks does better: over 12 weeks it missed 26 % of what was sold, the forecasts missed 20 %.",
  ],
  [
    WORSE,
    WORSE,
    "poor",
    "Not worth using",
    "The plain mean of the last 13 weeks does better: over 12 weeks it missed 26 % of what was sold, the forecasts missed 20 %.",
  ],
  [
    BETTER,
    WORSE,
    "fair",
    "Worth using in part",
    `Use them for single weeks; for totals of 12 weeks ${MEAN} does better: ${NUMBERS}`,
  ],
  [
    WORSE,
    BETTER,
    "fair",
    "Worth using in part",
    `Use them for totals of 12 weeks; for single weeks ${MEAN} does better: ${NUMBERS}`,
  ],
  [CHANCE, CHANCE, "fair", "No gain", `They are no better than ${MEAN}, or not by enough to tell: ${NUMBERS}`],
] as const)("weeks differ by %j, totals by %j: %s", (weeks, totals, grade, short, sentence) => {
  const report = reportOf(MODELS, { differences: differencesFrom("mean13", weeks, totals) });
  expect(verdict(report, format)).toEqual({ grade, short, sentence });
});

test("better is not good where more than half is missed", () => {
  const models = [modelOf("auto", { total_wape: 0.7 }), modelOf("mean13", { total_wape: 0.9 })];
  const report = reportOf(models, { differences: differencesFrom("mean13", BETTER, BETTER) });
  expect(verdict(report, format)).toMatchObject({
    grade: "fair",
    short: "Worth using with care",
    sentence: expect.stringContaining("but are still far off: over 12 weeks they missed 70 % of what was sold"),
  });
});

test("the difference is also read where it is given the other way round", () => {
  const models = [modelOf("auto"), modelOf("naive")];
  const turned = differencesFrom("naive", [0.1, 0.2], [0.1, 0.2]).map((difference) => ({
    ...difference,
    model: "naive",
    against: "auto",
  }));
  expect(verdict(reportOf(models, { differences: turned }), format)).toMatchObject({
    grade: "good",
    sentence: expect.stringContaining("closer than last week's quantity"),
  });
});

test("a difference given the other way round may be chance too", () => {
  const turned = differencesFrom("mean13", [-0.02, 0.08], [-0.02, 0.08]).map((difference) => ({
    ...difference,
    model: "mean13",
    against: "auto",
  }));
  expect(verdict(reportOf(MODELS, { differences: turned }), format).short).toBe("No gain");
});

test("there is no verdict without the forecasts, nor without anything to compare them with", () => {
  expect(verdict(reportOf([modelOf("mean13")]), format)).toMatchObject({ grade: "open", short: "No verdict" });
  expect(verdict(reportOf([modelOf("auto"), modelOf("tsb")]), format)).toMatchObject({
    grade: "open",
    sentence: expect.stringContaining("Nothing was measured beside the forecasts to compare them with"),
  });
});

test("one product alone gives no more than chance", () => {
  expect(verdict(reportOf(MODELS), format).short).toBe("No gain");
});

test("the mean of 13 weeks is what the forecasts are compared with, before others", () => {
  const models = ["tsb", "naive", "mean13", "auto"].map((name) => modelOf(name));
  expect(compared(reportOf(models)).reference?.model).toBe("mean13");
  expect(compared(reportOf(models.toSpliced(2, 1))).reference?.model).toBe("naive");
});

test("a difference that is certain and too small to notice is none", () => {
  for (const sign of [-1, 1]) {
    const bounds = [0.001 * sign, 0.003 * sign].sort((a, b) => a - b) as [number, number];
    const report = reportOf(MODELS, { differences: differencesFrom("mean13", bounds, bounds) });
    expect(verdict(report, format).short).toBe("No gain");
  }
});
