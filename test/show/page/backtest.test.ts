import { expect, test } from "vitest";
import type { BacktestReport } from "../../../src/backtest/report.ts";
import { backtestPage } from "../../../src/show/page/backtest.ts";
import { modelOf, reportOf } from "../reports.ts";

const MAKING = {
  source: "a CSV file",
  version: "1.2.3",
  commandLine: "forecast backtest --source 'csv:<orders>.csv'",
  generatedAt: "2025-11-11T06:00:00Z",
};
const pageOf = (report: BacktestReport) => backtestPage(report, undefined, MAKING, "en-US");
const NOT_FOR_READERS = /undefined|null|NaN|Infinity/;

test("a page of methods alone says that it gives no verdict", () => {
  const page = pageOf(reportOf([modelOf("mean13"), modelOf("tsb")]));
  expect(page).toContain("<strong>No verdict.</strong>");
  expect(page).toContain("Not measured: auto was not among the methods.");
  expect(page).not.toMatch(NOT_FOR_READERS);
});

test("where nothing was sold there are no shares of it", () => {
  const nothing = { wape: null, bias: null, total_wape: null, mase: null, rmsse: null };
  const models = [modelOf("auto", nothing), modelOf("mean13", nothing)];
  const group = { forecasts: 3, models };
  const page = pageOf(
    reportOf(models, {
      by_class: [{ group: "intermittent", ...group }],
      by_week: [1, 2, 3].map((week) => ({ group: `${week}`, ...group })),
      by_origin: ["2025-08-19", "2025-07-22"].map((origin) => ({ group: origin, ...group })),
    }),
  );
  expect(page).not.toMatch(NOT_FOR_READERS);
});

test("a measure of a method or a class that has no words of its own is shown all the same", () => {
  const page = pageOf(
    reportOf([modelOf("auto"), modelOf("mean13"), modelOf("new-method")], {
      by_class: [{ group: "new class", forecasts: 1, models: [modelOf("auto"), modelOf("mean13")] }],
    }),
  );
  expect(page).toContain(">new-method</th>");
  expect(page).toContain(">new class</th>");
});

test("the command is shown as text, and the time is that of the making", () => {
  const page = pageOf(reportOf([modelOf("auto")]));
  expect(page).toContain("<code>forecast backtest --source &#39;csv:&#60;orders&#62;.csv&#39;</code>");
  expect(page).toContain("Nov 11, 2025, 6:00 AM UTC by forecast 1.2.3");
});
