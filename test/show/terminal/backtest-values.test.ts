import { expect, test } from "vitest";
import { showBacktest } from "../../../src/show/terminal/backtest.ts";
import { tableOnTerminal } from "../read-tables.ts";
import { DISTINCT } from "../reports.ts";

const text = showBacktest(DISTINCT, { width: 200, color: false, ascii: false });
const table = (first: string) => tableOnTerminal(text, first);

test("each number of the sentences is that of its name", () => {
  const flat = text.replaceAll(/\s+/g, " ");
  expect(flat).toContain("over 12 weeks they missed 40 % of what was sold, it missed 40 %.");
  expect(flat).toContain("All forecasts together are 10 % below what was sold.");
  expect(flat).toContain("They promise 86 %; 88 % of the weeks and 84 % of the totals of 12 weeks lay within.");
  expect(flat).toContain("They state 61 % on average, and 59 % came true.");
  expect(flat).toContain("51 products at 2 origins, 2025-08-19, 2025-07-22: 97 forecasts of 12 weeks; 5 failed.");
  expect(flat).toContain("within their interval; 0.85 is promised.");
});

test("each measure of a method stands below its name", () => {
  expect(table("Method")).toEqual([
    ["Method", "Total", "WAPE", "Bias", "RMSSE", "WQL", "vs mean13", "vs naive", "MASE"],
    ["auto", "0.401", "0.201", "-0.101", "0.901", "0.301", "+60.1 %", "+50.1 %", "1.101"],
    ["mean13", "0.402", "0.202", "-0.102", "0.902", "0.302", "+60.2 %", "+50.2 %", "1.102"],
    ["naive", "0.403", "0.203", "-0.103", "0.903", "0.303", "+60.3 %", "+50.3 %", "1.103"],
  ]);
});

test("each difference has its own bounds and signs", () => {
  expect(table("Less auto").slice(0, 2)).toEqual([
    ["Less auto", "Total", "RMSSE", "WAPE"],
    ["mean13", "+0.032 (-0.012 to +0.052)", "-0.033 (-0.053 to -0.013)", "+0.031 (+0.011 to +0.051)"],
  ]);
});

test("each measure of an interval stands below its name", () => {
  expect(table("Intervals").slice(0, 2)).toEqual([
    ["Intervals", "Total within", "Within", "Width", "Score", "Lower", "Median", "Upper"],
    ["auto", "0.801", "0.701", "15.0", "25.0", "1.201", "1.301", "1.401"],
  ]);
});

test.each([
  ["Origin", "2025-08-19", "1,004", "0.404", "0.405", "0.204", "0.205", "-0.104", "0.704"],
  ["Demand", "smooth", "1,008", "0.408", "0.409", "0.208", "0.209", "-0.108", "0.708"],
  ["History", "below 52 weeks", "1,012", "0.412", "0.413", "0.212", "0.213", "-0.112", "0.712"],
  ["Tenth by sales", "1", "1,016", "0.416", "0.417", "0.216", "0.217", "-0.116", "0.716"],
])("each number by %s is that of its group", (first, ...row) => {
  const [header, firstRow, ...others] = table(first);
  expect(header).toEqual([first, "Forecasts", "Total", "(mean13)", "WAPE", "(mean13)", "Bias", "Within"]);
  expect(firstRow).toEqual(row);
  expect(others).toHaveLength(1);
});

test("each number by week ahead is that of its week", () => {
  expect(tableOnTerminal(`${text}\n`, "Week ahead")).toEqual([
    ["Week ahead", "WAPE", "(mean13)", "Bias", "Within"],
    ["1", "0.220", "0.221", "-0.120", "0.720"],
    ["2", "0.222", "0.223", "-0.122", "0.722"],
    ["3", "0.224", "0.225", "-0.124", "0.724"],
  ]);
});
