import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { orderBook, steadyOrders, temporaryFolder } from "../../parts/orders.ts";
import { ended, start } from "../../parts/program.ts";

test("an order database that is held by somebody else is waited for", async () => {
  const folder = temporaryFolder();
  const database = folder.database(orderBook(steadyOrders(["1", "2"])));
  const holder = new DatabaseSync(database);
  holder.exec("BEGIN EXCLUSIVE");
  const args = ["--as-of", "2025-11-11", "--source", `sqlite:${database}`, "--lock-file", folder.path("lock")];
  const child = start(["run", "--dry-run", ...args]);
  await sleep(1000);
  expect(child.exitCode).toBeNull();
  holder.close();
  const { exitCode, stderr } = await ended(child);
  expect(stderr).toContain("Successful: 2 (100.0%)");
  expect(exitCode).toBe(0);
  folder.remove();
});
