import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Folder, simulatedBook, temporaryFolder } from "../parts/orders.ts";
import { BINARY, forecast, ON_BUN, ON_DENO } from "../parts/program.ts";

let folder: Folder;
let database: string;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(simulatedBook(500));
});
afterAll(() => folder.remove());

/** Documents by key, without the time at which they were made. */
async function documents(program: readonly string[], workers: number): Promise<Map<string, string>> {
  const cache = folder.path(`${createHash("md5").update(program.join()).digest("hex")}-${workers}.sqlite`);
  const args = ["--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--cache", `sqlite:${cache}`];
  const lock = ["--lock-file", `${cache}.lock`, "--workers", `${workers}`];
  const { exitCode, stderr } = await forecast(["run", ...args, ...lock], { program });
  expect(stderr).toContain("Failed: 0 ");
  expect(exitCode).toBe(0);
  const rows = new DatabaseSync(cache).prepare("SELECT key, value FROM cache WHERE key NOT LIKE '%metadata%'").all();
  return new Map(rows.map(({ key, value }) => [String(key), String(value).replace(/"generated_at":"[^"]*"/, "")]));
}

describe("the documents are byte-identical", () => {
  test("whatever the runtime and the number of workers", async () => {
    const expected = await documents(BINARY, 1);
    expect(expected.size).toBeGreaterThan(400);
    for (const program of [BINARY, ON_BUN, ON_DENO]) {
      for (const workers of [1, 2, 4]) {
        const actual = await documents(program, workers);
        const differing = [...expected].filter(([key, document]) => actual.get(key) !== document);
        expect({ program, workers, size: actual.size, differing }).toEqual({
          program,
          workers,
          size: expected.size,
          differing: [],
        });
      }
    }
  });
});

describe("the binary takes nothing from the folder that it is started in", () => {
  test("no .env, and no code by bunfig.toml", async () => {
    const cwd = folder.path("hostile");
    mkdirSync(cwd);
    writeFileSync(`${cwd}/.env`, "FORECAST_WEEKS=1\n");
    writeFileSync(`${cwd}/bunfig.toml`, 'preload = ["./preload.js"]\n');
    writeFileSync(`${cwd}/preload.js`, 'require("node:fs").writeFileSync("touched", "");');
    const args = ["--source", `sqlite:${database}`, "--limit", "1", "--dry-run", "--lock-file", `${cwd}/lock`];
    const { exitCode } = await forecast(["run", "--as-of", "2025-11-11", ...args], { cwd });
    expect(exitCode).toBe(0);
    expect(await Bun.file(`${cwd}/touched`).exists()).toBe(false);
  });
});
