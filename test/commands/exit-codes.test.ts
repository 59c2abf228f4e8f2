import { existsSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { SqliteCache } from "../../src/caches/sqlite/cache.ts";
import { type Folder, orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN } from "../parts/program.ts";

let folder: Folder;
let source: string[];
let cache: string[];
beforeAll(() => {
  folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(["1", "2", "3"])));
  const orders = new DatabaseSync(database);
  orders.exec("UPDATE OrderItem SET Qty = 1e308 WHERE ProductID = 3");
  orders.close();
  source = ["--as-of", "2025-11-11", "--source", `sqlite:${database}`];
  cache = ["--cache", `sqlite:${folder.path("cache.sqlite")}`];
});
afterAll(() => folder.remove());

const program = (...args: string[]) => forecast(args, { program: ON_BUN });
const run = (...args: string[]) => program("run", ...source, ...cache, "--lock-file", folder.path("lock"), ...args);

test("a dry run leaves neither forecasts nor metrics", async () => {
  await run("--dry-run", "--metrics-file", folder.path("forecast.prom"));
  expect(existsSync(folder.path("forecast.prom"))).toBe(false);
  expect(existsSync(folder.path("cache.sqlite"))).toBe(false);
});

test("a run and its status tell of too many failures by 1, and by 0 where they are allowed", async () => {
  expect((await run()).exitCode).toBe(1);
  const { exitCode, stderr } = await program("status", ...cache);
  expect(stderr).toBe("error: not healthy: 33.3% of the products failed, more than 5.0%\n");
  expect(exitCode).toBe(1);
  expect((await program("status", ...cache, "--max-failed", "40%")).exitCode).toBe(0);
});

test("a forecast that a later run did not make again is shown with a warning", async () => {
  expect((await run("--product", "1")).exitCode).toBe(0);
  expect((await program("inspect", "1", ...cache)).stderr).toBe("");
  const later = new SqliteCache(folder.path("cache.sqlite"));
  const metadata = {
    ...JSON.parse((await later.read(METADATA_KEY))!),
    last_run: "2999-01-01T00:00:00Z",
    partial: false,
  };
  await later.write([{ key: METADATA_KEY, value: JSON.stringify(metadata) }], 60);
  await later.close();
  const { exitCode, stderr } = await program("inspect", "1", ...cache);
  expect(stderr).toMatch(/^warning: this forecast is as of 2025-11-11; the last run, as of 2025-11-11, made none: /);
  expect(exitCode).toBe(0);
});

test("a backtest with a forecast that failed ends with 1, one without with 0", async () => {
  const backtest = (...args: string[]) => program("backtest", ...source, "--origins", "1", ...args);
  const { exitCode, stderr } = await backtest();
  expect(stderr).toMatch(/^error: product 3 at 2025-08-19: /m);
  expect(exitCode).toBe(1);
  writeFileSync(folder.path("products"), "1\n2\n");
  expect((await backtest("--products", folder.path("products"))).exitCode).toBe(0);
});
