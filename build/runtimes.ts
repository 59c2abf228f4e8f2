import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { $ } from "bun";
import packageLock from "../package-lock.json" with { type: "json" };

const FOLDER = "dist/runtimes";

/**
 * Fetches a Bun executable from the npm registry, unless it is there already, and holds it against package-lock.json.
 *
 * @param name of its package, such as `bun-linux-aarch64`.
 * @returns its path.
 */
export async function fetchRuntime(name: string, executable: string): Promise<string> {
  const locked = (packageLock.packages as Record<string, { version?: string; integrity?: string }>)[
    `node_modules/@oven/${name}`
  ];
  if (!locked?.version || !locked.integrity) throw new Error(`package-lock.json does not know @oven/${name}`);
  const folder = join(FOLDER, `${name}-${locked.version}`);
  const archive = `${folder}.tgz`;
  if (!existsSync(archive)) {
    mkdirSync(folder, { recursive: true });
    await $`npm pack --silent --pack-destination ${FOLDER} @oven/${name}@${locked.version}`.quiet();
    await $`mv ${join(FOLDER, `oven-${name}-${locked.version}.tgz`)} ${archive}`;
  }
  const digest = `sha512-${createHash("sha512").update(readFileSync(archive)).digest("base64")}`;
  if (digest !== locked.integrity) throw new Error(`${archive} is not what package-lock.json asks for`);
  await $`tar xzf ${archive} -C ${folder} --strip-components=1`;
  return join(folder, executable);
}
