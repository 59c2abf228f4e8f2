import { SourceError } from "../source.ts";
import { placeOf, type SqlServerSettings } from "./settings.ts";

/** What a server says in place of an answer, [MS-TDS] 2.2.7.10. */
export interface ServerMessage {
  readonly message: string;
  readonly number: number;
  readonly state: number;
  /** Severity: from 20 on the connection is over. */
  readonly class: number;
}

/** A server let nobody in, and said why. */
export class LoginRefusal extends Error implements ServerMessage {
  readonly number: number;
  readonly state: number;
  readonly class: number;

  /** @param said at least one message, in the order in which they came: the cause comes first, that the login failed last. */
  constructor(said: readonly ServerMessage[]) {
    const cause = said.find(({ number }) => number !== LOGIN_FAILED) ?? said[0]!;
    super(cause.message);
    this.number = cause.number;
    this.state = cause.state;
    this.class = cause.class;
  }
}

/** The server may be another one, or would be told the password in the clear: it was told nothing. */
export class UnsafeServer extends Error {}

const LOGIN_FAILED = 18456;
/** States of a failed login while the server starts, recovers a database or shuts down. */
const STATES_OF_RESTART = new Set([16, 23, 38]);
/** The server or the database is away for a while: shutdown, recovery, restore, failover, upgrade, throttling. */
const AWAY_NUMBERS = new Set([
  ...[596, 921, 922, 927, 976, 978, 982, 983, 988, 6005, 17142, 18401],
  ...[10928, 10929, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920],
]);
const LEAST_FATAL_CLASS = 20;
/** Fatal as they are, they tell of a damaged page: other products can be read. */
const DAMAGE_NUMBERS = new Set([605, 823, 824, 825, 5242, 5243]);
/** The same statement may succeed at once: memory, deadlock, lock timeout, a connection that broke. */
const REPEATABLE_NUMBERS = new Set([64, 233, 701, 1204, 1205, 1222, 8645, 8651, 10053, 10054, 10060]);
/** Codes of the driver: what it was told is wrong, or it was told nothing. */
const PERMANENT_CODES = new Set(["EARGS", "EENCRYPT", "EINJECT", "ELOGIN", "ETDS", "EINTERFACENOTSUPP"]);

const HINTS: Readonly<Record<number, string>> = {
  207: "a column that the queries need is missing",
  208: "a table that the queries need is missing",
  229: "the user may not read a table that the queries need",
  916: "the user has no access to DB_NAME",
  927: "the database of DB_NAME is being restored",
  4060: "check DB_NAME and the user's access to it",
  18456: "check DB_USER and DB_PASSWORD",
  18470: "the login of DB_USER is disabled",
  18486: "the login of DB_USER is locked: unlock it",
  18487: "the password has expired: set a new one, and DB_PASSWORD",
  18488: "the password must be changed: set a new one, and DB_PASSWORD",
  40532: "check DB_HOST and DB_USER",
  40615: "let this machine's address through the server's firewall",
};
const RESTARTS = "it starts, recovers or shuts down";
const NAME_HINT = "name the server in DB_HOST as its certificate does";
const AUTHORITY_HINT = "install its certificate authority on this machine, or name its file in DB_CA";
/** With TLS before anything else each certificate is checked. */
const TRUST_HINT = ", or set DB_TRUST_SERVER_CERTIFICATE=true";
const OTHER_AUTHORITY_HINT = "DB_CA has another certificate authority than its own";
const BROWSER_HINT =
  "does SQL Server Browser run there, and does UDP port 1434 get through? Or set DB_PORT to the port of the instance, and DB_HOST " +
  "without it";
const INSTANCE_HINT = "there is no such instance, or it does not listen on TCP: check DB_HOST";
const STRICT_HINT = "does the server know TDS 8? DB_ENCRYPT=true is for those that do not";

/** The driver's errors hold a code where a server's have a number. */
interface DriverError extends Partial<Omit<ServerMessage, "message" | "number">> {
  readonly name?: string;
  readonly message: string;
  readonly code?: string;
  readonly number?: number | string;
}

/**
 * Whether the same read may succeed later: `again` soon, `away` once the server is back, which may take minutes.
 *
 * @returns nothing where it would fail for ever.
 */
