import type { Command, RedisConnection } from "./connection.ts";

/** What stands between us and the keys: one server, or those of a cluster. */
export interface Link {
  /** Connections to all servers that have keys. @throws CacheError when one cannot be reached. */
  servers(): Promise<readonly RedisConnection[]>;
  /** @returns for each command its answer or its error; a lost connection is an error of all that were not answered. */
  pipeline(commands: readonly Command[]): Promise<unknown[]>;
  /** What is still under way ends with an error. */
  close(): void;
}
