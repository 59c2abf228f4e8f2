// Builds dist/forecast: one file that needs nothing else on the machine it runs on.
import { $ } from "bun";

const entrypoints = ["src/main.ts", "src/entry/worker.ts", "src/task.ts"];
// The binary reads nothing from the folder that it is started in.
const isolation = ["--no-compile-autoload-dotenv", "--no-compile-autoload-bunfig"];
const startUp = ["--bytecode", "--format=esm"];

const commit = await $`git rev-parse --short HEAD`.quiet().nothrow();
const changes = await $`git status --porcelain`.quiet().nothrow();
const name =
  commit.exitCode === 0 ? commit.text().trim() + (changes.text() ? ", changed since" : "") : "unknown commit";

const define = `FORECAST_COMMIT=${JSON.stringify(name)}`;
const options = [...startUp, ...isolation, "--define", define, "--outfile", "dist/forecast"];
const built = await $`bun build --compile ${options} ${entrypoints}`.quiet().nothrow();
if (built.exitCode !== 0) {
  process.stderr.write(built.stderr);
  process.exit(1);
}
