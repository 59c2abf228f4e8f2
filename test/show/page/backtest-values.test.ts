import { expect, test } from "vitest";
import { formatIn } from "../../../src/show/format.ts";
import { backtestPage } from "../../../src/show/page/backtest.ts";
import { exampleSections } from "../../../src/show/page/examples.ts";
import { factsOnPage, tableOnPage } from "../read-tables.ts";
import { DISTINCT, modelOf, reportOf } from "../reports.ts";

const MAKING = { source: "a simulation", version: "1.2.3", commandLine: "x", generatedAt: "2025-11-11T06:07:00Z" };
const page = backtestPage(DISTINCT, undefined, MAKING, "en-US");
const table = (caption: string) => tableOnPage(page, caption);

test("each number of the sentences is that of its name", () => {
  const words = page.replaceAll(/<[^>]*>/g, "").replaceAll(/\s+/g, " ");
  expect(words).toContain("51 products were forecast as of 2 past dates, 12 weeks ahead");
  expect(words).toContain("a range that shall hold 86 % of what comes");
  expect(words).toContain("Each point is a tenth of the 93 forecasts that state an accuracy.");
  expect(factsOnPage(page)).toMatchObject({
    "Are they too high or too low?": "Too low. All forecasts together are 10 % below what was sold.",
    "Do the ranges hold what they promise?":
      "Yes. They promise 86 %; 88 % of the weeks and 84 % of the totals of 12 weeks lay within.",
    "Past dates": "Aug 19, 2025, Jul 22, 2025",
    Products: "51 (97 forecasts of 12 weeks)",
    Failed: "5 forecasts, which are left out",
    Range: "made to hold 85 %",
    "Order lines": "a simulation",
    Made: "Nov 11, 2025, 6:07 AM UTC by forecast 1.2.3",
  });
});

test("each error of a method stands below its name, the least first", () => {
  const models = [
    modelOf("naive", { wape: 0.5, total_wape: 0.41, bias: 0.13 }),
    modelOf("mean13", { wape: 0.4, total_wape: 0.32, bias: -0.07 }),
    modelOf("auto", { wape: 0.3, total_wape: 0.22, bias: -0.02 }),
  ];
  const rows = tableOnPage(
    backtestPage(reportOf(models), undefined, MAKING, "en-US"),
    "Methods and their errors, least first",
  );
  expect(rows[0]).toEqual(["Method", "12-week error", "Too high or low", "Gain", "Weekly error"]);
  expect(rows.slice(1).map(([, ...cells]) => cells)).toEqual([
    ["22 %", "-2 %", "+31 %", "30 %"],
    ["32 %", "-7 %", "–", "40 %"],
    ["41 %", "+13 %", "-28 %", "50 %"],
  ]);
});

test("each measure stands below its name", () => {
  expect(table("All measures").slice(0, 2)).toEqual([
    [
      "Method",
      "WAPE",
      "Bias",
      "MASE",
      "RMSSE",
      "WAPE of totals",
      "WQL",
      "Coverage",
      "of totals",
      "Width",
      "Interval score",
    ],
    ["auto", "0.201", "-0.101", "1.101", "0.901", "0.401", "0.301", "0.701", "0.801", "15.010", "25.010"],
  ]);
});

/** Errors by group; the shares are told apart by whole percent. */
const GROUPED = reportOf(DISTINCT.models, {
  origins: DISTINCT.origins,
  honesty: DISTINCT.honesty,
  by_class: ["smooth", "lumpy"].map((group, i) => groupOf(group, 10 * i)),
  by_origin: ["2025-08-19", "2025-07-22"].map((group, i) => groupOf(group, 30 + 10 * i)),
  by_week: ["1", "2"].map((group, i) => groupOf(group, 50 + 10 * i)),
});
const grouped = backtestPage(GROUPED, undefined, MAKING, "en-US");