export function passing(error: unknown): "again" | "away" | undefined {
  if (error instanceof SourceError || error instanceof UnsafeServer) return undefined;
  const { name, message, code, state = 0, class: severity = 0 } = error as DriverError;
  const number = numberOf(error);
  if (number !== undefined) {
    if (number === LOGIN_FAILED) return STATES_OF_RESTART.has(state) ? "away" : undefined;
    if (DAMAGE_NUMBERS.has(number)) return undefined;
    if (AWAY_NUMBERS.has(number) || severity >= LEAST_FATAL_CLASS) return "away";
    return REPEATABLE_NUMBERS.has(number) ? "again" : undefined;
  }
  if (isCertificateProblem(message) || (code !== undefined && PERMANENT_CODES.has(code))) return undefined;
  // Something between the server and us went wrong.
  return name === "ConnectionError" ? "away" : "again";
}

/**
 * One line for whoever runs the program: which server, what it said, what to look at. Never holds the password.
 *
 * @param waitedSeconds for the server to come back.
 */
export function sourceError(
  error: unknown,
  settings: Pick<SqlServerSettings, "host" | "port" | "instance"> & Partial<SqlServerSettings>,
  waitedSeconds = 0,
): SourceError {
  if (error instanceof SourceError) return error;
  const { message, state, code } = error as DriverError;
  const number = numberOf(error);
  const isUnsafe = error instanceof UnsafeServer || (number === undefined && isCertificateProblem(message));
  const passes = passing(error);
  const words = message.replace(/Could not connect \((sequence|parallel)\)/, (text) => reasonsIn(error) ?? text);
  const said = number === undefined ? "" : `error ${number}, state ${state ?? 0}: `;
  const hints = [hintFor(error as DriverError, settings), waitedSeconds > 0 ? waitedFor(waitedSeconds) : undefined];
  const hint = hints.filter((part) => part !== undefined).join("; ");
  const text = `${said}${words}`.replaceAll(/\s+/g, " ").trim();
  return new SourceError(`SQL Server ${placeOf(settings)}: ${text}${hint ? ` (${hint})` : ""}`, {
    cause: error,
    // A statement that a server refuses may be another one's victim, or wrong for one product.
    unavailable:
      isUnsafe ||
      error instanceof LoginRefusal ||
      passes === "away" ||
      (number === undefined && (passes === "again" || PERMANENT_CODES.has(code ?? ""))),
  });
}

function hintFor(
  error: DriverError,
  { encrypt, certificates, instance }: Partial<SqlServerSettings>,
): string | undefined {
  const { message, state = 0, code } = error;
  const number = numberOf(error);
  if (number === LOGIN_FAILED && STATES_OF_RESTART.has(state)) return RESTARTS;
  if (number !== undefined) return HINTS[number];
  if (code === "EENCRYPT") return "set DB_ENCRYPT=true";
  if (code === "ELOGIN") return HINTS[LOGIN_FAILED];
  // Where it says nothing, the driver's limit for a connection may be over before that for an answer.
  if (code === "ETIMEOUT" && instance !== undefined && message.includes(`\\${instance}`)) return BROWSER_HINT;
  if (code === "EINSTLOOKUP") return /not found in/.test(message) ? INSTANCE_HINT : BROWSER_HINT;
  const trust = encrypt === "strict" ? "" : TRUST_HINT;
  if (/does not match certificate/.test(message)) return `${NAME_HINT}${trust}`;
  if (isCertificateProblem(message)) {
    return certificates?.ca === undefined ? `${AUTHORITY_HINT}${trust}` : OTHER_AUTHORITY_HINT;
  }
  const breaksOff = /ECONNRESET|socket hang up|disconnected before secure|wrong.version.number|EPROTO/i.test(message);
  return encrypt === "strict" && breaksOff ? STRICT_HINT : undefined;
}

/** Why none of a name's addresses could be connected to, which the driver keeps to itself. */
function reasonsIn(error: unknown): string | undefined {
  if (error instanceof AggregateError) return error.errors.map(({ message }: Error) => message).join(", ");
  const { originalError, cause = originalError } = (error ?? {}) as { originalError?: unknown; cause?: unknown };
  return cause === undefined ? undefined : reasonsIn(cause);
}

/** @returns nothing where no server has a say. */
export function numberOf(error: unknown): number | undefined {
  const { number } = error as DriverError;
  return typeof number === "number" ? number : undefined;
}

function waitedFor(seconds: number): string {
  return `waited for ${Math.round(seconds)} s, as FORECAST_PATIENCE says`;
}

function isCertificateProblem(message: string): boolean {
  return /certificate|altnames|self[- ]signed/i.test(message);
}
