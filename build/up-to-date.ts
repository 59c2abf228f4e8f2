import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Where `npm run build` puts the program. */
export const BINARY = "dist/forecast";
const MADE_FROM = ["src", "build/compile.ts", "package.json", "package-lock.json"];

/**
 * Refuses a binary, or a package of it, that is older than what it is made from.
 *
 * @param file Its path.
 * @param script The script of package.json that makes it.
 * @param root The repository's folder.
 * @returns the path.
 * @throws Error of one line when it is older, or not there.
 */
export function upToDate(file: string, script: string, root = "."): string {
  const made = statSync(file, { throwIfNoEntry: false });
  if (!made) throw new Error(`${file} is not there; make it with: npm run ${script}`);
  const [newest] = MADE_FROM.flatMap((name) => filesOf(join(root, name))).sort((a, b) => b.mtimeMs - a.mtimeMs);
  if (newest && newest.mtimeMs > made.mtimeMs) {
    const [before, after] = [made, newest].map(({ mtimeMs }) => new Date(mtimeMs).toISOString());
    throw new Error(`${file} of ${before} is older than ${newest.path} of ${after}; make it with: npm run ${script}`);
  }
  return file;
}

function filesOf(path: string): { path: string; mtimeMs: number }[] {
  const entry = statSync(path);
  if (entry.isFile()) return [{ path, mtimeMs: entry.mtimeMs }];
  return readdirSync(path).flatMap((name) => filesOf(join(path, name)));
}
