import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import all from "./vitest.config.ts";

/** A unit test starts no program, server or thread, nor does it learn from a whole catalogue: it imports none of these. */
const BEYOND = [
  "parts/program.ts",
  "parts/redis.ts",
  "parts/browser.ts",
  "parts/sql-server.ts",
  "/server.ts",
  "/machine.ts",
  "/bench.ts",
  "/pool.ts",
  "/learn.ts",
  "backtest/backtest.ts",
  "build/sbom.ts",
  "node:child_process",
];
const isBeyond = (test: string) => BEYOND.some((module) => readFileSync(`test/${test}`, "utf8").includes(`${module}"`));

export default defineConfig({
  plugins: all.plugins ?? [],
  test: {
    ...all.test,
    globalSetup: "test/parts/temporary-folder.ts",
    exclude: [...all.test!.exclude!, ...globSync("**/*.test.ts", { cwd: "test" }).filter(isBeyond)],
    // Nothing that the tests import keeps a state of its own that another test could see.
    isolate: false,
  },
});
