import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";

/** Primary result codes of SQLite where its log cannot be opened beside a database. */
const READ_ONLY = 8;
const CANNOT_OPEN = 14;

/**
 * Attaches a file as `dbo`, to be read only. With a write-ahead log a database needs a folder that may be written, even to be
 * read; where there is no such log left, it is read without one.
 *
 * @returns what makes sure that nobody has changed the file in the meantime, where nothing else keeps others from it.
 * @throws Error when the file cannot be opened, or its log cannot be read.
 */
export function attachReadOnly(db: DatabaseSync, file: string): () => void {
  const attach = db.prepare("ATTACH DATABASE @name AS dbo");
  try {
    attach.run({ name: file });
    return () => {};
  } catch (error) {
    const code = ((error as { errcode?: number }).errcode ?? 0) & 0xff;
    if (code !== READ_ONLY && code !== CANNOT_OPEN) throw error;
    if (existsSync(`${file}-wal`)) {
      throw new Error(
        "changes are left in its write-ahead log, which cannot be read in a folder that may not be written: " +
          "run PRAGMA wal_checkpoint(TRUNCATE) on it as its owner, or let this user write there",
      );
    }
    const before = stampOf(file);
    attach.run({ name: `${pathToFileURL(resolve(file)).href}?immutable=1` });
    return () => {
      if (existsSync(`${file}-wal`) || stampOf(file) !== before) throw new Error("it was changed while it was read");
    };
  }
}

function stampOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file);
  return `${mtimeMs} ${size} ${ino}`;
}
