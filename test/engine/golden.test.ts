import { DatabaseSync } from "node:sqlite";
import { afterAll, expect, test } from "vitest";
import { temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN } from "../parts/program.ts";

/**
 * What the engine says of the demo, kept in files: whoever changes the engine sees in review what the change did, and whoever
 * did not mean to change it is told. `npm run golden` writes the files anew.
 */

const AS_OF = ["--as-of", "2025-11-11", "--source", "demo"];
const MEASURED = ["origins", "models", "by_origin", "by_class", "differences", "honesty"] as const;
const SIGNIFICANT_DIGITS = 4;

const folder = temporaryFolder();
afterAll(() => folder.remove());

async function program(...args: readonly string[]): Promise<string> {
  const { stdout, stderr, exitCode } = await forecast(args, { program: ON_BUN });
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

/** Documents of a run as the cache has them, but for what tells of the run, by product id; one of each so many. */
async function documents(every: number, ...flags: readonly string[]): Promise<Record<string, unknown>> {
  const cache = folder.path(`every-${every}.sqlite`);
  await program("run", ...AS_OF, "--cache", `sqlite:${cache}`, "--lock-file", folder.path("lock"), ...flags);
  const db = new DatabaseSync(cache, { readOnly: true });
  const rows = db.prepare("SELECT key, value FROM cache WHERE key GLOB 'forecast:[0-9]*' ORDER BY key").all();
  db.close();
  return Object.fromEntries(
    rows
      .filter((_, i) => i % every === 0)
      .map(({ key, value }) => {
        const { model_metadata: metadata, run_id: _run, ...document } = JSON.parse(String(value));
        const { generated_at: _time, ...rest } = metadata;
        return [String(key), { ...document, model_metadata: rest }];
      }),
  );
}

/** JSON with a line for each thing in the first `depth` levels, so that a difference shows where it is. */
function lines(value: unknown, depth: number, indent = ""): string {
  const isNumbers = Array.isArray(value) && value.every((part) => typeof part === "number");
  if (depth === 0 || isNumbers || typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Object.entries(value).map(([key, part]) => {
    const name = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    return `${inner}${name}${lines(part, depth - 1, inner)}`;
  });
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.join(",\n")}\n${indent}${close}`;
}

test("what backtest measures of the engine, of it without learning, and of a plain mean is as it was", async () => {
  const text = await program("backtest", ...AS_OF, "--models", "auto,no-learning,mean13", "--json");
  const report = JSON.parse(text, (_key, value) =>
    typeof value === "number" ? Number(value.toPrecision(SIGNIFICANT_DIGITS)) : value,
  );
  const measured = Object.fromEntries(MEASURED.map((part) => [part, report[part]]));
  await expect(`${lines(measured, 4)}\n`).toMatchFileSnapshot("golden-measures.json");
});

test("documents of products that others have taught are as they were", async () => {
  const taught = await documents(24);
  expect(Object.keys(taught)).toHaveLength(20);
  await expect(`${lines(taught, 3)}\n`).toMatchFileSnapshot("golden-documents.json");
});

test("documents of products in too small a catalogue to learn from are as they were", async () => {
  const alone = await documents(7, "--min-customers", "60");
  expect(Object.keys(alone)).toHaveLength(5);
  await expect(`${lines(alone, 3)}\n`).toMatchFileSnapshot("golden-small-catalogue.json");
});
