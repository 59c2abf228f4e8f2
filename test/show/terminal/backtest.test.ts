import stringWidth from "string-width";
import { beforeAll, describe, expect, test } from "vitest";
import { type BacktestSettings, backtest } from "../../../src/backtest/backtest.ts";
import { METHOD_NAMES } from "../../../src/backtest/methods.ts";
import type { BacktestReport } from "../../../src/backtest/report.ts";
import { summarize } from "../../../src/backtest/summary.ts";
import { parseDay } from "../../../src/history/calendar.ts";
import { showBacktest } from "../../../src/show/terminal/backtest.ts";
import { shareOrderBook } from "../../../src/sources/memory/order-book.ts";
import { Interruption } from "../../../src/workers/interruption.ts";
import { simulatedBook } from "../../parts/orders.ts";

async function reportOf(given: Partial<BacktestSettings>): Promise<BacktestReport> {
  const origin = parseDay("2025-08-19");
  const settings: BacktestSettings = {
    origins: [origin, origin - 28],
    historyStart: parseDay("2019-01-01"),
    horizon: 12,
    level: 0.8,
    minCustomers: 2,
    minOrders: 3,
    methods: METHOD_NAMES,
    workers: 2,
    limit: undefined,
    products: undefined,
    sample: 30,
    seed: 1,
    keepForecasts: false,
    keepExamples: false,
    ...given,
  };
  const observer = { started() {}, done() {}, failed() {} };
  const handle = { kind: "memory", book: shareOrderBook(simulatedBook(60)) } as const;
  return summarize(await backtest(settings, handle, observer, new Interruption()));
}

let report: BacktestReport;
beforeAll(async () => {
  report = await reportOf({});
});

const show = (width: number, of = report, ascii = false) => showBacktest(of, { width, color: false, ascii });

describe("a backtest on the terminal", () => {
  test("says first whether the forecasts are worth using, then what was measured", () => {
    const [verdict, ...rest] = show(200).split("\n");
    expect(verdict).toMatch(/^(Worth using|Worth using in part|Worth using with care|Not worth using|No gain)\. /);
    expect(rest.join("\n")).toMatch(
      /\n\d+ products at 2 origins, 2025-08-19, 2025-07-22: 60 forecasts of 12 weeks\.\n/,
    );
  });

  test.each([40, 60, 80, 100, 200])("fits %i columns", (width) => {
    for (const line of show(width).split("\n")) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  test("leaves columns out where they do not fit, the total's error last", () => {
    const header = (width: number) =>
      show(width)
        .match(/^Method .*/m)![0]
        .split(/ {2,}/);
    expect(header(100).join(" | ")).toBe("Method | Total | WAPE | Bias | RMSSE | WQL | vs mean13 | vs naive | MASE");
    expect(header(78)).toEqual(header(100).slice(0, -1));
    expect(header(40).slice(0, 3)).toEqual(["Method", "Total", "WAPE"]);
    expect(show(40)).not.toContain("Less auto");
  });

  test("has a row for each method, with the digits of the report", () => {
    for (const { model, wape, rmsse } of report.models) {
      const row = show(100).match(new RegExp(`^${model} .*`, "m"))![0];
      expect(row).toContain(wape!.toFixed(3));
      expect(row).toContain(rmsse!.toFixed(3));
    }
  });

  test("says how far each method is from auto, and what may be chance", () => {
    const of = (measured: string) =>
      report.differences.find(
        ({ measure, model, against }) => measure === measured && model === "naive" && against === "auto",
      )!;
    const shown = show(100)
      .split("\nLess auto ")[1]!
      .match(/^naive .*/m)![0];
    for (const measured of ["total_wape", "rmsse", "wape"]) {
      const { difference, lower, upper } = of(measured);
      for (const value of [difference, lower, upper]) expect(shown).toContain(Math.abs(value).toFixed(3));
    }
  });

  test("has tables by origin, demand, history, sales and week ahead", () => {
    for (const title of ["Origin", "Demand", "Tenth by sales", "Week ahead"]) {
      expect(show(80)).toMatch(new RegExp(`^${title} .*WAPE  \\(mean13\\)`, "m"));
    }
    expect(show(80)).toMatch(/^12 +\d\.\d{3}/m);
  });

  test("is plain ASCII where nothing else can be shown, and bold only where asked for", () => {
    expect(show(80, report, true)).toMatch(/^[\n -~]*$/);
    const bold = showBacktest(report, { width: 80, color: true, ascii: false });
    expect(bold.startsWith("\u001b[1m")).toBe(true);
    expect(bold.split("\u001b")).toHaveLength(3);
  });
});

test("without auto and the mean of 13 weeks it compares what there is, and has no verdict", async () => {
  const text = show(80, await reportOf({ methods: ["ses", "tsb"], origins: [parseDay("2025-08-19")] }));
  expect(text).toMatch(/^No verdict\. /);
  expect(text).toContain("Where ses is good and where it is not:");
  expect(text).not.toMatch(/vs mean13|Within|\(mean13\)|null|undefined|NaN/);
});

test("a method that had nothing to say is named", () => {
  const silent = report.models.map((model) => ({ ...model, no_forecast: model.model === "tsb" ? 7 : 0 }));
  expect(show(200, { ...report, models: silent })).toContain("tsb had nothing to say in 7 of 60 forecasts");
});
