import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { CACHES } from "../caches/registry.ts";
import { SOURCES } from "../sources/registry.ts";
import type { Setting } from "../values/setting.ts";
import { QUEUE } from "./queue.ts";
import { SOURCE } from "./source.ts";

const SUFFIX = ".forecasts.sqlite";
/** What is left out of a source's name. */
const ENDINGS = /(?:\.(?:csv|tsv|txt|xlsx|gz|zip|sqlite3?|db))+$/i;
const PATTERN = /[*?]/g;

/**
 * Where forecasts are where nobody names a cache, or anything of Redis: those of a file or the demo in a SQLite file of their
 * own in the working folder. Where no source is named either, in the newest of these files.
 *
 * @returns the cache as a user would name it; nothing where it is the usual one.
 */
export function usualCache(
  given: (setting: Setting<unknown>) => string | undefined,
  workingFolder = ".",
): string | undefined {
  const isGiven = (setting: Setting<unknown>) => given(setting) !== undefined;
  if (CACHES.redis.settings.some(isGiven) || QUEUE.parse(given(QUEUE) ?? "")) return undefined;
  const choice = SOURCE.parse(given(SOURCE) ?? "");
  if (choice) return "load" in SOURCES[choice.kind] ? `sqlite:${fileFor(choice.kind, choice.argument)}` : undefined;
  const newest = SOURCES.mssql.settings.some(isGiven) ? undefined : newestFile(workingFolder);
  return newest === undefined ? undefined : `sqlite:${newest}`;
}

function fileFor(kind: string, source: string): string {
  const name = basename(source).replaceAll(PATTERN, "").replace(ENDINGS, "");
  return `${name.replace(/[-_. ]+$/, "") || kind}${SUFFIX}`;
}

function newestFile(folder: string): string | undefined {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
    // What was written last may still be in the file's log (https://sqlite.org/wal.html).
    const written = (name: string) => {
      const times = [name, `${name}-wal`].map(
        (file) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? 0,
      );
      return Math.max(...times);
    };
    const times = new Map(files.map((name) => [name, written(name)]));
    return files.sort((a, b) => times.get(b)! - times.get(a)!)[0];
  } catch {
    return undefined;
  }
}
