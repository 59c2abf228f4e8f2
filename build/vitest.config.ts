import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Scripts of pages are texts to the program, which vite does not see from the import. */
const scriptsAsTexts = {
  name: "scripts-as-texts",
  enforce: "pre",
  load: (file: string) =>
    file.endsWith(".browser.js") ? `export default ${JSON.stringify(readFileSync(file, "utf8"))}` : undefined,
} as const;

/** The bench of faults takes longest, and waits much of its time: begun last, it would keep the machine half idle at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { long = [], other = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      moduleId.includes("/test/faults/") ? "long" : "other",
    );
    return [...long, ...other];
  }
}

export default defineConfig({
  plugins: [scriptsAsTexts],
  test: {
    dir: "test",
    globalSetup: ["test/parts/name-binary.ts", "test/parts/temporary-folder.ts"],
    // Needs root, a Debian package and minutes: npm run test:systemd.
    exclude: ["**/systemd/**"],
    // Under Bun vitest's processes fail to start; its threads do not.
    pool: "threads",
    sequence: { sequencer: LongestFirst },
    // Many tests wait for a server or a limit, so that two files more than cores keep these busy.
    maxWorkers: availableParallelism() + 2,
    // A machine under a load of 20 takes ten times as long as an idle one, and more for tests of a minute.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // Of the tests of a file that may run side by side (test/faults): two work, and one waits.
    maxConcurrency: 3,
  },
});
