import { type Certificates, certificateSettings, readCertificates } from "../../values/certificates.ts";
import type { Given } from "../../values/given.ts";
import { durationUpTo, isHost, port, text, wholeNumber, yesOrNo } from "../../values/kinds.ts";
import { type Kind, type Setting, UsageError } from "../../values/setting.ts";

export interface SqlServerSettings {
  readonly host: string;
  /** Nothing is connected to it where there is an instance, which SQL Server Browser knows the port of. */
  readonly port: number;
  readonly instance?: string | undefined;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Longest wait for the first row of an answer, and then for each next one. */
  readonly queryTimeoutSeconds: number;
  /** How long the server may be away in the middle of a run. */
  readonly patienceSeconds: number;
  /** `strict`: TLS before anything else (TDS 8). */
  readonly encrypt: boolean | "strict";
  readonly trustServerCertificate: boolean;
  readonly certificates?: Certificates;
  /** Whether a replica of an availability group may answer. */
  readonly readOnlyIntent?: boolean;
}

const HOST = {
  env: "DB_HOST",
  description: "SQL Server's host name, with its instance if that has a name",
  ...server(),
};
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
const ENCRYPT = {
  env: "DB_ENCRYPT",
  fallback: "true",
  description: "use TLS; strict: before anything else, as SQL Server 2022 can (TDS 8)",
  ...trueFalseOrStrict(),
};
const TRUST_SERVER_CERTIFICATE = {
  env: "DB_TRUST_SERVER_CERTIFICATE",
  fallback: "false",
  description: "accept any certificate of the server",
  ...yesOrNo(),
};

const CERTIFICATES = certificateSettings("DB", "SQL Server");
const READ_ONLY_INTENT = {
  env: "DB_READ_ONLY_INTENT",
  fallback: "false",
  description: "let a secondary replica of an availability group answer",
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
  CERTIFICATES.ca,
  CERTIFICATES.cert,
  CERTIFICATES.key,
  READ_ONLY_INTENT,
];

/** How a server is told. */
export function placeOf({ host, port, instance }: Pick<SqlServerSettings, "host" | "port" | "instance">): string {
  return instance === undefined ? `${host}:${port}` : `${host}\\${instance}`;
}

/** @throws UsageError also where two settings contradict each other. */
export function readSqlServerSettings(given: Given): SqlServerSettings {
  const neededFor = "the source mssql";
  const isGiven = (setting: Setting<unknown>) => (given.raw(setting)?.by ?? "default") !== "default";
  const { host, instance } = given.required(HOST, neededFor);
  if (instance !== undefined && isGiven(PORT)) {
    throw new UsageError(
      `DB_HOST names the instance ${instance}, whose port SQL Server Browser tells, and DB_PORT a port; ` +
        `leave DB_PORT out, or set DB_HOST=${host}`,
    );
  }
  const encrypt = given.value(ENCRYPT)!;
  if (encrypt === "strict" && given.value(TRUST_SERVER_CERTIFICATE)) {
    throw new UsageError(
      "DB_TRUST_SERVER_CERTIFICATE: true is not allowed with DB_ENCRYPT=strict, which checks each certificate",
    );
  }
  const [file] = Object.values(CERTIFICATES).filter(isGiven);
  if (file && !encrypt) throw new UsageError(`${file.env} is of TLS, which DB_ENCRYPT=false switches off`);
  return {
    host,
    instance,
    port: given.value(PORT)!,
    database: given.required(NAME, neededFor),
    user: given.required(USER, neededFor),
    password: given.required(PASSWORD, neededFor),
    queryTimeoutSeconds: given.value(QUERY_TIMEOUT)!,
    patienceSeconds: given.value(PATIENCE)!,
    encrypt,
    trustServerCertificate: given.value(TRUST_SERVER_CERTIFICATE)!,
    certificates: readCertificates(given, CERTIFICATES),
    readOnlyIntent: given.value(READ_ONLY_INTENT)!,
  };
}

function server(): Kind<{ readonly host: string; readonly instance: string | undefined }> {
  return {
    placeholder: "HOST[\\INSTANCE]",
    allowed: "a name or an address, and after a backslash the name of an instance; a port goes into DB_PORT",
    parse: (value) => {
      const [, host, instance] = /^([^\\]+)(?:\\([^\\\s,]+))?$/.exec(value) ?? [];
      return host === undefined || !isHost(host) ? undefined : { host, instance };
    },
  };
}

function trueFalseOrStrict(): Kind<boolean | "strict"> {
  const { parse } = yesOrNo();
  return {
    placeholder: "true|false|strict",
    allowed: "true, false or strict",
    parse: (value) => (value === "strict" ? value : parse(value)),
  };
}
