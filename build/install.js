// Installs what package-lock.json asks for where it is not installed yet, and with --redis a redis-server for the tests.
// Runs on any Node, before Bun is there.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";

if (!installed()) run("npm", ["ci"]);
if (process.argv.includes("--redis") && !has("redis-server")) installRedis();

function installed() {
  const marker = "node_modules/.package-lock.json";
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync("package-lock.json").mtimeMs;
}

function installRedis() {
  if (process.getuid?.() !== 0 || !has("apt-get")) {
    console.error("the tests need redis-server: install it, for example with: sudo apt-get install redis-server");
    process.exit(1);
  }
  run("apt-get", ["update", "-qq"]);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"]);
}

function has(program) {
  return spawnSync(program, ["--version"], { stdio: "ignore" }).error === undefined;
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  console.error(`${program} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
  process.exit(1);
}
