import type { Given } from "../../values/given.ts";
import { durationUpTo, port, text, wholeNumber, yesOrNo } from "../../values/kinds.ts";
import type { Setting } from "../../values/setting.ts";

export interface SqlServerSettings {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Longest wait for the first row of an answer, and then for each next one. */
  readonly queryTimeoutSeconds: number;
  /** How long the server may be away in the middle of a run. */
  readonly patienceSeconds: number;
  readonly encrypt: boolean;
  readonly trustServerCertificate: boolean;
}

const HOST = { env: "DB_HOST", description: "SQL Server's host name", ...text("HOST") };
const PORT = { env: "DB_PORT", fallback: "1433", description: "SQL Server's port", ...port() };
const NAME = { env: "DB_NAME", description: "name of the database", ...text("NAME") };
const USER = { env: "DB_USER", description: "login of the database", ...text("NAME") };
const PASSWORD = { env: "DB_PASSWORD", secret: true, description: "password of the login", ...text("PASSWORD") };
const QUERY_TIMEOUT = {
  env: "DB_QUERY_TIMEOUT",
  fallback: "30",
  description: "seconds to wait for the first row of an answer, and for each next one",
  ...wholeNumber(1, 3600),
};
const PATIENCE = {
  env: "FORECAST_PATIENCE",
  fallback: "5m",
  description: "how long a server that restarts, or that goes away during a run, is waited for",
  ...durationUpTo("10m"),
};
const ENCRYPT = { env: "DB_ENCRYPT", fallback: "true", description: "use TLS", ...yesOrNo() };
const TRUST_SERVER_CERTIFICATE = {
  env: "DB_TRUST_SERVER_CERTIFICATE",
  fallback: "false",
  description: "accept any certificate of the server",
  ...yesOrNo(),
};

export const SQL_SERVER_SETTINGS: readonly Setting<unknown>[] = [
  HOST,
  PORT,
  NAME,
  USER,
  PASSWORD,
  QUERY_TIMEOUT,
  PATIENCE,
  ENCRYPT,
  TRUST_SERVER_CERTIFICATE,
];

export function readSqlServerSettings(given: Given): SqlServerSettings {
  const neededFor = "the source mssql";
  return {
    host: given.required(HOST, neededFor),
    port: given.value(PORT)!,
    database: given.required(NAME, neededFor),
    user: given.required(USER, neededFor),
    password: given.required(PASSWORD, neededFor),
    queryTimeoutSeconds: given.value(QUERY_TIMEOUT)!,
    patienceSeconds: given.value(PATIENCE)!,
    encrypt: given.value(ENCRYPT)!,
    trustServerCertificate: given.value(TRUST_SERVER_CERTIFICATE)!,
  };
}
