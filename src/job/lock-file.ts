import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from "node:fs";

/** Marks a SQLite file as a lock: "FClk" (PRAGMA application_id, https://www.sqlite.org/fileformat.html#application_id). */
export const LOCK_ID = 0x46436c6b;
const SQLITE_MAGIC = "SQLite format 3\0";
const ID_OFFSET = 68;
const HEADER_BYTES = 100;

/**
 * Makes the lock file if there is none, and looks whether it is one: a regular file that is empty or marked as a lock,
 * reached without a symbolic link at its own place.
 *
 * @returns what tells the file from any other of this machine.
 * @throws Error saying what is there instead; nothing of it has been changed.
 */
export function checkedLockFile(file: string): string {
  const fd = opened(file);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new Error("it is no regular file");
    if (stats.size > 0 && !isLock(fd)) throw new Error("it holds something else than a lock");
    return identityOf(stats);
  } finally {
    // Before SQLite takes its locks: closing any descriptor of a file drops all of this process (fcntl(2)).
    closeSync(fd);
  }
}

/** Whether that very file is still at its place. */
export function isInPlace(file: string, identity: string): boolean {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  return stats !== undefined && identityOf(stats) === identity;
}

function opened(file: string): number {
  try {
    const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    return openSync(file, flags, 0o600);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === "ELOOP" ? new Error("it is a symbolic link") : new Error(message);
  }
}

function isLock(fd: number): boolean {
  const header = Buffer.alloc(HEADER_BYTES);
  readSync(fd, header, 0, HEADER_BYTES, 0);
  return (
    header.toString("latin1", 0, SQLITE_MAGIC.length) === SQLITE_MAGIC && header.readInt32BE(ID_OFFSET) === LOCK_ID
  );
}

function identityOf({ dev, ino }: Stats): string {
  return `${dev}:${ino}`;
}
