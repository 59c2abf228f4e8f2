import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { CacheDescription } from "../description.ts";

interface SqliteSettings {
  readonly file: string;
  /** Of the only file that is to be opened; nothing where any will do. */
  readonly inode?: bigint | undefined;
}

export const SQLITE_FILE: CacheDescription<SqliteSettings> = {
  words: "a SQLite file",
  argument: "FILE",
  settings: [],
  read: (_given, file) => ({ file }),
  place: ({ file }) => resolve(file),
  isThere: ({ file }) => existsSync(file),
  open: async ({ file, inode }) => {
    const { SqliteCache } = await import("./cache.ts");
    return new SqliteCache(file, Date.now, inode);
  },
  pinned: async ({ file }) => {
    const { inodeOf } = await import("./file.ts");
    return { file, inode: inodeOf(file) };
  },
};
