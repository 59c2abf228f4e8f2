import { CacheError } from "../cache.ts";
import { clusterHint } from "./access.ts";
import { type Address, shown, type TcpAddress } from "./address.ts";
import { RedisCluster } from "./cluster.ts";
import { type Command, RedisConnection } from "./connection.ts";
import type { Link } from "./link.ts";
import type { RedisSettings, Sentinels } from "./settings.ts";

/** No cluster of two masters has so many keys at one of them but by a chance of one in a million. */
const KEYS_TO_TRY = 20;

/** @throws CacheError when Redis does not answer, or does not let us in or into the database. */
export async function openLink(settings: RedisSettings): Promise<Link> {
  const { sentinels, cluster } = settings;
  if (cluster) return RedisCluster.open(cluster, { ...settings, as: "node" });
  const address = sentinels ? await masterOf(sentinels, settings) : addressOf(settings);
  return new SingleServer(await RedisConnection.open(address, { ...settings, as: "server" }));
}

export function addressOf({ path, host, port }: RedisSettings): Address {
  return path === undefined ? { host, port } : { path };
}

class SingleServer implements Link {
  readonly #connection: RedisConnection;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  async servers(): Promise<readonly RedisConnection[]> {
    return [this.#connection];
  }

  pipeline(commands: readonly Command[]): Promise<unknown[]> {
    return this.#connection.pipeline(commands);
  }

  close(): void {
    this.#connection.close();
  }
}

/**
 * Where the master is by the first Sentinel that answers.
 *
 * @throws CacheError when none answers, or none knows the master.
 */
async function masterOf({ addresses, master, ...login }: Sentinels, settings: RedisSettings): Promise<TcpAddress> {
  let last: unknown;
  for (const address of addresses) {
    try {
      const sentinel = await RedisConnection.open(address, { ...settings, ...login, database: 0, as: "sentinel" });
      try {
        const answer = await sentinel.command("sentinel", "get-master-addr-by-name", master);
        if (answer === null) throw await unknownMaster(sentinel, master);
        const [host, port] = answer as [string, string];
        return { host, port: Number(port) };
      } finally {
        sentinel.close();
      }
    } catch (error) {
      last = error;
      if (error instanceof CacheError && error.denied) {
        throw new CacheError(`${error.message} (it is no Sentinel: REDIS_SENTINELS)`);
      }
    }
  }
  throw last;
}

async function unknownMaster(sentinel: RedisConnection, master: string): Promise<CacheError> {
  const watched = (await mastersOf(sentinel)).join(", ") || "none";
  return new CacheError(
    `Sentinel ${shown(sentinel.address)}: it watches no master ${master}, but ${watched} (REDIS_SENTINEL_MASTER)`,
  );
}

async function mastersOf(sentinel: RedisConnection): Promise<string[]> {
  const masters = (await sentinel.command("sentinel", "masters")) as string[][];
  return masters.map((fields) => fields[fields.indexOf("name") + 1]!);
}

/**
 * Says so where what was named as a Redis by itself is a node of a cluster or a Sentinel, which take no documents.
 *
 * @param prefix of keys that may be read.
 * @throws CacheError naming the setting for it.
 */
export async function assertByItself(connection: RedisConnection, prefix: string): Promise<void> {
  const keys = Array.from({ length: KEYS_TO_TRY }, (_, i): Command => ["get", `${prefix}metadata:nothing:${i}`]);
  const errors = (await connection.pipeline(keys)).filter((answer) => answer instanceof CacheError);
  const { address } = connection;
  if (errors.some(({ message }) => message.includes(": MOVED "))) {
    throw new CacheError(`Redis ${shown(address)}: ${clusterHint(address)}`);
  }
  if (!errors.some(({ denied }) => denied)) return;
  const masters = await mastersOf(connection).catch(() => undefined);
  if (!masters) return;
  const [name = "NAME"] = masters;
  throw new CacheError(
    `Redis ${shown(address)}: it is a Sentinel: set REDIS_SENTINELS=${shown(address)} and REDIS_SENTINEL_MASTER=${name} ` +
      "in place of REDIS_HOST, REDIS_PORT or REDIS_URL",
  );
}
