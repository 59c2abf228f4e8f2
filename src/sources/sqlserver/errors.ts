import { SourceError } from "../source.ts";
import type { SqlServerSettings } from "./settings.ts";

/** Numbers of errors after which the same read may succeed: deadlock, lock timeout, failover, throttling. */
const TRANSIENT_NUMBERS = new Set([
  1204, 1205, 1222, 64, 233, 10053, 10054, 10060, 10928, 10929, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920,
]);
const CONNECTION_CODES = new Set([
  "ETIMEOUT",
  "ESOCKET",
  "ECONNCLOSED",
  "ENOTOPEN",
  "ENOCONN",
  "ECONNRESET",
  "EINSTLOOKUP",
]);

const HINTS: Readonly<Record<number, string>> = {
  207: "a column that the queries need is missing",
  208: "a table that the queries need is missing",
  229: "the user may not read a table that the queries need",
  18456: "check DB_USER and DB_PASSWORD",
  4060: "check DB_NAME and the user's access to it",
};

interface DriverError {
  message: string;
  code?: string;
  number?: number;
  originalError?: { message?: string; info?: { number?: number } };
}

export function isTransient(error: unknown): boolean {
  const { code, message } = error as DriverError;
  const number = numberOf(error as DriverError);
  if (isCertificateProblem(message)) return false;
  return (number !== undefined && TRANSIENT_NUMBERS.has(number)) || (code !== undefined && CONNECTION_CODES.has(code));
}

/** One line for whoever runs the program: which server, what it said, what to look at. Never holds the password. */
export function sourceError(
  error: unknown,
  { host, port, user }: Pick<SqlServerSettings, "host" | "port" | "user">,
): SourceError {
  if (error instanceof SourceError) return error;
  const driverError = error as DriverError;
  const number = numberOf(driverError);
  const login = driverError.code === "ELOGIN";
  const hint = isCertificateProblem(driverError.message)
    ? "install its certificate authority on this machine, or set DB_TRUST_SERVER_CERTIFICATE=true"
    : HINTS[number ?? (login ? 18456 : 0)];
  const message = login ? `login failed for user "${user}"` : driverError.message;
  return new SourceError(`SQL Server ${host}:${port}: ${message}${hint ? ` (${hint})` : ""}`, {
    cause: error,
    unavailable: login || isCertificateProblem(driverError.message) || isTransient(error),
  });
}

function numberOf({ number, originalError }: DriverError): number | undefined {
  return number ?? originalError?.info?.number;
}

function isCertificateProblem(message: string): boolean {
  return /certificate|altnames|self[- ]signed/i.test(message);
}
