import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { makeOwn, runtimeFolder } from "../settings/own-folder.ts";
import { checkedLockFile, isInPlace, LOCK_ID } from "./lock-file.ts";

/** Another instance is running: exit code 75. */
export class LockHeldError extends Error {
  override readonly name = "LockHeldError";
}

export interface Lock {
  /** Tells the lock's file from any other of this machine, also from a later one at its place. */
  readonly identity: string;
  release(): void;
}

const WAIT_FOR_HOLDER_MS = 1000;
const TRIES = 5;

/**
 * Takes the lock of this machine: a write transaction on a small SQLite file, which the kernel ends when the process
 * dies, however it dies. Who holds it stands in the file, committed before, so that others can read it.
 *
 * @throws LockHeldError naming the holder; Error when the file cannot be used.
 */
export function acquireLock(file: string, startedAt: string): Lock {
  const { db, identity } = opened(file);
  try {
    // Between writing our name and locking for good another process may come first: then it is asked again.
    for (let tries = 0; tries < TRIES; tries++) {
      db.exec("BEGIN IMMEDIATE");
      db.exec(`PRAGMA application_id = ${LOCK_ID}`);
      db.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER, started_at TEXT)");
      db.exec("DELETE FROM holder");
      db.prepare("INSERT INTO holder VALUES (?, ?)").run(process.pid, startedAt);
      db.exec("COMMIT");
      db.exec("BEGIN IMMEDIATE");
      if (db.prepare("SELECT pid FROM holder").get()?.pid === process.pid) {
        return { identity, release: () => db.close() };
      }
      db.exec("ROLLBACK");
    }
    throw new LockHeldError(`other instances keep taking the lock ${file}`);
  } catch (error) {
    const failure = isBusy(error) ? held(db, file) : error instanceof LockHeldError ? error : unusable(file, error);
    db.close();
    throw failure;
  }
}

function opened(file: string): { db: DatabaseSync; identity: string } {
  try {
    if (dirname(file) === runtimeFolder()) makeOwn(runtimeFolder());
    const identity = checkedLockFile(file);
    const db = new DatabaseSync(file);
    db.exec("PRAGMA busy_timeout = 0");
    if (isInPlace(file, identity)) return { db, identity };
    db.close();
    throw new Error("it was replaced just now");
  } catch (error) {
    throw unusable(file, error);
  }
}

function held(db: DatabaseSync, file: string): LockHeldError {
  let holder = "another instance";
  try {
    db.exec(`PRAGMA busy_timeout = ${WAIT_FOR_HOLDER_MS}`);
    const row = db.prepare("SELECT pid, started_at FROM holder").get();
    if (row) holder = `another instance, pid ${row.pid}, started ${row.started_at},`;
  } catch {
    // The holder has not written its name yet.
  }
  return new LockHeldError(`${holder} holds the lock ${file}`);
}

function unusable(file: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Error(`the lock file ${file} cannot be used: ${reason} (--lock-file chooses another place)`, { cause });
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && /database is locked|SQLITE_BUSY/.test(error.message);
}
