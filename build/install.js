// Installs what package-lock.json asks for where it is not installed yet, with --for-tests the programs that the tests
// start, and with --for-packages those that the tests of the packages need.
// Runs on any Node, before Bun is there.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

// Some tools ask for a newer Node than npm runs on; they themselves run on Bun, so npm's warnings are none of a reader's.
if (!installed()) run("npm", ["ci", "--loglevel=error"]);
if (process.argv.includes("--for-tests")) {
  const programs = ["redis-server", "chromium"].filter((name) => !has(name));
  // The reader in Python is tested where its package is, which is no reason to keep anybody from the other tests.
  const python = canInstall() && !succeeds("/usr/bin/python3", "-c", "import redis") ? ["python3-redis"] : [];
  installPrograms([...programs, ...python]);
}
if (process.argv.includes("--for-packages")) {
  const packages = {
    "systemd-nspawn": "systemd-container",
    debootstrap: "debootstrap",
    lintian: "lintian",
    promtool: "prometheus",
  };
  installPrograms(
    Object.keys(packages)
      .filter((program) => !has(program))
      .map((program) => packages[program]),
  );
}

function installed() {
  const marker = "node_modules/.package-lock.json";
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync("package-lock.json").mtimeMs;
}

function installPrograms(missing) {
  if (missing.length === 0) return;
  if (!canInstall()) {
    const them = missing.length === 1 ? "it" : "them";
    const names = missing.join(" ");
    console.error(
      `the tests need ${missing.join(" and ")}: install ${them}, for example with: sudo apt-get install ${names}`,
    );
    process.exit(1);
  }
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...missing]);
}

function canInstall() {
  return process.getuid?.() === 0 && has("apt-get");
}

function has(program) {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

function succeeds(program, ...args) {
  return spawnSync(program, args, { stdio: "ignore" }).status === 0;
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  console.error(`${program} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
  process.exit(1);
}