function groupOf(group: string, percent: number) {
  const share = (more: number) => (percent + more) / 100;
  return {
    group,
    forecasts: 1000 + percent,
    models: [
      modelOf("auto", { wape: share(1), total_wape: share(2), coverage: share(3), total_coverage: share(4) }),
      modelOf("mean13", { wape: share(5), total_wape: share(6), coverage: share(7), total_coverage: share(8) }),
    ],
  };
}

test("each number of a kind of demand stands below its name", () => {
  expect(tableOnPage(grouped, "Forecasts by kind of demand").map(([, ...cells]) => cells)).toEqual([
    ["Forecasts", "Weekly error", "(mean13)"],
    ["1,000", "1 %", "5 %"],
    ["1,010", "11 %", "15 %"],
  ]);
  expect(tableOnPage(grouped, "Ranges by kind of demand")).toEqual([
    ["Kind of demand", "Weeks within", "Totals within"],
    ["smooth", "3 %", "4 %"],
    ["lumpy", "13 %", "14 %"],
  ]);
  expect(grouped).toContain("save, by kind of demand: smooth +80 %, lumpy +27 %.");
  expect(grouped).toContain(
    "the promised 86 %: smooth 3 % of weeks and 4 % of totals; lumpy 13 % of weeks and 14 % of totals.",
  );
});

test("each number of a past date and of a week ahead is its own", () => {
  expect(tableOnPage(grouped, "Errors by past date")).toEqual([
    ["Forecast as of", "12-week error", "(mean13)", "Weekly error", "(mean13)"],
    ["Aug 19, 2025", "32 %", "36 %", "31 %", "35 %"],
    ["Jul 22, 2025", "42 %", "46 %", "41 %", "45 %"],
  ]);
  expect(tableOnPage(grouped, "Error of a week by weeks ahead")).toEqual([
    ["Method", "1", "2"],
    ["auto", "51 %", "61 %"],
    ["mean13", "55 %", "65 %"],
  ]);
});

test("what was stated and what came true are not mixed up", () => {
  expect(page).toContain("from the lowest: stated 31 %, came true 36 %; stated 83 %, came true 78 %.");
});

test("an example has its own numbers, and its weeks their own dates", () => {
  const example = {
    product_id: "7",
    product_name: "Oak chair",
    sold: 41,
    wape: 0.37,
    history: [9, 11],
    actual: [19, 22],
    mean: [10, 14],
    lower: [5, 6],
    upper: [15, 17],
    notes: [],
  };
  const examples = { origin: "2025-08-19", candidates: 23, share: 0.79, best: [example], worst: [] };
  const { markup } = exampleSections(examples, formatIn("en-US"));
  expect(markup.replaceAll(/\s+/g, " ")).toContain(
    "Forecasts made as of Aug 19, 2025. Taken from the 23 largest products, which together make up 79 % of all",
  );
  expect(markup).toContain("expected 24, sold 41 in 2 weeks; weekly error 37 %");
  expect([...markup.matchAll(/<title>([^<]*)<\/title>/g)].map(([, title]) => title)).toEqual([
    "Aug 5, 2025: 9",
    "Aug 12, 2025: 11",
    "Aug 19, 2025: 19",
    "Aug 26, 2025: 22",
  ]);
});

test("methods stand in the order of what the verdict is of, the error of the total", () => {
  const models = [
    modelOf("auto", { wape: 0.5, total_wape: 0.2 }),
    modelOf("mean13", { wape: 0.4, total_wape: 0.3 }),
    modelOf("tsb", { wape: 0.3, total_wape: 0.25 }),
  ];
  const rows = tableOnPage(
    backtestPage({ ...DISTINCT, models }, undefined, MAKING, "en-US"),
    "Methods and their errors, least first",
  );
  expect(rows.slice(1).map(([, total, , gain]) => [total, gain])).toEqual([
    ["20 %", "+33 %"],
    ["25 %", "+17 %"],
    ["30 %", "–"],
  ]);
});
