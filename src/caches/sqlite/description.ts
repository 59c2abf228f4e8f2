import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { CacheDescription } from "../description.ts";

interface SqliteSettings {
  readonly file: string;
}

export const SQLITE_FILE: CacheDescription<SqliteSettings> = {
  words: "a SQLite file",
  argument: "FILE",
  settings: [],
  read: (_given, file) => ({ file }),
  place: ({ file }) => resolve(file),
  isThere: ({ file }) => existsSync(file),
  open: async ({ file }) => {
    const { SqliteCache } = await import("./cache.ts");
    return new SqliteCache(file);
  },
};
