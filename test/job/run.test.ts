import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { METADATA_KEY } from "../../src/caches/cache.ts";
import { SqliteCache } from "../../src/caches/sqlite/cache.ts";
import { orderBook, steadyOrders, temporaryFolder } from "../parts/orders.ts";
import { forecast, ON_BUN } from "../parts/program.ts";

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
