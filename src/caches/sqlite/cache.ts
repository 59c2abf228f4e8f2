import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type Cache, CacheError, type Entry } from "../cache.ts";

const BUSY_TIMEOUT_MS = 30_000;

/** A cache in a SQLite file, for machines without a Redis. */
export class SqliteCache implements Cache {
  readonly #file: string;
  readonly #now: () => number;
  #db: DatabaseSync | undefined;

  /** @param now milliseconds since 1970, for expiry. */
  constructor(file: string, now: () => number = Date.now) {
    this.#file = file;
    this.#now = now;
  }

  async ping(): Promise<void> {
    this.#guarded(() => {
      const db = this.#opened();
      db.prepare("DELETE FROM cache WHERE expires_at <= ?").run(this.#now());
    });
  }

  async write(entries: readonly Entry[], ttlSeconds: number): Promise<undefined[]> {
    this.#guarded(() => {
      const db = this.#opened();
      const put = db.prepare("INSERT OR REPLACE INTO cache (key, value, expires_at) VALUES (?, ?, ?)");
      const expiresAt = this.#now() + ttlSeconds * 1000;
      db.exec("BEGIN IMMEDIATE");
      try {
        for (const { key, value } of entries) put.run(key, value, expiresAt);
        db.exec("COMMIT");
      } catch (error) {
        if (db.isTransaction) db.exec("ROLLBACK");
        throw error;
      }
    });
    return entries.map(() => undefined);
  }

  async read(key: string): Promise<string | undefined> {
    if (!this.#db && !existsSync(this.#file)) throw new CacheError(`no cache at ${this.#file}`);
    return this.#guarded(() => {
      const row = this.#opened()
        .prepare("SELECT value FROM cache WHERE key = ? AND expires_at > ?")
        .get(key, this.#now());
      return row && String(row.value);
    });
  }

  async close(): Promise<void> {
    this.#db?.close();
    this.#db = undefined;
  }

  #opened(): DatabaseSync {
    if (!this.#db) {
      const db = new DatabaseSync(this.#file);
      db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
      db.exec("PRAGMA journal_mode = WAL");
      db.exec("PRAGMA synchronous = NORMAL");
      db.exec(
        "CREATE TABLE IF NOT EXISTS cache (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL)",
      );
      this.#db = db;
    }
    return this.#db;
  }

  #guarded<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw new CacheError(`cache ${this.#file}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
}
