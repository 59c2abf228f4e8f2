import { writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { forecastKey, METADATA_KEY } from "../../src/caches/cache.ts";
import { SqliteCache } from "../../src/caches/sqlite/cache.ts";
import { parseDocument } from "../../src/forecast/document.ts";
import { ORIGIN } from "../parts/lessons.ts";
import { csvOf, type Line, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN } from "../parts/program.ts";
import { renamed, shop } from "../parts/renamed.ts";

test("a run whose forecasts are written and whose metadata is not is no success", async () => {
  const folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(["1", "2"])));
  const cache = new SqliteCache(folder.path("cache.sqlite"));
  await cache.ping();
  await cache.close();
  const db = new DatabaseSync(folder.path("cache.sqlite"));
  db.exec(`CREATE TRIGGER refusal BEFORE INSERT ON cache WHEN NEW.key = '${METADATA_KEY}'
    BEGIN SELECT RAISE(ABORT, 'no room'); END`);
  db.close();
  const args = ["--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
  const { exitCode, stderr } = await forecast(["run", ...args, "--cache", `sqlite:${folder.path("cache.sqlite")}`], {
    program: ON_BUN,
  });
  folder.remove();
  expect(stderr).toContain("Successful: 2 (100.0%)");
  expect(stderr).toMatch(/^error: the run's metadata was not written: cache .*: no room$/m);
  expect(exitCode).toBe(1);
});

test("a product that goes on under a new id is known as such also where it alone is asked for", async () => {
  const folder = temporaryFolder();
  writeFileSync(folder.path("orders.csv"), csvOf(orderBook(renamed(shop(8), "3", "N", ORIGIN - 70))));
  const cache = folder.path("cache.sqlite");
  const args = ["--source", `csv:${folder.path("orders.csv")}`, "--cache", `sqlite:${cache}`, "--workers", "2"];
  const run = async (...more: string[]) => {
    const lock = ["--as-of", "2025-11-11", "--lock-file", folder.path("lock")];
    const { exitCode, stderr } = await forecast(["run", ...args, ...lock, ...more], { program: ON_BUN });
    expect([exitCode, stderr]).toEqual([0, stderr]);
    const reader = new SqliteCache(cache);
    const texts = await Promise.all(["N", "3"].map((id) => reader.read(forecastKey(id))));
    await reader.close();
    return texts.map((text) => parseDocument(text!));
  };
  const documents = await run();
  const [successor, old] = documents;
  expect(successor!.notes).toMatchObject([{ kind: "successor", product: { id: "3" } }]);
  expect(successor!.model_metadata.historical_weeks).toBeGreaterThan(100);
  expect(old!.notes).toMatchObject([{ kind: "replaced", product: { id: "N" } }]);
  expect([old!.summary.total_predicted_quantity, old!.summary.total_confidence_upper]).toEqual([0, 0]);
  const forecastsOf = ([one, other]: typeof documents) => [one!.predictions, one!.notes, other!.predictions];
  expect(forecastsOf(await run("--product", "N"))).toEqual(forecastsOf(documents));
  folder.remove();
});

test("a day that was imported twice is named by the run and by doctor, and noted in the documents of its products", async () => {
  const folder = temporaryFolder();
  const lines = shop(20);
  const copies = lines
    .filter(([, , , date]) => date === "2025-11-03")
    .map(([order, ...line]): Line => {
      return [`again ${order}`, ...line];
    });
  writeFileSync(folder.path("orders.csv"), csvOf(orderBook([...lines, ...copies])));
  const cache = folder.path("cache.sqlite");
  const args = ["--as-of", "2025-11-11", "--source", `csv:${folder.path("orders.csv")}`, "--cache", `sqlite:${cache}`];
  const lock = ["--lock-file", folder.path("lock")];
  const { exitCode, stderr } = await forecast(["run", ...args, ...lock], { program: ON_BUN });
  expect([exitCode, stderr]).toEqual([0, stderr]);
  expect(stderr).toContain("warning: nearly all orders of 2025-11-03 are there twice, as on no other days");
  const reader = new SqliteCache(cache);
  const product = copies[0]![1];
  const document = parseDocument((await reader.read(forecastKey(product)))!);
  await reader.close();
  const sold = copies.filter((line) => line[1] === product).reduce((sum, line) => sum + line[4], 0);
  expect(document.notes).toEqual([{ kind: "double-import", from: "2025-11-03", until: "2025-11-03", quantity: sold }]);
  const { stdout } = await forecast(["doctor", ...args, ...lock], { program: ON_BUN });
  folder.remove();
  expect(stdout).toContain(
    ` ${copies.length} of ${(lines.length + copies.length).toLocaleString("en-US")} order lines are there twice ` +
      "(20 of 20 products looked at), most of the orders of 2025-11-03: imported twice?",
  );
  expect(stdout).toContain("→ forecasts count these days once; delete what was imported twice");
});
