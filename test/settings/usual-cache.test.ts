import { utimesSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CACHE, cacheByDefault, cacheSettings } from "../../src/settings/cache.ts";
import { usualCache } from "../../src/settings/usual-cache.ts";
import { Given } from "../../src/values/given.ts";
import { temporaryFolder } from "../parts/orders.ts";

const cacheOf = (flags: Record<string, unknown>, env: Record<string, string> = {}) => {
  const settings = cacheSettings(new Given(flags, env));
  return settings.kind === "sqlite" ? settings.file : settings.kind;
};

test("the forecasts of a file go to a file of its name in the working folder", () => {
  expect(cacheOf({ source: "csv:/srv/data/export 2025.csv.gz" })).toBe("export 2025.forecasts.sqlite");
  expect(cacheOf({ source: "csv:orders-*.csv" })).toBe("orders.forecasts.sqlite");
  expect(cacheOf({ source: "csv:-" })).toBe("csv.forecasts.sqlite");
  expect(cacheOf({ source: "csv:a.xlsx" })).toBe("a.forecasts.sqlite");
  expect(cacheOf({}, { FORECAST_SOURCE: "sqlite:/srv/orders.sqlite" })).toBe("orders.forecasts.sqlite");
  expect(cacheOf({ source: "demo" })).toBe("demo.forecasts.sqlite");
});

test("whoever names a cache, anything of Redis, or SQL Server, gets what is named", () => {
  const source = "csv:orders.csv";
  expect(cacheOf({ source, cache: "redis" })).toBe("redis");
  expect(cacheOf({ source }, { FORECAST_CACHE: "sqlite:c.db" })).toBe("c.db");
  expect(cacheOf({ source }, { REDIS_HOST: "127.0.0.1" })).toBe("redis");
  expect(cacheOf({ source }, { REDIS_PASSWORD: "s3cret" })).toBe("redis");
  expect(cacheOf({ source: "mssql" })).toBe("redis");
  expect(cacheOf({})).toBe("redis");
});

test("where no source is named it is the newest of such files, unless SQL Server is", () => {
  const folder = temporaryFolder();
  for (const [name, seconds] of [
    ["old", 1000],
    ["new", 3000],
    ["other", 2000],
  ] as const) {
    const file = folder.path(`${name}.forecasts.sqlite`);
    writeFileSync(file, "");
    utimesSync(file, seconds, seconds);
  }
  expect(usualCache(() => undefined, folder.path(""))).toBe("sqlite:new.forecasts.sqlite");
  expect(usualCache(({ env }) => (env === "DB_HOST" ? "sql" : undefined), folder.path(""))).toBeUndefined();
  folder.remove();
});

test("it is known for one that nobody has named, with what it is called", () => {
  const given = new Given({ source: "csv:a.csv" }, {});
  expect(cacheByDefault(given)).toBe("a.forecasts.sqlite");
  expect(given.raw(CACHE)).toMatchObject({ text: "sqlite:a.forecasts.sqlite", by: "default" });
  expect(cacheByDefault(new Given({ source: "csv:a.csv", cache: "sqlite:a.forecasts.sqlite" }, {}))).toBeUndefined();
  expect(cacheByDefault(new Given({ source: "csv:a.csv", cache: "redis" }, {}))).toBeUndefined();
});
