import type { Given } from "../../values/given.ts";
import { port, text, wholeNumber, yesOrNo } from "../../values/kinds.ts";
import type { Setting } from "../../values/setting.ts";

export interface RedisSettings {
  readonly host: string;
  readonly port: number;
  readonly database: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly tls: boolean;
  /** Longest time that is spent, in all, on waiting for a Redis that is away or busy. */
  readonly patienceSeconds: number;
}

const HOST = { env: "REDIS_HOST", fallback: "127.0.0.1", description: "host of Redis", ...text("HOST") };
const PORT = { env: "REDIS_PORT", fallback: "6379", description: "port of Redis", ...port() };
const DATABASE = {
  env: "REDIS_DB",
  fallback: "0",
  description: "number of the database",
  ...wholeNumber(0, 1_000_000),
};
const USERNAME = { env: "REDIS_USERNAME", description: "user of Redis", ...text("NAME") };
const PASSWORD = { env: "REDIS_PASSWORD", secret: true, description: "password of Redis", ...text("PASSWORD") };
const TLS = { env: "REDIS_TLS", fallback: "false", description: "use TLS", ...yesOrNo() };
const PATIENCE = {
  env: "REDIS_PATIENCE",
  fallback: "60",
  description: "seconds that a run waits for a Redis that is away, loading or failing over",
  ...wholeNumber(0, 3600),
};

export const REDIS_SETTINGS: readonly Setting<unknown>[] = [HOST, PORT, DATABASE, USERNAME, PASSWORD, TLS, PATIENCE];

export function readRedisSettings(given: Given): RedisSettings {
  return {
    host: given.value(HOST)!,
    port: given.value(PORT)!,
    database: given.value(DATABASE)!,
    username: given.value(USERNAME),
    password: given.value(PASSWORD),
    tls: given.value(TLS)!,
    patienceSeconds: given.value(PATIENCE)!,
  };
}
