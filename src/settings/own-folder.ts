import { existsSync, lstatSync, mkdirSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

const FOLDER = "forecast";
const OTHERS_MAY_WRITE = 0o022;

/** Where a user's programs keep what lasts until the machine is switched off (XDG Base Directory Specification). */
export function runtimeFolder(env = process.env): string {
  if (env.RUNTIME_DIRECTORY) return firstOf(env.RUNTIME_DIRECTORY);
  if (env.XDG_RUNTIME_DIR) return join(env.XDG_RUNTIME_DIR, FOLDER);
  return stateFolder(env);
}

/** Where a user's programs keep what shall outlive them; of a user without a home a folder for temporary files. */
export function stateFolder(env = process.env): string {
  if (env.STATE_DIRECTORY) return firstOf(env.STATE_DIRECTORY);
  if (env.XDG_STATE_HOME) return join(env.XDG_STATE_HOME, FOLDER);
  if (env.HOME && env.HOME !== "/" && existsSync(env.HOME)) return join(homedir(), ".local", "state", FOLDER);
  return join(tmpdir(), `${FOLDER}-${process.getuid?.() ?? "user"}`);
}

/**
 * Makes one of these folders where it is not there, for its user alone.
 *
 * @throws Error where what is there is no folder, or others may put their files in it.
 */
export function makeOwn(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stats = lstatSync(folder);
  const user = process.getuid?.();
  // systemd hands its folders over as links that root made.
  if (stats.isSymbolicLink() && stats.uid === 0) return;
  if (!stats.isDirectory()) throw new Error(`${folder} is no folder`);
  if (user === undefined) return;
  if (stats.uid !== user) throw new Error(`${folder} belongs to another user`);
  if (stats.mode & OTHERS_MAY_WRITE) throw new Error(`others may write in ${folder}`);
}

/** systemd separates the folders of a service by colons (systemd.exec(5)). */
function firstOf(folders: string): string {
  return folders.split(":")[0]!;
}
