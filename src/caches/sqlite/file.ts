import { existsSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { CacheError } from "../cache.ts";

const BUSY_TIMEOUT_MS = 30_000;

/** "FCST": the number by which SQLite, and file(1), know a file as one of this program. */
const APPLICATION_ID = 0x46435354;

/**
 * Opens a cache and leaves the file as it is.
 *
 * @throws CacheError when there is none, or the file is another database.
 */
export function openForReading(file: string): DatabaseSync {
  if (!existsSync(file)) throw new CacheError(`no cache at ${file}`);
  return opened(file, true, (db) => {
    try {
      if (isCache(db)) return;
    } catch (error) {
      const { message } = error as Error;
      const hint = /readonly/.test(message) ? "; its folder must be writable, as SQLite keeps files beside it" : "";
      throw new Error(`${message}${hint}`, { cause: error });
    }
    throw notACache(file);
  });
}

/**
 * Opens a cache, or makes one where there is no file or an empty one. A cache of an earlier version, which was not yet
 * marked as one, is marked.
 *
 * @throws CacheError when the file is another database.
 */
export function openForWriting(file: string): DatabaseSync {
  return opened(file, false, (db) => {
    if (!isMarked(db)) {
      db.exec("BEGIN IMMEDIATE");
      if (!isCache(db)) {
        if (tablesOf(db).length > 0 || applicationOf(db) !== 0) throw notACache(file);
        db.exec("CREATE TABLE cache (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires_at INTEGER NOT NULL)");
      }
      db.exec(`PRAGMA application_id = ${APPLICATION_ID}; COMMIT`);
    }
    db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
  });
}

/** What tells a file from another one that takes its place; nothing where there is none. */
export function inodeOf(file: string): bigint | undefined {
  return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}

function opened(file: string, readOnly: boolean, prepare: (db: DatabaseSync) => void): DatabaseSync {
  const db = new DatabaseSync(file, { readOnly });
  try {
    db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    prepare(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function isCache(db: DatabaseSync): boolean {
  if (isMarked(db)) return true;
  const columns = db.prepare("SELECT name FROM pragma_table_info('cache')").all();
  const isOurTable = columns.map(({ name }) => name).join() === "key,value,expires_at";
  return applicationOf(db) === 0 && isOurTable && tablesOf(db).length === 1;
}

function isMarked(db: DatabaseSync): boolean {
  return applicationOf(db) === APPLICATION_ID;
}

function applicationOf(db: DatabaseSync): number {
  return Number(db.prepare("PRAGMA application_id").get()?.application_id);
}

/** Without those of SQLite itself, such as of ANALYZE. */
function tablesOf(db: DatabaseSync): unknown[] {
  return db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").all();
}

function notACache(file: string): CacheError {
  return new CacheError(
    `${file} is a SQLite database, but no cache of this program: nothing was changed in it (FORECAST_CACHE)`,
  );
}
