import { type Certificates, certificateSettings, readCertificates } from "../../values/certificates.ts";
import type { Given } from "../../values/given.ts";
import { isHost, port, text, wholeNumber, yesOrNo } from "../../values/kinds.ts";
import { keepSecret } from "../../values/secrets.ts";
import { type Setting, UsageError } from "../../values/setting.ts";
import { addresses, redisUrl, type TcpAddress, type UrlParts } from "./address.ts";

export interface RedisSettings {
  readonly host: string;
  readonly port: number;
  /** Socket of this machine, in place of host and port. */
  readonly path?: string | undefined;
  /** Who knows where the master is, in place of host and port. */
  readonly sentinels?: Sentinels | undefined;
  /** Some nodes of a cluster, in place of host and port. */
  readonly cluster?: readonly TcpAddress[] | undefined;
  readonly database: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
  readonly certificates?: Certificates;
  /** Longest time that is spent, in all, on waiting for a Redis that is away or busy. */
  readonly patienceSeconds: number;
  /** Of keys that the user may read; nothing where it is the usual one. */
  readonly keyPrefix?: string | undefined;
}

export interface Sentinels {
  readonly addresses: readonly TcpAddress[];
  readonly master: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
}

const NAMED = text("NAME");
const SECRET = { secret: true, ...text("PASSWORD") };

const URL_OF_REDIS = {
  env: "REDIS_URL",
  secret: true,
  description: "Redis in one line, in place of host, port, database, user, password and TLS",
  ...redisUrl(),
};
const HOST = {
  env: "REDIS_HOST",
  fallback: "127.0.0.1",
  description: "host of Redis",
  placeholder: "HOST",
  allowed: "a name or an address; a port goes into REDIS_PORT, a URL or a socket into REDIS_URL",
  parse: (value: string) => (isHost(value) ? value : undefined),
};
const PORT = { env: "REDIS_PORT", fallback: "6379", description: "port of Redis", ...port() };
const SENTINELS = {
  env: "REDIS_SENTINELS",
  description: "Sentinels that know where the master is, in place of its host",
  ...addresses(26_379),
};
const MASTER = {
  env: "REDIS_SENTINEL_MASTER",
  fallback: "mymaster",
  description: "name of the master that the Sentinels watch",
  ...NAMED,
};
const SENTINEL_USERNAME = { env: "REDIS_SENTINEL_USERNAME", description: "user of the Sentinels", ...NAMED };
const SENTINEL_PASSWORD = { env: "REDIS_SENTINEL_PASSWORD", description: "password of the Sentinels", ...SECRET };
const CLUSTER = {
  env: "REDIS_CLUSTER",
  description: "some nodes of a Redis Cluster, in place of a host; the others are found",
  ...addresses(6379),
};
const DATABASE = {
  env: "REDIS_DB",
  fallback: "0",
  description: "number of the database",
  ...wholeNumber(0, 1_000_000),
};
const USERNAME = { env: "REDIS_USERNAME", description: "user of Redis", ...NAMED };
const PASSWORD = { env: "REDIS_PASSWORD", description: "password of Redis", ...SECRET };
const TLS = { env: "REDIS_TLS", fallback: "false", description: "use TLS", ...yesOrNo() };
const CERTIFICATES = certificateSettings("REDIS", "Redis");
const PATIENCE = {
  env: "REDIS_PATIENCE",
  fallback: "60",
  description: "seconds that a run waits for a Redis that is away, loading or failing over",
  ...wholeNumber(0, 3600),
};

export const REDIS_SETTINGS: readonly Setting<unknown>[] = [
  ...[HOST, PORT, DATABASE, USERNAME, PASSWORD, TLS, CERTIFICATES.ca, CERTIFICATES.cert, CERTIFICATES.key],
  ...[URL_OF_REDIS, SENTINELS, MASTER, SENTINEL_USERNAME, SENTINEL_PASSWORD, CLUSTER, PATIENCE],
];

/** Each says where Redis is; the first ones of two or more kinds would be left out without a word. */
const PLACES = [[URL_OF_REDIS], [HOST, PORT], [SENTINELS], [CLUSTER]];

/** @throws UsageError also where two settings contradict each other. */
export function readRedisSettings(given: Given): RedisSettings {
  const isGiven = (setting: Setting<unknown>) => (given.raw(setting)?.by ?? "default") !== "default";
  const named = PLACES.flatMap((settings) => settings.filter(isGiven).slice(0, 1));
  if (named.length > 1) {
    throw new UsageError(
      `${named.map(({ env }) => env).join(" and ")} each say where Redis is; only one of them is to be set`,
    );
  }
  const url = given.value(URL_OF_REDIS);
  if (url?.password !== undefined) keepSecret(url.password);
  const twice = url && twiceSaid(url).find(isGiven);
  if (twice) throw new UsageError(`REDIS_URL and ${twice.env} say the same; only one of them is to say it`);
  const cluster = given.value(CLUSTER);
  const database = url?.database ?? given.value(DATABASE)!;
  if (cluster && database !== 0)
    throw new UsageError(`REDIS_DB: ${database} is not allowed; a cluster has database 0 alone`);
  const tls = url?.tls || given.value(TLS)!;
  const certificates = readCertificates(given, CERTIFICATES);
  const [file] = Object.values(CERTIFICATES).filter(isGiven);
  if (file && !tls) throw new UsageError(`${file.env} is of TLS, which is not used (REDIS_TLS=true)`);
  const sentinels = sentinelsIn(given);
  const [ofSentinels] = [MASTER, SENTINEL_USERNAME, SENTINEL_PASSWORD].filter(
    (setting) => given.raw(setting)?.by === "environment",
  );
  if (ofSentinels && !sentinels)
    throw new UsageError(`${ofSentinels.env} is of Sentinels, of which none are named (REDIS_SENTINELS)`);
  return {
    host: url && "host" in url.address ? url.address.host : given.value(HOST)!,
    port: url && "port" in url.address ? url.address.port : given.value(PORT)!,
    path: url && "path" in url.address ? url.address.path : undefined,
    sentinels,
    cluster,
    database,
    username: url?.username ?? given.value(USERNAME),
    password: url?.password ?? given.value(PASSWORD),
    tls,
    certificates,
    patienceSeconds: given.value(PATIENCE)!,
  };
}

/** What the URL has said. */
function twiceSaid({ tls, username, password, database }: UrlParts): (Setting<unknown> & { readonly env: string })[] {
  return [
    ...(tls ? [TLS] : []),
    ...(username === undefined ? [] : [USERNAME]),
    ...(password === undefined ? [] : [PASSWORD]),
    ...(database === undefined ? [] : [DATABASE]),
  ];
}

function sentinelsIn(given: Given): Sentinels | undefined {
  const addresses = given.value(SENTINELS);
  return (
    addresses && {
      addresses,
      master: given.value(MASTER)!,
      username: given.value(SENTINEL_USERNAME),
      password: given.value(SENTINEL_PASSWORD),
    }
  );
}
