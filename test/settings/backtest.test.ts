import { expect, test } from "vitest";
import { formatDay } from "../../src/history/calendar.ts";
import { backtestSettings } from "../../src/settings/backtest.ts";
import { Given } from "../../src/values/given.ts";

const settings = (flags: Record<string, string>) =>
  backtestSettings(new Given({ "as-of": "2025-11-11", source: "demo", ...flags }, {}));

test("past origins are counted back from a horizon before the day that is known, so that all their weeks are over", async () => {
  const origins = async (flags: Record<string, string>) => (await settings(flags)).origins.map(formatDay);
  expect(await origins({})).toEqual(["2025-08-19", "2025-07-22", "2025-06-24"]);
  expect(await origins({ origins: "2", every: "13w", weeks: "4" })).toEqual(["2025-10-14", "2025-07-15"]);
});

test("an origin is allowed when its weeks are just over and the history has begun, and not a day beyond", async () => {
  const origins = (text: string) => settings({ origins: text });
  expect((await origins("2025-08-19,2019-01-02")).origins).toHaveLength(2);
  await expect(origins("2025-08-20")).rejects.toThrow("--origins: 2025-08-20 is not allowed");
  await expect(origins("2019-01-01")).rejects.toThrow("--origins: 2019-01-01 is not allowed");
});

test("a file that would be overwritten by what is measured of it is wrong use", async () => {
  await expect(settings({ source: "csv:orders.csv", csv: "./orders.csv" })).rejects.toThrow(
    "--source and --csv name the same file",
  );
});
