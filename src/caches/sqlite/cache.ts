import { rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";
import { type Cache, CacheError, type Entry } from "../cache.ts";
import { inodeOf, openForReading, openForWriting } from "./file.ts";

const PUT = "INSERT OR REPLACE INTO cache (key, value, expires_at) VALUES (?, ?, ?)";
const GET = "SELECT value FROM cache WHERE key = ? AND expires_at > ?";

/** What is open, and which file it was when it was opened: another one may be in its place since. */
interface Opened {
  readonly db: DatabaseSync;
  readonly inode: bigint | undefined;
  readonly forWriting: boolean;
  /** The files that SQLite keeps beside it, as they were last seen. */
  beside: readonly (readonly [file: string, inode: bigint | undefined])[];
}

/** A cache in a SQLite file, for machines without a Redis. */
export class SqliteCache implements Cache {
  readonly denied = new Set<string>();
  readonly #file: string;
  readonly #inode: bigint | undefined;
  readonly #now: () => number;
  #opened: Opened | undefined;

  /**
   * @param now milliseconds since 1970, for expiry.
   * @param inode of the only file that is opened: SQLite would put the log of the file before to one that took its place.
   */
  constructor(file: string, now: () => number = Date.now, inode?: bigint) {
    this.#file = file;
    this.#now = now;
    this.#inode = inode;
  }

  fullKey(key: string): string {
    return key;
  }

  async ping(): Promise<void> {
    this.#with(true, (db) => {
      db.prepare("DELETE FROM cache WHERE expires_at <= ?").run(this.#now());
    });
  }

  /** Another process that holds the file is waited for by SQLite itself. */
  ready(): Promise<void> {
    return this.ping();
  }

  async write(entries: readonly Entry[], ttlSeconds: number): Promise<undefined[]> {
    this.#with(true, (db) => {
      const put = db.prepare(PUT);
      const expiresAt = this.#now() + ttlSeconds * 1000;
      inTransaction(db, () => {
        for (const { key, value } of entries) put.run(key, value, expiresAt);
      });
    });
    return entries.map(() => undefined);
  }

  async missing(keys: readonly string[], leastSeconds: number): Promise<string[]> {
    return this.#with(true, (db) => {
      const find = db.prepare("SELECT 1 FROM cache WHERE key = ? AND expires_at > ?");
      const until = this.#now() + 1000 * Math.max(0, leastSeconds);
      return keys.filter((key) => find.get(key, until) === undefined);
    });
  }

  async claim(key: string, value: string, ttlSeconds: number): Promise<string | undefined> {
    return this.#with(true, (db) =>
      inTransaction(db, () => {
        const holder = db.prepare(GET).get(key, this.#now())?.value;
        if (holder !== undefined && holder !== value) return String(holder);
        db.prepare(PUT).run(key, value, this.#now() + 1000 * ttlSeconds);
        return undefined;
      }),
    );
  }

  async release(key: string, value: string): Promise<void> {
    this.#with(true, (db) => db.prepare("DELETE FROM cache WHERE key = ? AND value = ?").run(key, value));
  }

  async read(key: string): Promise<string | undefined> {
    const [value] = await this.readAll([key]);
    return value;
  }

  async readAll(keys: readonly string[]): Promise<(string | undefined)[]> {
    return this.#with(false, (db) => {
      const get = db.prepare(GET);
      return keys.map((key) => {
        const row = get.get(key, this.#now());
        return row && String(row.value);
      });
    });
  }

  /** The disk limits it. */
  async capacity(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    const known = this.#opened;
    this.#opened = undefined;
    known?.db.close();
    if (known === undefined || known.inode === inodeOf(this.#file)) return;
    // SQLite leaves the log of a file that is gone, and would take it for that of the file in its place.
    for (const [file, inode] of known.beside) if (inode !== undefined && inodeOf(file) === inode) rmSync(file);
  }

  #with<Result>(forWriting: boolean, work: (db: DatabaseSync) => Result): Result {
    try {
      const result = work(this.#database(forWriting));
      this.#opened!.beside = ["-wal", "-shm"].map((end) => [`${this.#file}${end}`, inodeOf(`${this.#file}${end}`)]);
      return result;
    } catch (error) {
      if (error instanceof CacheError) throw error;
      throw new CacheError(`cache ${this.#file}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }

  #database(forWriting: boolean): DatabaseSync {
    this.#refuseAnother();
    const known = this.#opened;
    if (known && (known.forWriting || !forWriting)) return known.db;
    known?.db.close();
    this.#opened = undefined;
    const db = forWriting ? openForWriting(this.#file) : openForReading(this.#file);
    this.#opened = { db, inode: inodeOf(this.#file), forWriting, beside: [] };
    this.#refuseAnother();
    return db;
  }

  /** @throws CacheError where another file is in the place of ours. */
  #refuseAnother(): void {
    const ours = this.#inode === undefined ? this.#opened : { inode: this.#inode };
    if (ours === undefined || ours.inode === inodeOf(this.#file)) return;
    throw new CacheError(`cache ${this.#file}: the file was deleted or replaced; what was written to it is not there`);
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
