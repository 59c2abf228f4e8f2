import { mkdirSync, writeFileSync } from "node:fs";
import { $ } from "bun";
import { bundledPackages, licensesText } from "./licenses.ts";

export const ENTRYPOINTS = ["src/main.ts", "src/entry/worker.ts", "src/task.ts"];
/** Printed by `forecast licenses`, which finds it beside the program. */
const LICENSES = "dist/licenses.txt";
// The binary reads nothing from the folder that it is started in.
const ISOLATION = ["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
const START_UP = ["--bytecode", "--format=esm"];

/** Another machine than this one. */
export interface Target {
  /** As `bun build --target` names it. */
  readonly target: string;
  /** A Bun executable for it. */
  readonly runtime: string;
}

/**
 * Makes the program one file that needs nothing else on the machine it runs on.
 *
 * @throws Error with what the compiler says.
 */
export async function compile(file: string, other?: Target): Promise<void> {
  const commit = `FORECAST_COMMIT=${JSON.stringify(await commitName())}`;
  // A driver leaves its own folder out of stacks; so would the folder of the build become part of the binary.
  const defines = ["--define", commit, "--define", '__dirname="/"'];
  const cross = other ? [`--target=${other.target}`, `--compile-executable-path=${other.runtime}`] : [];
  mkdirSync("dist", { recursive: true });
  writeFileSync(LICENSES, licensesText(await bundledPackages(ENTRYPOINTS)));
  const assets = [`--asset=${LICENSES}`];
  const options = [...START_UP, ...ISOLATION, ...assets, ...cross, ...defines, "--outfile", file];
  const built = await $`bun build --compile ${options} ${ENTRYPOINTS}`.quiet().nothrow();
  if (built.exitCode !== 0) throw new Error(built.stderr.toString());
}

async function commitName(): Promise<string> {
  const commit = await $`git rev-parse --short HEAD`.quiet().nothrow();
  if (commit.exitCode !== 0) return "unknown commit";
  const changes = await $`git status --porcelain`.quiet().nothrow();
  return commit.text().trim() + (changes.text() ? ", changed since" : "");
}
