// `bun build/bugs.ts [FOLDER...]`: puts one-line bugs into src/, one after the other, and tells which test catches each.
// On two busy cores a bug takes 3 to 30 seconds where its folder's own tests catch it, and up to four minutes in backtest,
// whose tests learn. A bug that they miss goes on to the other fast tests, then to those of the engine, for minutes more.

import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";

/** A slip as it might happen to a good programmer. */
interface Bug {
  /** Within its folder of src/. */
  readonly file: string;
  /** Stands exactly once in the file, and is replaced by `to`. */
  readonly from: string;
  readonly to: string;
  /** What is wrong then. */
  readonly what: string;
}

/** Bugs by folder of src/, a file each. */
const BUGS = "build/bugs";
const COPIED = ["src", "test", "build", "package.json", "package-lock.json", "tsconfig.json", "bunfig.toml"];
/** Folders of test/ that hold no tests, need the binary itself, a browser or root, or take a minute. */
const NOT_FAST = ["parts", "reference", "tds", "program", "faults", "build", "systemd", "engine"];
/** Stands for the binary and runs the source. */
const PROGRAM = "forecast";
const LEAST_CAUGHT = 0.9;
/** Tests that take so many times as long as without a bug, and a minute, will not end. */
const MOST_OF_USUAL_TIME = 3;
const MINUTE = 60_000;

/** What vitest reports of a test file. */
interface TestResult {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** @returns what vitest reports of each test file; nothing where it did not come to an end. */
async function runTests(
  tree: string,
  tests: readonly string[],
  { mostTime, bail }: { mostTime: number; bail: number },
): Promise<TestResult[] | undefined> {
  const output = join(tree, "result.json");
  rmSync(output, { force: true });
  // Written after the bug: tests refuse a program that is older than its source.
  writeFileSync(join(tree, PROGRAM), `#!/bin/sh\nexec bun "${join(tree, "src/main.ts")}" "$@"\n`, { mode: 0o755 });
  const vitest = ["--bun", "vitest", "run", "--config", "build/vitest.config.ts", `--bail=${bail}`];
  const child = spawn("bun", [...vitest, "--reporter=json", `--outputFile=${output}`, ...tests], {
    cwd: tree,
    // A group of its own, which is ended as one: tests start programs.
    detached: true,
    stdio: "ignore",
    env: {
      ...process.env,
      FORECAST_TEST_BINARY: PROGRAM,
      PATH: `${join(tree, "node_modules/.bin")}:${process.env.PATH}`,
    },
  });
  const timer = setTimeout(() => process.kill(-child.pid!, "SIGKILL"), mostTime);
  await once(child, "exit");
  clearTimeout(timer);
  return existsSync(output) ? JSON.parse(readFileSync(output, "utf8")).testResults : undefined;
}

/** Files that vitest did not come to, as another had failed, have neither. */
function hasFailed({ status, message, assertionResults }: TestResult): boolean {
  return status === "failed" && (message !== "" || assertionResults.some((test) => test.status === "failed"));
}

/** By folders of test/: the files that pass without a bug, and the milliseconds that each takes. */
const passing = new Map<string, ReadonlyMap<string, number>>();

/** Tests that fail without a bug need what is not here, such as the binary, and tell nothing. */
async function passingTests(tree: string, folders: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const key = folders.join(", ");
  const known = passing.get(key);
  if (known) return known;
  const tests = folders.map((folder) => `test/${folder}/`);
  const results = await runTests(tree, tests, { mostTime: 30 * MINUTE, bail: 0 });
  if (!results) throw new Error(`without a bug there is no end of ${key}`);
  const nameOf = ({ name }: TestResult) => relative(tree, name);
  const failed = results.filter(hasFailed).map(nameOf);
  if (failed.length > 0) console.error(`left out, as they fail without a bug: ${failed.join(", ")}`);
  const passed = results.filter((result) => !hasFailed(result));
  passing.set(key, new Map(passed.map((result) => [nameOf(result), result.endTime - result.startTime])));
  return passing.get(key)!;
}

/** Test files by stages: those that mirror the folder first, then all other fast ones, last those of the engine as a whole. */
async function* stagesOf(tree: string, folder: string): AsyncGenerator<(readonly [file: string, usualTime: number])[]> {
  const fast = readdirSync("test").filter((name) => !NOT_FAST.includes(name));
  if (fast.includes(folder)) yield [...(await passingTests(tree, [folder]))];
  yield [...(await passingTests(tree, fast))].filter(([file]) => !file.startsWith(`test/${folder}/`));
  yield [...(await passingTests(tree, ["engine"]))];
}

async function caughtBy(tree: string, folder: string, { file, from, to }: Bug): Promise<string | undefined> {
  const path = join(tree, "src", folder, file);
  const right = readFileSync(path, "utf8");
  for await (const stage of stagesOf(tree, folder)) {
    if (stage.length === 0) continue;
    const tests = stage.map(([test]) => test);
    const usualTime = stage.reduce((sum, [, time]) => sum + time, 0);
    const wrong = right.replace(from, () => to);
    writeFileSync(path, wrong);
    const results = await runTests(tree, tests, { mostTime: MOST_OF_USUAL_TIME * usualTime + MINUTE, bail: 1 });
    writeFileSync(path, right);
    if (!results) return "no end";
    const failed = results.find(hasFailed);
    if (failed) return relative(tree, failed.name);
  }
  return undefined;
}

/** @throws Error that names every bug whose line is not, or more than once, in its file. */
function readBugs(folder: string): Bug[] {
  const bugs: Bug[] = JSON.parse(readFileSync(join(BUGS, `${folder}.json`), "utf8"));
  const lost = bugs.filter(({ file, from, to }) => {
    const parts = readFileSync(join("src", folder, file), "utf8").split(from);
    return parts.length !== 2 || from === to;
  });
  if (lost.length === 0) return bugs;
  const names = lost.map(({ file, from }) => `src/${folder}/${file}: ${from}`);
  throw new Error(`stands not exactly once in its file:\n${names.join("\n")}`);
}

const all = readdirSync(BUGS).map((name) => name.replace(/\.json$/, ""));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;
const bugs = wanted.map((folder) => ({ folder, bugs: readBugs(folder) }));
const tree = mkdtempSync(join(tmpdir(), "bugs-"));
try {
  for (const name of COPIED) cpSync(name, join(tree, name), { recursive: true });
  symlinkSync(resolve("node_modules"), join(tree, "node_modules"));
  const shares: string[] = [];
  const missed: string[] = [];
  for (const { folder, bugs: ofFolder } of bugs) {
    console.log(`\n## ${folder}\n\n| file | bug | caught by |\n|---|---|---|`);
    let caught = 0;
    for (const bug of ofFolder) {
      const test = await caughtBy(tree, folder, bug);
      if (test === undefined) missed.push(`${folder}/${bug.file}: ${bug.what}`);
      else caught++;
      console.log(`| ${bug.file} | ${bug.what} | ${test ?? "**NOT CAUGHT**"} |`);
    }
    const share = caught / ofFolder.length;
    shares.push(`| ${folder} | ${caught} of ${ofFolder.length} | ${Math.round(100 * share)} % |`);
    if (share < LEAST_CAUGHT) process.exitCode = 1;
  }
  console.log(`\n| folder | caught | share |\n|---|---|---|\n${shares.join("\n")}`);
  if (missed.length > 0) console.log(`\nNOT CAUGHT:\n${missed.join("\n")}`);
} finally {
  rmSync(tree, { recursive: true });
}
