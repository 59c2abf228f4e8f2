import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  briefOrders,
  csvOf,
  type Folder,
  orderBook,
  simulatedBook,
  steadyOrders,
  temporaryFolder,
} from "../parts/orders.ts";
import { binary, forecast, ON_BUN, ON_DENO } from "../parts/program.ts";
import { withoutStamp } from "../parts/stamp.ts";
import { workbook } from "../parts/workbook.ts";

let folder: Folder;
let database: string;
beforeAll(() => {
  folder = temporaryFolder();
  database = folder.database(simulatedBook(260));
});
afterAll(() => folder.remove());

/** Documents by key, without what tells of the run. */
async function documents(source: readonly string[], program: readonly string[], workers: number) {
  const cache = folder.path(
    `${createHash("md5")
      .update([...source, ...program].join())
      .digest("hex")}-${workers}.sqlite`,
  );
  const args = ["--as-of", "2025-11-11", "--source", ...source, "--cache", `sqlite:${cache}`];
  const lock = ["--lock-file", `${cache}.lock`, "--workers", `${workers}`];
  const { exitCode, stderr } = await forecast(["run", ...args, ...lock], { program });
  expect(stderr).toContain("Failed: 0 ");
  expect(exitCode).toBe(0);
  const ofProducts = "key NOT LIKE '%metadata%' AND key <> 'forecast:index'";
  const rows = new DatabaseSync(cache).prepare(`SELECT key, value FROM cache WHERE ${ofProducts}`).all();
  return new Map(rows.map(({ key, value }) => [String(key), withoutStamp(String(value))]));
}

const RUNS = [
  { program: binary(), workers: 5 },
  { program: ON_BUN, workers: 2 },
  { program: ON_DENO, workers: 3 },
];

describe("the documents are byte-identical, whatever the runtime and the number of workers", () => {
  test.each([
    ["all products of a database", () => [`sqlite:${database}`], 200, RUNS],
    ["some products, with what all of them teach", () => [`sqlite:${database}`, "--limit", "60"], 59, RUNS.slice(-1)],
  ])("%s", async (_what, source, atLeast, runs) => {
    const expected = await documents(source(), binary(), 1);
    expect(expected.size).toBeGreaterThan(atLeast);
    for (const document of expected.values()) expect(document).toContain('"model_type":"ml"');
    for (const { program, workers } of runs) {
      const actual = await documents(source(), program, workers);
      const differing = [...expected].filter(([key, document]) => actual.get(key) !== document);
      expect({ program, workers, size: actual.size, differing }).toEqual({
        ...{ program, workers, size: expected.size },
        differing: [],
      });
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
    writeFileSync(`${cwd}/orders.csv`, csvOf(orderBook(briefOrders(1))));
    const args = ["--source", "csv:orders.csv", "--dry-run", "--lock-file", `${cwd}/lock`];
    const { exitCode } = await forecast(["run", "--as-of", "2025-11-11", ...args], { cwd });
    expect(exitCode).toBe(0);
    expect(await Bun.file(`${cwd}/touched`).exists()).toBe(false);
  });
});

test.each(RUNS)("archives and Excel workbooks are read by all runtimes: $program", async ({ program }) => {
  const lines = steadyOrders(["1", "2"]);
  const header = ["order_id", "product_id", "customer_id", "created", "quantity"];
  writeFileSync(folder.path("orders.xlsx"), workbook({ Orders: [header, ...lines] }));
  const text = [header, ...lines].map((row) => row.join(";")).join("\n");
  writeFileSync(folder.path("orders.zip"), zipSync({ "a/orders.csv": Buffer.from(text, "utf16le") }));
  for (const [file, how] of [
    ["orders.xlsx", 'Excel, sheet "Orders"'],
    ["orders.zip", "semicolons, UTF-16, "],
  ] as const) {
    const args = ["--as-of", "2025-11-11", "--source", `csv:${folder.path(file)}`, "--dry-run"];
    const { exitCode, stderr } = await forecast(["run", ...args, "--lock-file", folder.path("lock")], { program });
    expect(stderr).toContain(`read as: ${how}`);
    expect(stderr).toContain("Successful: 2 (100.0%)");
    expect(exitCode).toBe(0);
  }
});
