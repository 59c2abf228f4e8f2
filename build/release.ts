// `npm run release -- X.Y.Z`: checks that it may be released, sets the version, dates the changelog, commits, tags, and
// builds the packages. It pushes nothing. With --dry-run it changes nothing either, and only says what it would do.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { $ } from "bun";
import { datedChangelog, isNewer } from "./versions.ts";

const CHANGELOG = "CHANGELOG.md";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { "dry-run": { type: "boolean", default: false } },
});
const version = positionals.join(" ");

try {
  const changelog = await checkedChangelog();
  for (const script of ["lint", "typecheck", "test"]) run("npm", "run", script);
  run("npm", "version", version, "--no-git-tag-version", "--allow-same-version");
  step(`date ${CHANGELOG}`, () => writeFileSync(CHANGELOG, changelog));
  run("git", "commit", "--quiet", "--all", "--message", `Version ${version}`);
  run("git", "tag", "--annotate", `v${version}`, "--message", `Version ${version}`);
  run("npm", "run", "package");
  console.log(`To publish it: git push origin main v${version}, and what is in dist/`);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}

/** The changelog as it will be. @throws Error when this version may not be released from here. */
async function checkedChangelog(): Promise<string> {
  const branch = (await $`git branch --show-current`.text()).trim();
  if (branch !== "main") throw new Error(`releases are made on main, not on ${branch || "a commit without a branch"}`);
  if (await $`git status --porcelain`.text()) throw new Error("there are changes that are not committed");
  const tags = (await $`git tag --list ${"v[0-9]*"}`.text()).split("\n").filter(Boolean);
  const released = ["v0.0.0", ...tags].find((tag) => !isNewer(version, tag.slice(1)));
  if (released) throw new Error(`${version} is not newer than ${released}`);
  return datedChangelog(readFileSync(CHANGELOG, "utf8"), version, new Date().toISOString().slice(0, 10));
}

function run(...command: string[]): void {
  step(command.join(" "), () => {
    const { success } = Bun.spawnSync(command, { stdio: ["ignore", "inherit", "inherit"] });
    if (!success) throw new Error(`${command.join(" ")} failed`);
  });
}

function step(name: string, take: () => void): void {
  console.log(`── ${name}`);
  if (!values["dry-run"]) take();
}
