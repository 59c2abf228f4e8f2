import { Cluster, Redis } from "ioredis";
import { USUAL_PREFIX } from "../caches/cache.ts";
import { REDIS } from "../caches/redis/description.ts";
import type { RedisSettings, Sentinels } from "../caches/redis/settings.ts";

/** Before every key of the queue; what stands in braces keeps them on one node of a cluster. */
export function prefixOf({ keyPrefix = USUAL_PREFIX }: RedisSettings): string {
  return `{${keyPrefix}}queue`;
}

/** How the queue is told: the same by its runs and its workers, so that a difference shows. */
export function placeOf(settings: RedisSettings): string {
  return `the queue ${prefixOf(settings)} in Redis ${REDIS.place(settings)}`;
}

/** What Redis refuses as an error of the queue, in one line; another error as it is. */
export function queueError(error: Error, settings: RedisSettings): Error {
  if (error.name !== "ReplyError") return error;
  const rights = `a user of the queue needs '~{${settings.keyPrefix ?? USUAL_PREFIX}}*' +@all -@admin -@dangerous +info`;
  const hint = /NOPERM|The user executing the script/.test(error.message) ? ` (${rights})` : "";
  return new Error(`${placeOf(settings)}: ${error.message}${hint}`, { cause: error });
}

const LONGEST_DELAY_MS = 2000;

/** Until a replica has taken the place of a master that is lost, nodes of a cluster go on naming that master. */
const FAILOVER = {
  maxRedirections: Number.POSITIVE_INFINITY,
  ...{ retryDelayOnFailover: 200, retryDelayOnClusterDown: 200, retryDelayOnMoved: 100, retryDelayOnTryAgain: 200 },
};

/** Told in one line each that Redis is waited for, and that it is back. */
export type Waits = (words: string) => void;

/** A connection as BullMQ needs it: what is asked while Redis is away is asked again once it is back. */
export function openConnection(settings: RedisSettings, waits: Waits): Redis | Cluster {
  const { host, port, path, sentinels, cluster, database, username, password, tls, certificates } = settings;
  const access = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(tls ? { tls: { ...certificates } } : {}),
    protocol: 2,
    disableClientInfo: true,
    maxRetriesPerRequest: null,
  } as const;
  const retryStrategy = (times: number) => Math.min(200 * times, LONGEST_DELAY_MS);
  const connection = cluster
    ? new Cluster([...cluster], { clusterRetryStrategy: retryStrategy, redisOptions: access, ...FAILOVER })
    : new Redis({
        ...access,
        ...(sentinels ? masterOf(sentinels, access) : path ? { path } : { host, port }),
        db: database,
        retryStrategy,
      });
  const place = placeOf(settings);
  let isAway = false;
  connection.on("error", ({ message }) => {
    if (!isAway) waits(`${place} is waited for: ${message}`);
    isAway = true;
  });
  connection.on("ready", () => {
    if (isAway) waits(`${place} is back`);
    isAway = false;
  });
  return connection;
}

function masterOf({ addresses, master, username, password }: Sentinels, { tls }: { readonly tls?: object }) {
  return {
    sentinels: [...addresses],
    name: master,
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(tls ? { enableTLSForSentinelMode: true, sentinelTLS: tls } : {}),
  };
}
