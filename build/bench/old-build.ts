import { existsSync, symlinkSync } from "node:fs";
import { resolve } from "node:path";
import { $ } from "bun";

/**
 * @param build a file, or a git revision, which is built once with today's packages.
 * @returns the program as a path.
 * @throws Error where it is neither, or the revision cannot be built.
 */
export async function programOf(build: string): Promise<string> {
  if (existsSync(build)) return resolve(build);
  const found = await $`git rev-parse --verify --quiet --short ${`${build}^{commit}`}`.quiet().nothrow();
  if (found.exitCode !== 0) throw new Error(`--against: ${build} is neither a file nor a git revision`);
  const folder = resolve("dist/bench", found.text().trim());
  const program = resolve(folder, "dist/forecast");
  if (existsSync(program)) return program;
  if (!existsSync(folder)) await $`git worktree add --detach ${folder} ${build}`.quiet();
  if (!existsSync(`${folder}/node_modules`)) symlinkSync(resolve("node_modules"), `${folder}/node_modules`);
  await $`bun build/binary.ts`.cwd(folder).quiet();
  return program;
}
