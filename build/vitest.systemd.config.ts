import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: "test/systemd",
    pool: "threads",
    // One machine for all tests, in their order.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});
