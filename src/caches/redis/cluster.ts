import { CacheError } from "../cache.ts";
import type { Access } from "./access.ts";
import { shown, type TcpAddress } from "./address.ts";
import { type Command, RedisConnection } from "./connection.ts";
import { slotOf } from "./key-slot.ts";
import type { Link } from "./link.ts";

/** Slots from `first` to `last` that one node has. */
interface Range {
  readonly first: number;
  readonly last: number;
  readonly node: string;
}

/**
 * A Redis Cluster as it is when it is opened: which node has which keys is asked once. Where a key has moved since, or a node is
 * gone, commands fail for a passing reason, after which the cluster is to be opened anew.
 */
export class RedisCluster implements Link {
  readonly #access: Access;
  readonly #ranges: readonly Range[];
  readonly #addresses: ReadonlyMap<string, TcpAddress>;
  readonly #connections = new Map<string, Promise<RedisConnection>>();
  #isClosed = false;

  private constructor(access: Access, nodes: readonly (readonly [first: number, last: number, address: TcpAddress])[]) {
    this.#access = access;
    this.#ranges = nodes.map(([first, last, address]) => ({ first, last, node: shown(address) }));
    this.#addresses = new Map(nodes.map(([, , address]) => [shown(address), address]));
  }

  /**
   * @param known nodes, of which the first that answers tells of all.
   * @throws CacheError when none answers, or is one of a cluster.
   */
  static async open(known: readonly TcpAddress[], access: Access): Promise<RedisCluster> {
    let last: unknown;
    for (const address of known) {
      try {
        const connection = await RedisConnection.open(address, access);
        const answer = await connection.command("cluster", "slots").finally(() => connection.close());
        const nodes = nodesIn(answer, address);
        if (nodes.length > 0) return new RedisCluster(access, nodes);
        last = new CacheError(`Redis ${shown(address)}: the cluster has no slots yet`, { passing: true });
      } catch (error) {
        last = error;
        const isOther = error instanceof CacheError && /cluster support disabled|unknown command/.test(error.message);
        if (isOther) throw new CacheError(`${error.message} (it is no node of a cluster: REDIS_CLUSTER)`);
      }
    }
    throw last;
  }

  servers(): Promise<readonly RedisConnection[]> {
    return Promise.all([...this.#addresses.keys()].map((node) => this.#connected(node)));
  }

  async pipeline(commands: readonly Command[]): Promise<unknown[]> {
    const answers: unknown[] = new Array(commands.length);
    const byNode = Map.groupBy(commands.keys(), (i) => this.#nodeOf(String(commands[i]![1])));
    await Promise.all(
      Array.from(byNode, async ([node, places]) => {
        const own = await this.#answersOf(
          node,
          places.map((i) => commands[i]!),
        );
        for (const [i, place] of places.entries()) answers[place] = own[i];
      }),
    );
    return answers;
  }

  close(): void {
    this.#isClosed = true;
    for (const connection of this.#connections.values()) connection.then((opened) => opened.close()).catch(() => {});
  }

  async #answersOf(node: string | undefined, commands: readonly Command[]): Promise<unknown[]> {
    try {
      if (node === undefined) throw new CacheError("Redis: a node of the cluster is missing", { passing: true });
      return await (await this.#connected(node)).pipeline(commands);
    } catch (error) {
      return commands.map(() => error);
    }
  }

  #nodeOf(key: string): string | undefined {
    const slot = slotOf(key);
    return this.#ranges.find(({ first, last }) => slot >= first && slot <= last)?.node;
  }

  #connected(node: string): Promise<RedisConnection> {
    const known = this.#connections.get(node);
    if (known) return known;
    if (this.#isClosed) throw new CacheError("Redis: the connection was closed", { passing: true });
    const connection = RedisConnection.open(this.#addresses.get(node)!, this.#access);
    this.#connections.set(node, connection);
    return connection;
  }
}

/** What CLUSTER SLOTS tells of masters; a node without a name is that which was asked. */
function nodesIn(answer: unknown, asked: TcpAddress): [first: number, last: number, address: TcpAddress][] {
  return (answer as [number, number, [host: string | null, port: number]][]).map(([first, last, [host, port]]) => [
    first,
    last,
    { host: host || asked.host, port },
  ]);
}
