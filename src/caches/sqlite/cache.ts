import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type Cache, CacheError, type Entry } from "../cache.ts";

const BUSY_TIMEOUT_MS = 30_000;
const PUT = "INSERT OR REPLACE INTO cache (key, value, expires_at) VALUES (?, ?, ?)";
const GET = "SELECT value FROM cache WHERE key = ? AND expires_at > ?";

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
      const put = db.prepare(PUT);
      const expiresAt = this.#now() + ttlSeconds * 1000;
      inTransaction(db, () => {
        for (const { key, value } of entries) put.run(key, value, expiresAt);
      });
    });
    return entries.map(() => undefined);
  }

  async claim(key: string, value: string, ttlSeconds: number): Promise<string | undefined> {
    return this.#guarded(() => {
      const db = this.#opened();
      return inTransaction(db, () => {
        const holder = db.prepare(GET).get(key, this.#now())?.value;
        if (holder !== undefined && holder !== value) return String(holder);
        db.prepare(PUT).run(key, value, this.#now() + 1000 * ttlSeconds);
        return undefined;
      });
    });
  }

  async release(key: string, value: string): Promise<void> {
    this.#guarded(() => this.#opened().prepare("DELETE FROM cache WHERE key = ? AND value = ?").run(key, value));
  }

  async read(key: string): Promise<string | undefined> {
    if (!this.#db && !existsSync(this.#file)) throw new CacheError(`no cache at ${this.#file}`);
    return this.#guarded(() => {
      const row = this.#opened().prepare(GET).get(key, this.#now());
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

function inTransaction<Result>(db: DatabaseSync, work: () => Result): Result {
  db.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}
