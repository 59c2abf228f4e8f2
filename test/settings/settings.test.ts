import { availableParallelism } from "node:os";
import { expect, test } from "vitest";
import { formatDay } from "../../src/history/calendar.ts";
import { cacheSettings } from "../../src/settings/cache.ts";
import { forecastSettings, WORKERS } from "../../src/settings/forecast.ts";
import { healthLimits } from "../../src/settings/health.ts";
import { runSettings } from "../../src/settings/run.ts";
import { sourceSettings } from "../../src/settings/source.ts";
import { Given } from "../../src/values/given.ts";
import { UsageError } from "../../src/values/setting.ts";

const TODAY = "2025-11-11";
const settings = (env: Record<string, string>, flags: Record<string, unknown> = {}) =>
  forecastSettings(new Given(flags, env), TODAY);

test("a flag goes before the environment, and that before the default", () => {
  expect(settings({}).horizon).toBe(12);
  expect(settings({ FORECAST_WEEKS: "8" }).horizon).toBe(8);
  expect(settings({ FORECAST_WEEKS: "8" }, { weeks: "6" }).horizon).toBe(6);
  expect(settings({ FORECAST_WEEKS: "" }).horizon).toBe(12);
  expect(() => settings({}, { weeks: "" })).toThrow('--weeks: "" is not allowed; it takes a whole number from 4 to 26');
});

test("the origin is today, may be tomorrow, and may not be later", () => {
  expect(formatDay(settings({}).origin)).toBe(TODAY);
  expect(formatDay(settings({ AS_OF_DATE: "2025-11-12" }).origin)).toBe("2025-11-12");
  expect(() => settings({ AS_OF_DATE: "2025-11-13" })).toThrow("AS_OF_DATE: 2025-11-13 is in the future");
});

test("the history begins in 2019, that of a CSV file with its first line", () => {
  expect(formatDay(settings({}).historyStart)).toBe("2019-01-01");
  expect(formatDay(settings({ FORECAST_SOURCE: "csv:x.csv" }).historyStart)).toBe("0001-01-01");
  expect(formatDay(settings({ FORECAST_HISTORY_START: "2024-05-01" }).historyStart)).toBe("2024-05-01");
  expect(() => settings({ AS_OF_DATE: "2019-01-01" })).toThrow("2019-01-01 is not after the start of the history");
});

test("threads are as many as cores where all lines are in memory, and twice as many where a server is waited for", () => {
  const workers = (env: Record<string, string>) => new Given({}, env).value(WORKERS);
  const cores = availableParallelism();
  for (const source of ["demo", "csv:x.csv", "sqlite:x.sqlite"]) {
    expect(workers({ FORECAST_SOURCE: source }), source).toBe(Math.min(10, cores));
  }
  expect(workers({})).toBe(Math.min(10, 2 * cores));
  expect(workers({ FORECAST_SOURCE: "mssql" })).toBe(Math.min(10, 2 * cores));
  expect(workers({ FORECAST_SOURCE: "demo", FORECAST_WORKERS: "7" })).toBe(7);
});

test("SQL Server needs host, name, user and password, and never shows the password", () => {
  const database = { DB_HOST: "db", DB_NAME: "orders", DB_USER: "planner", DB_PASSWORD: "s3cret" };
  for (const missing of Object.keys(database)) {
    const read = () => sourceSettings(new Given({}, { ...database, [missing]: "" }));
    expect(read).toThrow(UsageError);
    expect(read).toThrow(new RegExp(`^${missing} is not set, and the source mssql needs it`));
    expect(read).not.toThrow("s3cret");
  }
  expect(sourceSettings(new Given({}, database))).toMatchObject({
    ...{ kind: "mssql", host: "db", port: 1433, queryTimeoutSeconds: 30, encrypt: true, trustServerCertificate: false },
  });
});

test("sources and caches are chosen by word and file", () => {
  const source = (text: string, flags = {}) => sourceSettings(new Given({ source: text, ...flags }, {}));
  expect(source("sqlite:a:b.db")).toEqual({ kind: "sqlite", file: "a:b.db" });
  expect(source("demo")).toEqual({ kind: "demo" });
  expect(source("csv:x.csv", { "csv-columns": "product_id=sku,quantity=Qty=1", "skip-bad-rows": true })).toEqual({
    ...{ kind: "csv", file: "x.csv", skipBadRows: true, maxBadRows: { share: 0.01 } },
    ...{ delimiter: undefined, encoding: undefined, dateOrder: undefined, decimalSign: undefined },
    columns: { product_id: "sku", quantity: "Qty=1" },
  });
  const chosen = { "csv-delimiter": "tab", "csv-encoding": "latin1", "csv-date": "mdy", "csv-decimal": "comma" };
  expect(source("csv:x.csv", { ...chosen, "max-bad-rows": "20", "csv-columns": '"quantity=Menge, bestellt"' })).toEqual(
    {
      ...{ kind: "csv", file: "x.csv", skipBadRows: false, maxBadRows: { count: 20 } },
      ...{ delimiter: "\t", encoding: "windows-1252", dateOrder: "mdy", decimalSign: "," },
      columns: { quantity: "Menge, bestellt" },
    },
  );
  expect(cacheSettings(new Given({ cache: "sqlite:c.db" }, {}))).toEqual({ kind: "sqlite", file: "c.db" });
  expect(cacheSettings(new Given({}, { REDIS_PASSWORD: "s3cret", REDIS_TLS: "true", REDIS_DB: "3" }))).toEqual({
    ...{
      kind: "redis",
      host: "127.0.0.1",
      port: 6379,
      database: 3,
      patienceSeconds: 60,
      username: undefined,
      password: "s3cret",
      tls: true,
      certificates: {},
    },
  });
});

test("a dry run has no cache to write to, and a usual one has", () => {
  const flags = { source: "demo", cache: "sqlite:c.db" };
  expect(runSettings(new Given({ ...flags, "dry-run": true }, {})).cache).toBeUndefined();
  expect(runSettings(new Given(flags, {})).cache).toEqual({ kind: "sqlite", file: "c.db" });
});

test("a run of the night before is healthy where nobody says otherwise, and so is one product failed in twenty", () => {
  expect(healthLimits(new Given({}, {}))).toEqual({ maxAgeSeconds: 26 * 3600, maxFailed: 0.05 });
});
