import type { LoadedSource } from "../description.ts";

interface SqliteSettings {
  readonly file: string;
}

export const SQLITE_FILE: LoadedSource<SqliteSettings> = {
  words: "a SQLite file",
  argument: "FILE",
  settings: [],
  read: (_given, file) => ({ file }),
  load: async ({ file }, period) => {
    const { readSqlite } = await import("./reader.ts");
    return { book: await readSqlite(file, period) };
  },
};
