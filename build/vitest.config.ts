import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: "test",
    globalSetup: "test/parts/name-binary.ts",
    // Needs root, a Debian package and minutes: npm run test:systemd.
    exclude: ["**/systemd/**"],
    // Under Bun vitest's processes fail to start; its threads do not.
    pool: "threads",
    // Many tests wait for a server or a limit: one core for each is more than they need.
    maxWorkers: "100%",
    // A machine under a load of 20 takes ten times as long as an idle one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Of the tests of a file that may run side by side (test/faults): two work, and one waits.
    maxConcurrency: 3,
  },
});
