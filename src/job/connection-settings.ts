import type { CacheSettings } from "../caches/open.ts";
import { CSV_COLUMNS, type CsvColumn } from "../sources/csv/reader.ts";
import type { SourceSettings } from "../sources/open.ts";
import { type Given, type Setting, text, wholeNumber, yesOrNo } from "./setting.ts";

const PORT = wholeNumber(1, 65_535);

export const SOURCE = {
  flag: "source",
  env: "FORECAST_SOURCE",
  fallback: "mssql",
  placeholder: "SOURCE",
  description: "where order lines come from: mssql, sqlite:FILE, csv:FILE or demo",
  allowed: "mssql, sqlite:FILE, csv:FILE or demo",
  parse: (value: string) => /^(mssql|demo)$|^(sqlite|csv):(.+)$/s.exec(value) ?? undefined,
} satisfies Setting<RegExpExecArray>;
export const CACHE = {
  flag: "cache",
  env: "FORECAST_CACHE",
  fallback: "redis",
  placeholder: "CACHE",
  description: "where forecasts go: redis or sqlite:FILE",
  allowed: "redis or sqlite:FILE",
  parse: (value: string) => /^(redis)$|^sqlite:(.+)$/s.exec(value) ?? undefined,
} satisfies Setting<RegExpExecArray>;
export const CSV_COLUMN_NAMES = {
  flag: "csv-columns",
  placeholder: "NAME=COLUMN[,...]",
  description: "columns of the CSV file that are named otherwise, such as product_id=sku",
  allowed: `pairs such as product_id=sku with commas between, of ${CSV_COLUMNS.join(", ")}`,
  parse: parseColumns,
} satisfies Setting<Partial<Record<CsvColumn, string>>>;
export const SKIP_BAD_ROWS = "skip-bad-rows";

export const DB_HOST = { env: "DB_HOST", description: "SQL Server's host name", ...text("HOST") };
export const DB_PORT = { env: "DB_PORT", fallback: "1433", description: "SQL Server's port", ...PORT };
export const DB_NAME = { env: "DB_NAME", description: "name of the database", ...text("NAME") };
export const DB_USER = { env: "DB_USER", description: "login of the database", ...text("NAME") };
export const DB_PASSWORD = {
  env: "DB_PASSWORD",
  secret: true,
  description: "password of the login",
  ...text("PASSWORD"),
};
export const DB_QUERY_TIMEOUT = {
  env: "DB_QUERY_TIMEOUT",
  fallback: "30",
  description: "seconds to wait for the first row of an answer, and for each next one",
  ...wholeNumber(1, 3600),
};
export const DB_ENCRYPT = { env: "DB_ENCRYPT", fallback: "true", description: "use TLS", ...yesOrNo() };
export const DB_TRUST_SERVER_CERTIFICATE = {
  env: "DB_TRUST_SERVER_CERTIFICATE",
  fallback: "false",
  description: "accept any certificate of the server",
  ...yesOrNo(),
};
export const REDIS_HOST = { env: "REDIS_HOST", fallback: "127.0.0.1", description: "host of Redis", ...text("HOST") };
export const REDIS_PORT = { env: "REDIS_PORT", fallback: "6379", description: "port of Redis", ...PORT };
export const REDIS_DB = {
  env: "REDIS_DB",
  fallback: "0",
  description: "number of the database",
  ...wholeNumber(0, 1_000_000),
};
export const REDIS_USERNAME = { env: "REDIS_USERNAME", description: "user of Redis", ...text("NAME") };
export const REDIS_PASSWORD = {
  env: "REDIS_PASSWORD",
  secret: true,
  description: "password of Redis",
  ...text("PASSWORD"),
};
export const REDIS_TLS = { env: "REDIS_TLS", fallback: "false", description: "use TLS", ...yesOrNo() };

export function isCsvSource(given: Given): boolean {
  return given.value(SOURCE)![2] === "csv";
}

export function sourceSettings(given: Given): SourceSettings {
  const [, word, scheme, file] = given.value(SOURCE)!;
  if (scheme === "sqlite") return { kind: "sqlite", file: file! };
  if (scheme === "csv") {
    const columns = given.value(CSV_COLUMN_NAMES) ?? {};
    return { kind: "csv", file: file!, columns, skipBadRows: given.has(SKIP_BAD_ROWS) };
  }
  if (word === "demo") return { kind: "demo" };
  const neededFor = "the source mssql";
  return {
    kind: "mssql",
    host: given.required(DB_HOST, neededFor),
    port: given.value(DB_PORT)!,
    database: given.required(DB_NAME, neededFor),
    user: given.required(DB_USER, neededFor),
    password: given.required(DB_PASSWORD, neededFor),
    queryTimeoutSeconds: given.value(DB_QUERY_TIMEOUT)!,
    encrypt: given.value(DB_ENCRYPT)!,
    trustServerCertificate: given.value(DB_TRUST_SERVER_CERTIFICATE)!,
  };
}

export function cacheSettings(given: Given): CacheSettings {
  const [, redis, file] = given.value(CACHE)!;
  if (!redis) return { kind: "sqlite", file: file! };
  return {
    kind: "redis",
    host: given.value(REDIS_HOST)!,
    port: given.value(REDIS_PORT)!,
    database: given.value(REDIS_DB)!,
    username: given.value(REDIS_USERNAME),
    password: given.value(REDIS_PASSWORD),
    tls: given.value(REDIS_TLS)!,
  };
}

function parseColumns(pairs: string): Partial<Record<CsvColumn, string>> | undefined {
  const columns: Partial<Record<CsvColumn, string>> = {};
  for (const pair of pairs.split(",")) {
    const [, ours, theirs] = /^(\w+)=(.+)$/.exec(pair) ?? [];
    const column = CSV_COLUMNS.find((name) => name === ours);
    if (!column || !theirs) return undefined;
    columns[column] = theirs;
  }
  return columns;
}
