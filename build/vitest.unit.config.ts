import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import all from "./vitest.config.ts";

/** A unit test starts no program, server or thread: it imports none of these. */
const STARTERS = [
  ...["parts/program.ts", "parts/redis.ts", "parts/browser.ts", "parts/sql-server.ts", "tds/server.ts", "./machine.ts"],
  ...["backtest/backtest.ts", "workers/pool.ts", "build/sbom.ts", "node:child_process"],
];
const starts = (test: string) => STARTERS.some((module) => readFileSync(`test/${test}`, "utf8").includes(`${module}"`));

export default defineConfig({
  test: {
    ...all.test,
    globalSetup: [],
    exclude: globSync("**/*.test.ts", { cwd: "test" }).filter(starts),
    // Nothing that the tests import keeps a state of its own that another test could see.
    isolate: false,
    maxWorkers: "100%",
  },
});
