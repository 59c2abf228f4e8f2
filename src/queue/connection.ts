import { Redis } from "ioredis";
import type { RedisSettings } from "../caches/redis/settings.ts";

/** Before every key of the queue; what stands in braces keeps them on one node of a cluster. */
export const PREFIX = "{forecast:}queue";

const LONGEST_DELAY_MS = 2000;

/** Told in one line each that Redis is waited for, and that it is back. */
export type Waits = (words: string) => void;

/** A connection as BullMQ needs it: what is asked while Redis is away is asked again once it is back. */
export function openConnection(settings: RedisSettings, waits: Waits): Redis {
  const { host, port, database, username, password, tls } = settings;
  const connection = new Redis({
    host,
    port,
    db: database,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
    protocol: 2,
    disableClientInfo: true,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(200 * times, LONGEST_DELAY_MS),
  });
  let isAway = false;
  connection.on("error", ({ message }) => {
    if (!isAway) waits(`the queue is waited for: Redis ${host}:${port}: ${message}`);
    isAway = true;
  });
  connection.on("ready", () => {
    if (isAway) waits(`the queue is back: Redis ${host}:${port}`);
    isAway = false;
  });
  return connection;
}
